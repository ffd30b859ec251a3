using CallTracking.Contracts;
using Xunit;

namespace CallTracking.Privacy.Tests;

public sealed class OwnValueTests
{
    // Other persons whom these texts name are not the matter here.
    private static readonly Detectors NoNames = new(new StructuredDetector());

    private static readonly PolicySet Policies = PolicyKit.OneCountry("free_text: {action: detect, at: edge}\nserial_number: {action: keep}\nlocality: {action: keep}");

    [Theory]
    [InlineData("Max Mustermann", "Herr Max Mustermann rief an", "Herr [PERSON_1] rief an")]
    [InlineData("Max Mustermann", "MUSTERMANN, MAX", "[PERSON_1]")]
    [InlineData("Max Mustermann", "Frau Mustermann und Herr Maxim", "Frau [PERSON_1] und Herr Maxim")]
    [InlineData("Max Mustermann", "Mustermanns Gerät, Maxs Kabel", "[PERSON_1]s Gerät, [PERSON_1]s Kabel")]
    [InlineData("Max Mustermann", "Max\r\n  Muster-\nmann Max", "[PERSON_1]")]
    [InlineData("Max Mustermann", "ｍａｘ　ｍｕｓｔｅｒｍａｎｎ", "[PERSON_1]")]
    [InlineData("Dr. Ann Lee", "Dr. Lee, ann, Anna, sleeper", "Dr. [PERSON_1], Anna, sleeper")]
    [InlineData("Jürgen Weiß", "Juergen Weiss, JÜRGEN WEISS, Jürgen", "[PERSON_1], [PERSON_1], [PERSON_1]")]
    [InlineData("Juergen Mueller", "Jürgen Müller und Samuel", "[PERSON_1] und Samuel")]
    [InlineData("José Núñez", "Jose Nunez", "[PERSON_1]")]
    [InlineData("Jose\u0301 Nu\u0301n\u0303ez", "Señor José Núñez!", "Señor [PERSON_1]!")]
    [InlineData("Ludwig van Beethoven", "van Beethoven kaufte van und der", "van [PERSON_1] kaufte van und der")]
    [InlineData("山田 太郎", "山田太郎様、山田さん", "[PERSON_1]様、[PERSON_1]さん")]
    [InlineData("山田太郎", "お客様は山田　太郎と太郎です", "お客様は[PERSON_1]と[PERSON_1]です")]
    [InlineData("ﾔﾏﾀﾞ ﾀﾛｳ", "ヤマダタロウ / やまだたろう", "[PERSON_1] / [PERSON_1]")]
    [InlineData("Иван Петров", "звонил ПЕТРОВ Иван", "звонил [PERSON_1]")]
    [InlineData("李明", "客户李明来电", "客户[PERSON_1]来电")]
    [InlineData("김 민준", "김치 사러 온 민준님과 김민준", "김치 사러 온 [PERSON_1]님과 [PERSON_1]")]
    [InlineData("김민준", "고객 김민준님", "고객 [PERSON_1]님")]
    public void Redact_NameInText_IsFoundInItsSpellings(string name, string text, string expected) =>
        Assert.Equal(expected, Text(new Customer { Name = PolicyKit.Clear(name) }, text));

    [Theory]
    [InlineData("pl", "Anna Kowalska", "Paczka dla Anny Kowalskiej, z Anną Kowalską.", "Paczka dla [PERSON_1], z [PERSON_1].")]
    [InlineData("pl-PL", "Marek Nowak", "Dzwonił do Marka Nowaka, o Marku.", "Dzwonił do [PERSON_1], o [PERSON_1].")]
    [InlineData("cs", "Jana Nováková", "Zásilka pro Janu Novákovou a s Novákovou", "Zásilka pro [PERSON_1] a s [PERSON_1]")]
    [InlineData("cs", "Pavel Dvořák", "panu Pavlovi Dvořákovi", "panu [PERSON_1]")]
    [InlineData("ru", "Анна Петрова", "для Анны Петровой, с Анной", "для [PERSON_1], с [PERSON_1]")]
    [InlineData("", "Пётр Чайковский", "у Петра Чайковского", "у [PERSON_1]")]
    [InlineData("hu", "Kovács Éva", "Kovácsnak küldtük", "[PERSON_1] küldtük")]
    [InlineData("de", "Otto Maier", "Ottos Gerät, Maiers Kabel", "[PERSON_1]s Gerät, [PERSON_1]s Kabel")]
    public void Redact_InflectedNameInText_IsFoundWithItsEnding(string language, string name, string text, string expected) =>
        Assert.Equal(expected, Text(new Customer { Name = PolicyKit.Clear(name) }, text, language));

