using System.Text;
using CallTracking.Mapping.Proposals;

namespace CallTracking.SampleData.Tests;

/// <summary>Headers as people abbreviate and turn them, and values that speak against a header.</summary>
public sealed partial class ProposalTests
{
    [Theory]
    [InlineData("Vorgangsnr.", "case_number")]
    [InlineData("Vorgangs-Nr.", "case_number")]
    [InlineData("N° ticket", "case_number")]
    [InlineData("Nº de caso", "case_number")]
    [InlineData("Núm. de incidencia", "case_number")]
    [InlineData("№ обращения", "case_number")]
    [InlineData("Ticket no.", "case_number")]
    [InlineData("Zaaknr.", "case_number")]
    [InlineData("Seriennr.", "product.serial")]
    [InlineData("Nr. seryjny", "product.serial")]
    [InlineData("Freitext", "description")]
    [InlineData("Fallgroesse.Rueckmeldung", "satisfaction.comment")]
    public async Task Propose_AnAbbreviatedHeader_IsItsField(string header, string target) =>
        Assert.Contains((await OfColumnAsync(header, row => $"X{row}a")).Fields, field => field.Column == header && field.Target == target && field.Question is null);

    [Theory]
    [InlineData("Commentaire", "", "description", false)]
    [InlineData("Kommentar", "", "description", false)]
    [InlineData("Comentarios", "", "description", false)]
    [InlineData("Comments", "", "description", false)]
    [InlineData("Commentaire", "Description", "satisfaction.comment", true)]
    [InlineData("Commentaire", "Satisfaction", "satisfaction.comment", false)]
    [InlineData("Avis", "", "satisfaction.comment", false)]
    [InlineData("Satisfaction.Commentaire", "", "satisfaction.comment", false)]
    public async Task Propose_AComment_IsOfTheSatisfactionBesideARatingOnly(string header, string other, string target, bool isAsked)
    {
        var rows = Enumerable.Range(1, 40).Select(row => $"C-{row};2026-01-{1 + (row % 28):00};The washing machine of row {row} hums all night;{(other == "Satisfaction" ? $"{1 + (row % 5)}" : $"It leaks since {row} days")}\n");

        var proposal = await ProposeAsync($"Case no;Created;{header};{(other.Length > 0 ? other : "xyz")}\n" + string.Concat(rows), null);

        var field = Assert.Single(proposal.Fields, field => field.Column == header);
        Assert.True(field.Target == target && field.Question is not null == isAsked, field.ToString());
        Assert.Equal(target == "description", proposal.Mapping.Contains($"  language: {{detect: [{header}", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("GR", "ΑΦΜ")]
    [InlineData("GR", "Α.Μ.Κ.Α.")]
    [InlineData("TR", "tc_kimlik")]
    [InlineData("TR", "TCKN")]
    [InlineData("PL", "PESEL")]
    [InlineData("NL", "BSN")]
    [InlineData("BR", "CPF")]
    [InlineData("BR", "CNPJ")]
    [InlineData("MX", "CURP")]
    [InlineData("ES", "DNI")]
    [InlineData("ES", "NIE")]
    [InlineData("ES", "NIF")]
    [InlineData("IT", "Codice Fiscale")]
    [InlineData("SE", "personnummer")]
    [InlineData("DK", "CPR-nr.")]
    [InlineData("NO", "Fødselsnummer")]
    [InlineData("FI", "HETU")]
    [InlineData("BG", "ЕГН")]
    [InlineData("RO", "CNP")]
    [InlineData("KR", "RRN")]
    [InlineData("IN", "Aadhaar")]
    [InlineData("IN", "PAN")]
    [InlineData("SG", "NRIC")]
    [InlineData("CA", "SIN")]
    [InlineData("US", "SSN")]
    [InlineData("GB", "NHS number")]
    [InlineData("AU", "TFN")]
    public async Task Propose_TheOwnNameOfANationalId_IsOne(string country, string header)
    {
        var proposal = await ProposeAsync($"Ticket no;{header}\n" + string.Concat(Enumerable.Range(1, 60).Select(row => $"T{row};{90000000 + (row * 7919)}\n")), country);

        Assert.Equal("customer.national_ids", Assert.Single(proposal.Fields, field => field.Column == header).Target);
        Assert.DoesNotContain(proposal.Mapping.Split('\n'), line => line.StartsWith($"  {header}:", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Θέμα", "subject")]
    [InlineData("ΠΕΡΙΓΡΑΦΗ", "description")]
    [InlineData("Σχόλιο", "description")]
    [InlineData("ΠΕΛΑΤΗΣ", "customer.name")]
    [InlineData("Διεύθυνση", "customer.addresses.lines")]
    [InlineData("ΠΟΛΗ", "customer.addresses.locality")]
    [InlineData("Τ.Κ.", "customer.addresses.postcode")]
    [InlineData("Τηλέφωνο", "customer.phones")]
    [InlineData("ΠΡΟΪΟΝ", "product.category")]
    [InlineData("ΚΩΔΙΚΟΣ", "case_number")]
    [InlineData("ΗΜΕΡΟΜΗΝΙΑ", "opened")]
    public async Task Propose_AGreekHeader_IsItsFieldWithAccentsAndWithout(string header, string target)
    {
        string Cell(int row) => target switch
        {
            "customer.name" => Names[row % 20],
            "customer.addresses.lines" => $"Σταδίου {row}",
            "customer.addresses.locality" => row % 2 == 0 ? "Αθήνα" : "Πάτρα",
            "customer.addresses.postcode" => $"10{row:000}",
            "customer.phones" => $"+30 210 55501{row:00}",
            "product.category" => row % 2 == 0 ? "Πλυντήριο" : "Ψυγείο",
            "case_number" => $"Y{row:0000}",
            "opened" => $"{1 + (row % 28)}/1/2026 10:0{row % 10}",
            _ => $"Το πλυντήριο κάνει θόρυβο όλη τη νύχτα {row}",
        };
        var proposal = await ProposeAsync($"xyz;{header}\n" + string.Concat(Enumerable.Range(1, 60).Select(row => $"{row % 9};{Cell(row)}\n")), "GR");

        AssertPlain($"{header}={target}", proposal);
    }

    [Fact]
    public async Task Propose_AGreekNameInParts_IsTheCustomers()
    {
        var proposal = await ProposeAsync("Ticket no;Όνομα;ΕΠΩΝΥΜΟ\n" + string.Concat(Enumerable.Range(1, 60).Select(row => $"T{row};{Names[row % 20]};{Names[(row * 7) % 20]}\n")), "GR");

        AssertPlain("ΕΠΩΝΥΜΟ=customer.name,Όνομα=customer.name", proposal);
    }

    [Theory]
    [InlineData("GR", "Κατάσταση", "Νέο=new,ΑΝΟΙΧΤΟ=open,Σε εξέλιξη=open,Σε αναμονή=on_hold,Επιλύθηκε=resolved,Κλειστό=closed,Σε αναμονή πελάτη=pending_customer")]
    [InlineData("GR", "Προτεραιότητα", "Χαμηλή=low,Μεσαία=normal,ΥΨΗΛΗ=high,Επείγον=urgent")]
    [InlineData("PL", "Status", "Nowe=new,Czeka na klienta=pending_customer,Zamknięte=closed")]
    [InlineData("DE", "Status", "Offen=open,Wartet auf Rückmeldung=pending_customer,Geschlossen=closed")]
    [InlineData("FR", "Statut", "Ouvert=open,En attente de réponse client=pending_customer,Clos=closed")]
    [InlineData("ES", "Estado", "Abierto=open,Esperando respuesta del cliente=pending_customer,En espera del cliente=pending_customer,Cerrado=closed")]
    [InlineData("PT", "Estado", "Aberto=open,Aguardando resposta do cliente=pending_customer,Fechado=closed")]
    [InlineData("IT", "Stato", "Aperto=open,In attesa risposta cliente=pending_customer,Chiuso=closed")]
    [InlineData("NL", "Status", "Open=open,Wacht op reactie klant=pending_customer,Gesloten=closed")]
    [InlineData("RU", "Статус", "Открыт=open,Ожидание ответа клиента=pending_customer,Закрыт=closed")]
    [InlineData("TR", "Durum", "Açık=open,Müşteri yanıtı bekleniyor=pending_customer,Kapalı=closed")]
    public async Task Propose_WordsOfStatesAndPriorities_AreTheirValues(string country, string header, string words)
    {
        var pairs = words.Split(',').Select(pair => pair.Split('=')).ToList();

        var proposal = await ProposeAsync($"Ticket no;{header}\n" + string.Concat(Enumerable.Range(0, 70).Select(row => $"T{row};{pairs[row % pairs.Count][0]}\n")), country);

        var field = Assert.Single(proposal.Fields, field => field.Column == header);
        Assert.All(pairs, pair => Assert.Contains($"{pair[0]}: {pair[1]}", field.Value, StringComparison.Ordinal));
        Assert.DoesNotContain("# holds", field.Value, StringComparison.Ordinal);
        Assert.Null(field.Question);
    }

    [Theory]
    [InlineData("Zuletzt bearbeitet", "updated")]
    [InlineData("Zuletzt geändert am", "updated")]
    [InlineData("Last modified on", "updated")]
    [InlineData("Modifié", "updated")]
    [InlineData("Eröffnet", "opened")]
    [InlineData("Opened on", "opened")]
    [InlineData("Ouvert", "opened")]
    [InlineData("Geopend", "opened")]
    [InlineData("Geaendert am", "updated")]
    [InlineData("Zeit.Geaendert", "updated")]
    public async Task Propose_ATurnOfATime_IsItsField(string header, string target) =>
        Assert.Contains((await OfColumnAsync(header, row => $"2026-01-{1 + (row % 28):00} 10:00")).Fields, field => field.Column == header && field.Target == target && field.Question is null);

    [Theory]
    [InlineData("Eingangsweg", "Telefon,E-Mail,Brief")]
    [InlineData("Mode de contact", "téléphone,courriel,courrier")]
    [InlineData("Sposób zgłoszenia", "telefon,e-mail,list")]
    public async Task Propose_AWayIn_IsTheChannel(string header, string words) =>
        Assert.Contains((await OfColumnAsync(header, row => words.Split(',')[row % 3])).Fields, field => field.Column == header && field.Target == "channel" && field.Question is null);

    [Theory]
    [InlineData("born", "-310521600000,86400000000,1009843200000", "customer.birth_date")]
    [InlineData("geboren", "-310521600,86400000,1009843200", "customer.birth_date")]
    [InlineData("geboren", "-310521600,-631152000,-86400001", "customer.birth_date")]
    [InlineData("life.born", "-310521600000,86400000000,1009843200000", "customer.birth_date")]
    [InlineData("stamp", "1760000000000,1761000000000,1762000000000", "custom_fields")]
    [InlineData("stamp", "1760000000,1761000000,1762000000", "custom_fields")]
    public async Task Propose_WholeNumbersThatReadAsUnixTimes_AreAskedAsTimesAndNoTelephones(string header, string values, string target)
    {
        var proposal = await OfColumnAsync(header, row => values.Split(',')[row % 3]);

        var field = Assert.Single(proposal.Fields, field => field.Column == header);
        Assert.True(field.Target == target && field.Question is not null, field.ToString());
        Assert.Matches(values.Split(',')[0].Length > 10 ? @"format: unix_ms\b" : @"format: unix\b", field.Value);
    }

    [Fact]
    public async Task Propose_TenDigitsThatMayBeTelephones_AreNoTimes() =>
        Assert.DoesNotContain((await OfColumnAsync("stamp", row => $"{2125550000 + (row * 7919)}")).Fields, field => field.Value.Contains("unix", StringComparison.Ordinal));

    [Theory]
    [InlineData("PRZYJĘTE,CZEKA,ZROBIONE", true)]
    [InlineData("Texas,Ohio,Nevada", false)]
    [InlineData("TX,OH,NV", false)]
    public async Task Propose_AStateOfUpperCaseWords_IsAskedAndNoRegion(string words, bool isAsked)
    {
        var proposal = await OfColumnAsync("state", row => words.Split(',')[row % 3]);

        var field = Assert.Single(proposal.Fields, field => field.Column == "state");
        Assert.Equal((isAsked ? "status" : "customer.addresses.area", isAsked), (field.Target, field.Question is not null));
    }

    [Theory]
    [InlineData("Schlagwörter", "lamp, fan, hum", "{from: Schlagwörter, split: \",\"}")]
    [InlineData("Tags", "lamp|fan", "{from: Tags, split: \"|\"}")]
    [InlineData("Tags", "lamp", "Tags")]
    public async Task Propose_TagsInOneCell_AreSplit(string header, string tags, string value)
    {
        var proposal = await OfColumnAsync(header, row => row % 3 == 0 ? "fan" : tags);

        Assert.Equal(value, Assert.Single(proposal.Fields, field => field.Target == "tags").Value);
    }

    [Fact]
    public async Task Propose_SeveralTexts_TellTheLanguageTogether()
    {
        var rows = string.Concat(Enumerable.Range(1, 60).Select(row => $"T{row};Die Lampe summt {row};Sie summt seit dem {row}. Tag wieder sehr laut;Der Kunde wurde am {row}. zurückgerufen\n"));
        var file = Write("desk.csv", Encoding.UTF8.GetBytes($"Ticket-Nr;Betreff;Beschreibung;Bemerkungen\n{rows}"));

        var proposal = await MappingProposer.ProposeAsync([file], new ProposalOptions(Country: "DE"), default);

        Assert.Contains("language: {detect: [Betreff, Beschreibung, Bemerkungen]}", proposal.Mapping, StringComparison.Ordinal);
        await AssertSoundAsync(proposal, file, rejected: 0);
    }

    [Theory]
    [InlineData("xyz", "a,b,c")]
    [InlineData("created", "03/04/2026,05/06/2026,01/02/2026")]
    [InlineData("cost", "1.5,2.5,3.5")]
    [InlineData("national id", "a1,b2,c3")]
    [InlineData("language", "german,dutch,french")]
    public async Task Propose_AQuestionOfAColumn_NamesIt(string header, string values)
    {
        var proposal = await ProposeAsync($"{header};filler\n" + string.Concat(Enumerable.Range(0, 60).Select(row => $"{values.Split(',')[row % 3]}{(header == "xyz" ? row : string.Empty)};x\n")));

        var questions = proposal.Questions.Where(question => !question.Contains("time zone", StringComparison.Ordinal) && !question.Contains("which country", StringComparison.Ordinal)
            && !question.StartsWith("No column names", StringComparison.Ordinal) && !question.Contains("(updated)", StringComparison.Ordinal) && !question.Contains("filler", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(questions);
        Assert.All(questions, question => Assert.Contains($"'{header}'", question, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("DE", true)]
    [InlineData("HR", true)]
    [InlineData("EE", false)]
    [InlineData("SI", false)]
    [InlineData("IT", false)]
    [InlineData("NO", false)]
    public async Task Propose_ALanguageThatCannotBeTold_IsAskedAndNotDetected(string country, bool isDetected)
    {
        var proposal = await ProposeAsync("subject;filler\n" + string.Concat(Enumerable.Range(0, 60).Select(row => $"The lamp hums since day {row};x\n")), country);

        Assert.Equal(isDetected, proposal.Mapping.Contains("\n  language: {detect: [subject]}", StringComparison.Ordinal));
        Assert.Equal(!isDetected, proposal.Mapping.Contains("\n  # language: {detect: [subject]}   # ?", StringComparison.Ordinal));
        Assert.Equal(!isDetected, proposal.Questions.Any(question => question.Contains("language", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Propose_AnElementThatSomeRecordsHaveTwice_IsAskedAndNoTextOfALanguage()
    {
        static string Phones(int row) => string.Concat(Enumerable.Range(0, row % 2 == 0 ? 1 : 2).Select(phone => $"<telefon typ=\"dom{phone}\">+48 22 555 {row:00} {phone:00}</telefon>"));
        var proposal = await ProposeAsync($"<zgl>{string.Concat(Enumerable.Range(10, 60).Select(row => $"<z><numer>N{row}</numer><opis>Lampa buczy od dnia {row} i nie gaśnie</opis><telefony>{Phones(row)}</telefony></z>"))}</zgl>", "PL", "desk.xml");

        var phone = Assert.Single(proposal.Fields, field => field.Column == "telefony.telefon.#text");
        Assert.Contains("[*]", phone.Question, StringComparison.Ordinal);
        Assert.DoesNotContain("\n  telefony", proposal.Mapping, StringComparison.Ordinal);
        Assert.DoesNotContain("telefon", proposal.Mapping.Split('\n').Single(line => line.StartsWith("  language:", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SI", "Europe/Ljubljana", "sl-SI")]
    [InlineData("BG", "Europe/Sofia", "bg-BG")]
    [InlineData("EE", "Europe/Tallinn", "et-EE")]
    [InlineData("VN", "Asia/Ho_Chi_Minh", "vi-VN")]
    public async Task Propose_ACountryOfOneZone_HasItsZoneAndCulture(string country, string zone, string culture)
    {
        var proposal = await ProposeAsync("subject;filler\nIt hums;x\nIt smokes;y\n", country);

        Assert.Contains($"time_zone: {zone}\nculture: {culture}\n", proposal.Mapping, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PL", "numer;data_otwarcia;data_zmiany")]
    [InlineData("HR", "Broj prijave;Datum otvaranja;Zadnja izmjena")]
    [InlineData("SI", "Številka zahtevka;Datum odprtja;Zadnja sprememba")]
    [InlineData("BG", "номер на заявка;създаден;променен")]
    [InlineData("EE", "pöördumise number;avatud;muudetud")]
    [InlineData("CZ", "Číslo případu;Vytvořeno;Změněno")]
    public async Task Propose_HeadersOfTheUnion_NameCaseOpenedAndUpdated(string country, string header)
    {
        var proposal = await ProposeAsync(header + "\n" + string.Concat(Enumerable.Range(10, 60).Select(row => $"N-{row};2026-03-{(row % 18) + 10} 10:{row % 60:00};2026-04-{(row % 18) + 10} 11:{row % 60:00}\n")), country);

        Assert.Equal(["case_number", "opened", "updated"], header.Split(';').Select(name => proposal.Fields.Single(field => field is { Question: null } && field.Column == name).Target));
    }

    [Theory]
    [InlineData("TR", "Cep", "0532 {0:000 0000}", "customer.phones", false)]
    [InlineData("TR", "Cep", "34{0:000}", "customer.addresses.postcode", true)]
    [InlineData("BR", "Cep", "12345-{0:000}", "customer.addresses.postcode", false)]
    [InlineData(null, "Cep", "12345-{0:000}", "customer.addresses.postcode", false)]
    [InlineData("US", "ZIP", "12345-6{0:000}", "customer.addresses.postcode", false)]
    [InlineData("DE", "CAP", "20{0:000}", "customer.addresses.postcode", true)]
    [InlineData("IT", "CAP", "20{0:000}", "customer.addresses.postcode", false)]
    [InlineData("CH", "CAP", "20{0:000}", "customer.addresses.postcode", false)]
    public async Task Propose_AShortWordOfAnotherLanguage_IsOnlyAsked(string? country, string header, string values, string target, bool isAsked)
    {
        var proposal = await ProposeAsync($"Case no;{header}\n" + string.Concat(Enumerable.Range(1, 60).Select(row => $"N{row};{string.Format(System.Globalization.CultureInfo.InvariantCulture, values, row)}\n")), country);

        var field = Assert.Single(proposal.Fields, field => field.Column == header);
        Assert.Equal((target, isAsked), (field.Target, field.Question is not null));
    }

    [Theory]
    [InlineData("BR", "Cep")]
    [InlineData("DE", "PLZ")]
    public async Task Propose_APostcodeOfTelephones_IsNone(string country, string header)
    {
        var proposal = await ProposeAsync($"Case no;{header}\n" + string.Concat(Enumerable.Range(1, 60).Select(row => $"N{row};0532 123 {row:00 00}\n")), country);

        Assert.DoesNotContain("postcode", proposal.Mapping, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Propose_SeveralHeadersOfAnotherLanguage_AreThatExportsLanguage()
    {
        var proposal = await ProposeAsync("CAP;Oggetto;Stato\n" + string.Concat(Enumerable.Range(1, 60).Select(row => $"20{row:000};Ronza {row};chiuso\n")), "DE");

        AssertPlain("CAP=customer.addresses.postcode,Oggetto=subject,Stato=status", proposal);
    }
}
