using CallTracking.Mapping.Proposals;

namespace CallTracking.SampleData.Tests;

/// <summary>Times under names that nobody knows: what may be when a case changed, or a day of somebody's life, does not go silently in force.</summary>
public sealed partial class ProposalTests
{
    private const string LateFile = "a late old file overwrites newer cases";

    [Theory]
    [InlineData("abc;xyz;Status", true, true)]
    [InlineData("Created;xyz;Status", false, true)]
    [InlineData("Created;Last updated;Status", false, false)]
    public async Task Propose_TimesThatNothingNames_AreAskedWhileOpenedOrUpdatedIsMissing(string header, bool isFirstAsked, bool isSecondAsked)
    {
        var proposal = await TimesAsync(header, "{0} 10:0{1}");

        var columns = header.Split(';');
        Assert.Equal([isFirstAsked, isSecondAsked], columns.Take(2).Select(column => proposal.Fields.Single(field => field.Column == column).Question is not null));
        if (isSecondAsked)
        {
            Assert.Contains($"\n  # {columns[1]}: {{from: {columns[1]}, format: \"dd.MM.yyyy HH:mm\", class: technical, type: instant}}", proposal.Mapping, StringComparison.Ordinal);
            var question = Assert.Single(proposal.Questions.Distinct(), question => question.Contains("when the case was ", StringComparison.Ordinal));
            Assert.Contains(isFirstAsked ? "Which of 'abc', 'xyz' is when the case was opened or last changed or closed?" : "Is 'xyz' when the case was last changed or closed?", question, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("28/11/2026 9:05", "27/11/2026 15:30", "dd/MM/yyyy H:mm", "FR")]
    [InlineData("11/28/2026 9:05 AM", "11/27/2026 10:30 PM", "MM/dd/yyyy h:mm tt", "US")]
    [InlineData("11/8/2026 9:05 AM", "12/10/2026 10:30 PM", "M/d/yyyy h:mm tt", "US")]
    [InlineData("8.11.2026 9:05", "17.10.2026 15:30", "d.M.yyyy H:mm", "DE")]
    [InlineData("28.11.2026 09:05", "17.10.2026 15:30", "dd.MM.yyyy HH:mm", "DE")]
    public async Task Propose_TimesOfOneFile_AreWrittenWithOneDigitWhereAnotherColumnShowsIt(string opened, string closed, string format, string country)
    {
        var proposal = await ProposeAsync("Case no;Opened;Closed\n" + string.Concat(Enumerable.Range(1, 40).Select(row => $"C-{row};{opened};{closed}\n")), country);

        Assert.All((string[])["opened", "closed"], target =>
            Assert.Contains($"format: \"{format}\"", Assert.Single(proposal.Fields, field => field.Target == target).Value, StringComparison.Ordinal));
        Assert.Equal(40, proposal.Outcomes["cases"]);
    }

    [Fact]
    public async Task Propose_FurtherTimesBesideOpenedAndUpdated_AreTechnical()
    {
        var proposal = await TimesAsync("Created;Last updated;Status;xyz", "{0} 10:0{1}");

        Assert.Contains(proposal.Fields, field => field is { Column: "xyz", Question: null } && field.Value.Contains("class: technical", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("{0}", "xyz", true)]
    [InlineData("{0} 00:00:00", "xyz", true)]
    [InlineData("{0} 10:0{1}", "xyz", false)]
    [InlineData("{0}", "Date closed (old)", false)]
    public async Task Propose_DaysThatNothingNames_AreAskedAndNeverTechnical(string pattern, string header, bool isAsked)
    {
        var proposal = await TimesAsync($"Created;Last updated;Status;Closed on;{header}", pattern);

        var field = Assert.Single(proposal.Fields, field => field.Column == header);
        Assert.Equal((isAsked, !isAsked), (field.Question?.Contains("of a purchase or of a life", StringComparison.Ordinal) == true, field.Value.Contains("class: technical", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("Case no;Last updated;Status", false)]
    [InlineData("Case no;Created;Status", true)]
    [InlineData("abc;Created;Status", false)]
    public async Task Propose_WithoutATimeOfChange_SaysWhatItCosts(string header, bool isAsked)
    {
        var proposal = await ProposeAsync(header + "\n" + string.Concat(Enumerable.Range(1, 60).Select(row => $"{(header[0] == 'C' ? row : 7)};2026-01-{1 + (row % 28):00} 10:0{row % 10};open\n")), "GB");

        Assert.Equal((isAsked, isAsked), (proposal.Mapping.Contains($"\n# updated: …   # ? when a case was last changed: without it {LateFile}", StringComparison.Ordinal), proposal.Questions.Any(question => question.Contains(LateFile, StringComparison.Ordinal))));
    }

    [Theory]
    [InlineData("TR", "Açılış=opened,Son İşlem=updated,Kapanış=closed,Geliş Yolu=channel,Şikayet=description,Posta Kodu=customer.addresses.postcode,Müşteri Adı=customer.name,Müşteri Soyadı=customer.name", "Telefon,Web,Mağaza")]
    [InlineData("HU", "Kelte=opened,Utolsó módosítás=updated,Lezárás=closed,Beérkezés módja=channel,Hiba leírása=description,Ir.szám=customer.addresses.postcode,Név=customer.name,Állapot=status,Vásárlás dátuma=product.purchased_on", "Telefon,Web,Bolt")]
    public async Task Propose_HeadersOfTurkishAndHungarianDesks_AreTheirFields(string country, string plain, string ways)
    {
        var headers = plain.Split(',').Select(pair => pair.Split('=')[0]).ToList();
        string Cell(string header, int row) => plain.Split(',').Single(pair => pair.StartsWith(header + "=", StringComparison.Ordinal)).Split('=')[1] switch
        {
            "opened" or "updated" or "closed" => $"2026. 03. {1 + (row % 28):00}. 10:{row % 60:00}",
            "product.purchased_on" => $"2024. 03. {1 + (row % 28):00}.",
            "channel" => ways.Split(',')[row % 3],
            "status" => row % 2 == 0 ? "Folyamatban" : "Lezárva",
            "customer.addresses.postcode" => $"{3400 + row}",
            "customer.name" => Names[row % 20],
            _ => $"Zúg, és nem áll le sehogy sem {row}",
        };
        var proposal = await ProposeAsync(string.Join(';', headers) + "\n" + string.Concat(Enumerable.Range(1, 60).Select(row => string.Join(';', headers.Select(header => Cell(header, row))) + "\n")), country);

        AssertPlain(plain, proposal);
    }

    [Theory]
    [InlineData("2026년 08월 {0:00}일 19:23", "yyyy년 M월 d일 HH:mm")]
    [InlineData("2026. 8. {0}. 9:05", "yyyy. M. d. H:mm")]
    public async Task Propose_TimesOfKoreaAndHungary_AreTimes(string pattern, string format) =>
        Assert.Contains($"format: {format}", Assert.Single((await OfColumnAsync("Created", row => string.Format(null, pattern, 1 + (row % 28)))).Fields, field => field is { Target: "opened", Question: null }).Value.Replace("\"", string.Empty, StringComparison.Ordinal), StringComparison.Ordinal);

    [Theory]
    [InlineData("GR", "22/1/2026 {0:00}:15 πμ", "d/M/yyyy hh:mm tt", "")]
    [InlineData("GR", "22/1/2026 {0:00}:15 μ.μ.", "d/M/yyyy hh:mm tt", "")]
    [InlineData("DE", "22/1/2026 {0:00}:15 ΜΜ", "d/M/yyyy hh:mm tt", ", culture: el-")]
    [InlineData("ES", "22/1/2026 {0}:15 p. m.", "d/M/yyyy h:mm tt", ", culture: en-US")]
    [InlineData("KR", "2026/1/22 오후 {0}:15", "yyyy/M/d tt h:mm", "")]
    public async Task Propose_TimesOfHalfDays_AreTimesAndRead(string country, string pattern, string format, string culture)
    {
        var proposal = await ProposeAsync("Ticket no;Created\n" + string.Concat(Enumerable.Range(1, 60).Select(row => $"T{row};{string.Format(null, pattern, 1 + (row % 12))}\n")), country);

        var value = Assert.Single(proposal.Fields, field => field is { Target: "opened", Question: null }).Value;
        Assert.Contains($"format: {format}{culture}", value.Replace("\"", string.Empty, StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal(culture.Length > 0, value.Contains("culture", StringComparison.Ordinal));
        Assert.Equal(["cases"], proposal.Outcomes.Keys);
    }

    // Words of no one culture, months of another than the words, and years of another calendar.
    [Theory]
    [InlineData("22/1/2026 {0:00}:15 πμ", "22/1/2026 {0:00}:15 오후")]
    [InlineData("22 Jan 2026 {0}:15 μμ", "22 Jan 2026 {0}:15 πμ")]
    [InlineData("22/1/2026 {0}:15 หลังเที่ยง", "22/1/2026 {0}:15 หลังเที่ยง")]
    public async Task Propose_HalfDaysThatNoCultureReads_AreNoTimes(string even, string odd)
    {
        var proposal = await ProposeAsync("Ticket no;Created\n" + string.Concat(Enumerable.Range(1, 60).Select(row => $"T{row};{string.Format(null, row % 2 == 0 ? even : odd, 1 + (row % 12))}\n")), "DE");

        Assert.DoesNotContain(proposal.Fields, field => field is { Target: "opened" });
    }

    [Fact]
    public async Task Propose_AGreekLogOfEvents_IsDatedAndFoldsInOrder()
    {
        var proposal = await ProposeAsync("ΚΩΔΙΚΟΣ;Ημερομηνία;Κατάσταση;ΠΕΛΑΤΗΣ;Σχόλιο\n" + string.Concat(Enumerable.Range(1, 60).Select(row =>
            $"Y{row % 20:0000};{1 + (row % 28)}/1/2026 {1 + (row % 12):00}:0{row % 10} {(row % 2 == 0 ? "πμ" : "μμ")};{(row % 2 == 0 ? "Σε εξέλιξη" : "Κλειστό")};{Names[row % 20]};Ο πελάτης κάλεσε ξανά για το πλυντήριο {row}\n")), "GR");

        Assert.Contains(proposal.Fields, field => field is { Target: "opened", Question: null, Column: "Ημερομηνία" });
        Assert.Contains(proposal.Fields, field => field is { Target: "customer.name", Question: null, Column: "ΠΕΛΑΤΗΣ" });
        Assert.Contains(", order: {from: Ημερομηνία, format: \"d/M/yyyy hh:mm tt\"}}", proposal.Mapping, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Propose_TheCategoryOfAProduct_IsTheProducts() =>
        Assert.Contains((await OfColumnAsync("제품.분류", row => $"냉장고{row % 5}")).Fields, field => field is { Column: "제품.분류", Target: "product.category" });

    /// <summary>A table of a key and of as many columns of times as the header names, but for the status.</summary>
    private Task<MappingProposal> TimesAsync(string header, string pattern)
    {
        string Cell(string column, int row) => column == "Status" ? "open" : string.Format(null, pattern, $"{1 + (row % 28):00}.01.2026", row % 10);
        return ProposeAsync($"Case no;{header}\n" + string.Concat(Enumerable.Range(1, 60).Select(row => $"N{row};{string.Join(';', header.Split(';').Select(column => Cell(column, row)))}\n")), "DE");
    }
}