    [Theory]
    [InlineData("pl", "Marek Nowak", "nowa marka, nowakowski styl, marketing")]
    [InlineData("pl", "Ewa Lis", "Ewakuacja, lista, Listopad")]
    [InlineData("en", "Anna Nowak", "Annapolis, Annie, Nowakowski")]
    [InlineData("ru", "Анна Роза", "аннотация, розетка, Аннотированный")]
    public void Redact_WordsThatOnlyBeginLikeAName_Stay(string language, string name, string text) =>
        Assert.Equal(text, Text(new Customer { Name = PolicyKit.Clear(name) }, text, language));

    [Theory]
    [InlineData("+49 176 12345678", "ruf 0176/12345678 an", "ruf [PHONE_1] an")]
    [InlineData("+49 176 12345678", "+49 (0) 176 - 123 456 78", "[PHONE_1]")]
    [InlineData("+49 176 12345678", "0176\n1234-5678", "[PHONE_1]")]
    [InlineData("+49 176 12345678", "０１７６１２３４５６７８", "[PHONE_1]")]
    [InlineData("+49 176 12345678", "x17612345678y", "x[PHONE_1]y")]
    public void Redact_PhoneInText_IsFoundWithAnySeparators(string phone, string text, string expected) =>
        Assert.Equal(expected, Text(new Customer { Phones = { PolicyKit.Clear(phone) } }, text));

    [Theory]
    [InlineData("+55 11 98765-4321", "o 98765-4321 é da vizinha", "o [PHONE_1] é da vizinha")]
    [InlineData("+49 231 7238253", "unter 7238253 nicht da, Foto_7238253.jpg", "unter [PHONE_1] nicht da, Foto_[PHONE_1].jpg")]
    [InlineData("090-5839-2017", "5839-2017まで", "[PHONE_1]まで")]
    [InlineData("+49 231 7238253", "Auftrag 97238253, 72382531 und 238253", "Auftrag 97238253, 72382531 und 238253")]
    public void Redact_PhoneWithoutItsAreaCode_IsFoundByItself(string phone, string text, string expected) =>
        Assert.Equal(expected, Text(new Customer { Phones = { PolicyKit.Clear(phone) } }, text, phone[0] == '0' ? "ja" : ""));

    [Theory]
    [InlineData("Kastanienallee 48b", "Abholung Kastanienallee Nr. 48b, No 48 b", "Abholung [ADDRESS_1], No 48 b")]
    [InlineData("Postfach 1234", "das E-Mail-Postfach ist voll", "das E-Mail-Postfach ist voll")]
    [InlineData("東京都千代田区有楽町1丁目7番1号", "有楽町1-7-1です", "[ADDRESS_1]です")]
    [InlineData("서울특별시 강남구 삼성동 현대 아파트 101동", "현대 에어컨, 아파트 관리실", "현대 에어컨, 아파트 관리실")]
    [InlineData("千代田区丸の内3丁目12番4号 丸の内ハイツ302", "丸の内3-12-4です", "[ADDRESS_1]です")]
    [InlineData("千代田区丸の内3丁目12番4号 丸の内ハイツ302", "千代田区丸の内３－１２－４", "[ADDRESS_1]")]
    [InlineData("千代田区丸の内3丁目12番4号 丸の内ハイツ302", "丸の内ハイツ302まで", "[ADDRESS_1]まで")]
    public void Redact_AddressOtherwiseThanInTheCase_IsFound(string line, string text, string expected) =>
        Assert.Equal(expected, Text(new Customer { Addresses = { new PostalAddress { Lines = { PolicyKit.Clear(line) } } } }, text));

    [Theory]
    [InlineData("54362315K", "a nombre de 54.362.315", "a nombre de [ID_1]")]
    [InlineData("18.428.247-K", "RUT 18.428.247 en la boleta", "RUT [ID_1] en la boleta")]
    public void Redact_NationalIdWithoutItsLetter_IsFound(string value, string text, string expected) =>
        Assert.Equal(expected, Text(new Customer { NationalIds = { new NationalId { Value = PolicyKit.Clear(value) } } }, text));

    [Fact]
    public void Redact_OtherOwnValues_AreFound()
    {
        var customer = new Customer
        {
            Number = PolicyKit.Clear("K-88 42"),
            Emails = { PolicyKit.Clear("max@example.de") },
            BirthDate = PolicyKit.Clear("1980-05-07"),
            Addresses = { new PostalAddress { Lines = { PolicyKit.Clear("Lindenstraße 14a") }, Postcode = PolicyKit.Clear("04103"), Locality = PolicyKit.Clear("Leipzig") } },
            NationalIds = { new NationalId { Value = PolicyKit.Clear("86 095 742 719") } },
            IpAddresses = { PolicyKit.Clear("203.0.113.77") },
            Handles = { PolicyKit.Clear("@maxi_77") },
        };

        Assert.Equal("[ID_1] / [ID_1]", Text(customer, "K-88 42 / k8842"));
        Assert.Equal("[EMAIL_1]", Text(customer, "MAX@example.de"));
        Assert.Equal("[DATE_1], [DATE_1], [DATE_1], [DATE_1]", Text(customer, "7.5.1980, 07.05.1980, 05/07/1980, 7. Mai 1980"));
        Assert.Equal("[ADDRESS_1] Leipzig", Text(customer, "Lindenstr. 14 a, 04103 Leipzig"));
        Assert.Equal("ID [ID_1]!", Text(customer, "ID 86095742719!"));
        Assert.Equal("von [IP_1]", Text(customer, "von 203.0.113.77"));
        Assert.Equal("[HANDLE_1]", Text(customer, "maxi_77").TrimStart('@'));
    }

    [Theory]
    [InlineData("schreiben an hans.meier(at)gmx.de bitte", "schreiben an [EMAIL_1] bitte")]
    [InlineData("hans.meier [at] gmx [dot] de", "[EMAIL_1]")]
    [InlineData("HANS.MEIER (arroba) gmx (punto) de", "[EMAIL_1]")]
    [InlineData("hans.meier at gmx.de", "[EMAIL_1]")]
    [InlineData("hans meier at gmx punkt de", "[EMAIL_1]")]
    [InlineData("hans punkt meier at gmx punkt de", "[EMAIL_1]")]
    [InlineData("Hans dot Meier (at) gmx dot de!", "[EMAIL_1]!")]
    public void Redact_EmailInAvoidedSpelling_IsFound(string text, string expected) =>
        Assert.Equal(expected, Text(new Customer { Emails = { PolicyKit.Clear("hans.meier@gmx.de") } }, text));

    [Theory]
    [InlineData("KD-8152347", "Kundennummer 8152347 fehlt", "Kundennummer [ID_1] fehlt")]
    [InlineData("KD-8152347", "KD 8152347 / 81 52 347", "[ID_1] / [ID_1]")]
    [InlineData("K-881523", "881523, 1881523, 881 523", "[ID_1], 1881523, 881 523")]
    [InlineData("K-88152", "88152", "88152")]
    [InlineData("A123B4567", "1234567, 4567", "1234567, 4567")]
    public void Redact_CustomerNumberWithoutItsLetters_IsFoundFromSixDigitsOn(string number, string text, string expected) =>
        Assert.Equal(expected, Text(new Customer { Number = PolicyKit.Clear(number) }, text));

    [Theory]
    [InlineData("1980年5月7日生")]
    [InlineData("1980年05月07日生")]
    [InlineData("1980년 5월 7일생")]
    [InlineData("1980년05월07일생")]
    [InlineData("7/5/2523")]
    [InlineData("07-05-2523")]
    [InlineData("7 พฤษภาคม 2523")]
    public void Redact_BirthDateInAsianWordsAndYears_IsFound(string text) =>
        Assert.StartsWith("[DATE_1]", Text(new Customer { BirthDate = PolicyKit.Clear("1980-05-07") }, text), StringComparison.Ordinal);

    [Fact]
    public void Redact_ShortNumber_IsNotFoundInsideOthers()
    {
        var customer = new Customer { Number = PolicyKit.Clear("10023") };

        Assert.Equal("110023 100234 [ID_1] 10 023", Text(customer, "110023 100234 10023 10 023"));
    }

    [Fact]
    public void Redact_KeptClass_StaysInTexts()
    {
        var value = Case(new Customer(), "Gerät SN-4420-118273");
        value.Product = new Product { Serial = PolicyKit.Clear("SN-4420-118273") };

        new EdgeRedactor(Policies, PolicyKit.Keys).Redact(value);

        Assert.Equal("Gerät SN-4420-118273", value.Subject.Masked);
    }

    [Fact]
    public void Redact_PersonsAndValues_KeepTheirNumbersThroughAllTexts()
    {
        var value = Case(new Customer { Name = PolicyKit.Clear("Max Mustermann"), NameReading = PolicyKit.Clear("マックス ムスターマン") }, "Sabine Krauthoff an Mustermann, a@b.de");
        value.Agent = new HandlingAgent { Name = PolicyKit.Clear("Sabine Krauthoff") };
        value.Description = PolicyKit.Clear("ムスターマン: x@y.de, A@B.DE");
        value.Tags.Add(PolicyKit.Clear("vip-mustermann"));
        value.Attachments.Add(new Attachment { FileName = PolicyKit.Clear("Rechnung_Mustermann.pdf") });
        var policies = PolicyKit.OneCountry("free_text: {action: detect, at: edge}\nfile_name: {action: detect, at: edge}");

        new EdgeRedactor(policies, PolicyKit.Keys).Redact(value);

        Assert.Equal("[PERSON_1] an [PERSON_2], [EMAIL_1]", value.Subject.Masked);
        Assert.Equal("[PERSON_2]: [EMAIL_2], [EMAIL_1]", value.Description.Masked);
        Assert.Equal("vip-[PERSON_2]", value.Tags[0].Masked);
        Assert.Equal("Rechnung_[PERSON_2].pdf", value.Attachments[0].FileName.Masked);
    }

    [Fact]
    public void Redact_AgentsNumberAndName_AreAnIdAndAPerson()
    {
        var value = Case(new Customer(), "Krauthoff (AG-0815-X)");
        value.Agent = new HandlingAgent { Id = PolicyKit.Clear("AG-0815-X"), Name = PolicyKit.Clear("Sabine Krauthoff") };

        new EdgeRedactor(Policies, PolicyKit.Keys).Redact(value);

        Assert.Equal("[PERSON_1] ([ID_1])", value.Subject.Masked);
    }

    [Fact]
    public void Redact_PlaceholdersAlreadyThere_SurviveAndNumbersGoOn()
    {
        var customer = new Customer { Name = PolicyKit.Clear("Maria Person") };

        Assert.Equal("[PERSON_3] and [PERSON_4], [EMAIL_1]", Text(customer, "[PERSON_3] and Maria Person, a@b.de"));
        Assert.Equal("[NAME] [PERSON_1]", Text(customer, "[NAME] Person"));
        Assert.Equal("[[PERSON_1]_9999999] [PERSON_1]", Text(customer, "[PERSON_9999999] Maria"));
    }

    [Theory]
    [InlineData("😀👩‍🚒 Max Mustermann 𠮷野家", "😀👩‍🚒 [PERSON_1] 𠮷野家")]
    [InlineData("e\u0301\u0323 Max Mustermann\u0301!", "e\u0301\u0323 [PERSON_1]!")]
    [InlineData("㍿Ⅳ① Max\u200B Muster\u00ADmann ㌔", "㍿Ⅳ① [PERSON_1] ㌔")]
    [InlineData("\uD83D broken Max Mustermann \uDE00", "\uD83D broken [PERSON_1] \uDE00")]
    public void Redact_SurrogatesAndCombiningMarks_KeepTheirPlaces(string text, string expected) =>
        Assert.Equal(expected, Text(new Customer { Name = PolicyKit.Clear("Max Mustermann") }, text));

    [Theory]
    [InlineData("𠮷田 花子", "お客様𠮷田花子様", "お客様[PERSON_1]様")]
    [InlineData("花田 太𠮷", "花田太𠮷様", "[PERSON_1]様")]
    public void Redact_SupplementaryNameLetters_AreReplacedWhole(string name, string text, string expected) =>
        Assert.Equal(expected, Text(new Customer { Name = PolicyKit.Clear(name) }, text));

    [Fact]
    public void Redact_OverlappingFindings_LeaveNothingOfEither()
    {
        var customer = new Customer { Name = PolicyKit.Clear("Max Mustermann") };

        Assert.Equal("[EMAIL_1]", Text(customer, "max.mustermann@example.de"));
        Assert.Equal("an [EMAIL_1] von [PERSON_1]", Text(customer, "an info-mustermann@example.de von Max"));
    }

    [Fact]
    public void Redact_LongValue_IsFoundWhole()
    {
        var line = string.Join(' ', Enumerable.Range(100, 60).Select(i => $"Building{i}"));

        Assert.Equal("at [ADDRESS_1].", Text(new Customer { Addresses = { new PostalAddress { Lines = { PolicyKit.Clear(line) } } } }, $"at {line}."));
    }

    [Fact]
    public void Redact_TextForTheHub_LosesAtTheEdgeWhatMayNotLeave()
    {
        var policies = PolicyKit.OneCountry("free_text: {action: detect, at: hub}\nemail: {action: mask, at: hub}\nlocality: {action: keep}");
        var value = Case(new Customer { Name = PolicyKit.Clear("Max Mustermann"), Emails = { PolicyKit.Clear("office77@example.de") } }, "Mustermann, office77@example.de, 4111 1111 1111 1111");

        new EdgeRedactor(policies, PolicyKit.Keys).Redact(value);
        var travelling = value.Subject.Clone();
        new HubRedactor(policies).Redact(value);

        Assert.Equal("[PERSON_1], office77@example.de, [CARD_1]", travelling.Masked);
        Assert.Equal("[PERSON_1], [EMAIL_1], [CARD_1]", value.Subject.Masked);
        Assert.Equal("[EMAIL]", value.Customer.Emails[0].Masked);
    }

    [Fact]
    public void Redact_KeptTextAndOrganisation_StillLoseHiddenOwnValues()
    {
        var policies = PolicyKit.OneCountry("free_text: {action: keep}\norganisation: {action: keep}");
        var value = Case(new Customer { Name = PolicyKit.Clear("Max Mustermann"), Organisation = PolicyKit.Clear("Mustermann GmbH") }, "Mustermann, x@y.de");
        value.CustomFields.Add(new CustomField { Name = "note", DataClass = DataClass.Technical, Text = PolicyKit.Clear("für Mustermann") });

        new EdgeRedactor(policies, PolicyKit.Keys).Redact(value);

        Assert.Equal("[PERSON_1], [EMAIL_1]", value.Subject.Masked);
        Assert.Equal("[PERSON_1] GmbH", value.Customer.Organisation.Masked);
        Assert.Equal("für [PERSON_1]", value.CustomFields[0].Text.Masked);
    }

    [Fact]
    public void Redact_CustomFieldNames_LoseWhatMayNotStandInTexts()
    {
        var policies = PolicyKit.OneCountry("free_text: {action: detect, at: hub}\nphone: {action: mask, at: hub}");
        var value = Case(new Customer { Name = PolicyKit.Clear("Max Mustermann"), Phones = { PolicyKit.Clear("+49 176 12345678") } }, "");
        value.CustomFields.Add(
        [
            new CustomField { Name = "Tel. 0176 1234 5678", DataClass = DataClass.Technical, Integer = 1 },
            new CustomField { Name = "Zeit", DataClass = DataClass.Technical, Integer = 2 },
            new CustomField { Name = "kontakt.MUSTERMANN.ort", DataClass = DataClass.Technical, Text = PolicyKit.Clear("3") },
            new CustomField { Name = "x@example.de", DataClass = DataClass.Technical, Integer = 4 },
        ]);

        var tally = new EdgeRedactor(policies, PolicyKit.Keys).Redact(value);
        var atEdge = value.CustomFields.Select(field => field.Name).ToList();
        new HubRedactor(policies).Redact(value);

        Assert.Equal(["Tel. 0176 1234 5678", "Zeit", "[EMAIL_1]", "kontakt.[PERSON_1].ort"], atEdge);
        Assert.Equal(["Tel. [PHONE_1]", "Zeit", "[EMAIL_1]", "kontakt.[PERSON_1].ort"], value.CustomFields.Select(field => field.Name));
        Assert.Equal((1, 1), (tally.CountOf(DataClass.Name, RedactionAction.Detect), tally.CountOf(DataClass.Email, RedactionAction.Detect)));
        Assert.True(new EdgeRedactor(policies, PolicyKit.Keys).Redact(value.Clone()).IsEmpty);
    }

    [Fact]
    public void Redact_FileNamesLookedThroughAtTheEdgeAndTextsAtTheHub_FreesThemOfWhatTheHubHides()
    {
        var policies = PolicyKit.OneCountry("free_text: {action: detect, at: hub}\nfile_name: {action: detect, at: edge}\nname: {action: mask, at: hub}");
        var value = Case(new Customer { Name = PolicyKit.Clear("Max Mustermann") }, "Mustermann rief an");
        value.Attachments.Add(new Attachment { FileName = PolicyKit.Clear("Rechnung_Mustermann.pdf") });

        new EdgeRedactor(policies, PolicyKit.Keys, NoNames).Redact(value);

        Assert.Equal(("Rechnung_[PERSON_1].pdf", "Mustermann rief an"), (value.Attachments[0].FileName.Masked, value.Subject.Clear));
    }

    [Theory]
    [InlineData("name", "Lisa Kraft", "Lisas Hof 7", "an Lisas Hof 7", "an [PERSON_1]s Hof 7")]
    [InlineData("locality", "Lisa Kraft", "Kraft", "an Lisa Kraft", "an Lisa [PERSON_1]")]
    public void Redact_HiddenValueInsideOneThatMayStay_IsReplaced(string hidden, string name, string locality, string organisation, string expected)
    {
        // Of name and place one may not leave the region, the other is hidden at the hub only.
        var policies = PolicyKit.OneCountry(
            $"name: {{action: mask, at: {(hidden == "name" ? "edge" : "hub")}}}\nlocality: {{action: mask, at: {(hidden == "name" ? "hub" : "edge")}}}\n"
            + "organisation: {action: keep}\nfree_text: {action: detect, at: edge}");
        var address = new PostalAddress { Locality = PolicyKit.Clear(locality) };
        var value = Case(new Customer { Name = PolicyKit.Clear(name), Addresses = { address }, Organisation = PolicyKit.Clear(organisation) }, "text");

        new EdgeRedactor(policies, PolicyKit.Keys).Redact(value);

        Assert.Equal(expected, value.Customer.Organisation.Masked);
    }

    private static Case Case(Customer customer, string subject) => new() { CustomerCountry = "ZZ", Customer = customer, Subject = PolicyKit.Clear(subject) };

    private static string Text(Customer customer, string text, string language = "")
    {
        var value = Case(customer.Clone(), text);
        value.Language = language;
        new EdgeRedactor(Policies, PolicyKit.Keys, NoNames).Redact(value);
        return value.Subject.Masked;
    }
}
