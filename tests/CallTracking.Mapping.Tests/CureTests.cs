using System.Text;
using CallTracking.Mapping.Tests.Joins;
using Xunit;

namespace CallTracking.Mapping.Tests;

/// <summary>Faults of a mapping or its files whose cure must lead to the right line.</summary>
public sealed class CureTests : IDisposable
{
    private const string Chained = "join: [{as: ticket, files: tickets.csv, key: nr, on: nr}, {as: person, files: people.csv, key: nr, on: ticket.person}]";

    private readonly Composed _files = new();

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData("customer_country: person.country", Chained, "'person' is a join and stands in 'ticket'.", "Write ticket.person.country.")]
    [InlineData("subject: ticket.text", "join: [{as: ticket, files: tickets.csv, key: nr, on: nr}, {as: person, files: people.csv, key: nr, on: ticket.person}, {as: firm, files: firms.csv, key: nr, on: person.firm}]", "'person' is a join and stands in 'ticket'.", "Write ticket.person.firm.")]
    public void Join_NamedWithoutTheOneItStandsIn_IsToldWhereItStands(string fields, string more, string message, string cure)
    {
        var fault = Assert.Single(SourceMapping.Parse("mapping.yaml", Reading.Csv(fields, more)).Faults);

        Assert.Equal((message, cure), (fault.Message, fault.Cure));
    }

    [Fact]
    public void Join_NamedFromTheRecordWhereItStands_IsNoFault() =>
        Assert.Empty(SourceMapping.Parse("mapping.yaml", Reading.Csv("customer_country: ticket.person.country", Chained)).Faults);

    [Theory]
    [InlineData("", 1)]
    [InlineData(", preamble: 1", 2)]
    public async Task Header_ThatStandsFurtherDown_IsFoundAndItsPreambleSaid(string preamble, int lines)
    {
        var yaml = Reading.Csv("subject: text", format: $"{{type: delimited, encoding: utf-8{preamble}}}");
        var content = string.Concat(Enumerable.Repeat("Export of the 3rd\n", lines)) + "id,text\n1,x\n";

        var fault = (await Assert.ThrowsAsync<SourceFormatException>(() => Reading.AllAsync(yaml, content))).Faults[0];
        var checkedFault = Assert.Single(await Reading.Mapping(yaml).CheckHeaderAsync(new MemoryStream(Encoding.UTF8.GetBytes(content)), "cases.csv", CancellationToken.None));

        Assert.Equal($"Line {lines + 1} has them: write preamble: {lines} under format in the mapping.", fault.Cure);
        Assert.Equal(fault.Cure, checkedFault.Cure);
    }

    [Theory]
    [InlineData("windows-1252", "utf-8", "utf-8")]
    [InlineData("utf-8", "cp850", "cp850")]
    [InlineData("windows-1252", "cp850", "cp850")]
    public async Task Header_UnderAWrongEncoding_IsToldUnderWhichItReads(string named, string written, string cure)
    {
        var yaml = Reading.Csv("subject: Título", format: $"{{type: delimited, encoding: {named}, preamble: 1}}").Replace("key: id", "key: Nº", StringComparison.Ordinal);
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

        var fault = Assert.Single((await Assert.ThrowsAsync<SourceFormatException>(() => Reading.AllAsync(yaml, "Export\nNº,Título\n1,x\n", Encoding.GetEncoding(written == "cp850" ? "ibm850" : written)))).Faults);

        Assert.Equal((2, $"Write encoding: {cure} under format in the mapping."), (fault.Line, fault.Cure));
        Assert.Contains($"it reads as {cure}, and has 2 of the mapping's 2 columns then", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Header_CutAtAnotherSign_IsToldAtWhich()
    {
        var fault = Assert.Single((await Assert.ThrowsAsync<SourceFormatException>(() => Reading.AllAsync(Reading.Csv("subject: text"), "id\ttext\n1\tx\n"))).Faults);

        Assert.Equal(("The header is not cut at ',': cut at tab it has 2 of the mapping's 2 columns.", "Write delimiter: \"\\t\" under format in the mapping."), (fault.Message, fault.Cure));
    }

    [Fact]
    public async Task Header_OfAFileThatAJoinNames_IsToldToBeKeptOut()
    {
        _files.With("people.csv", "nr,country\n7,AT\n");
        var yaml = Reading.Csv("customer_country: person.country", "join: [{as: person, files: people.csv, key: nr, on: user}]");
        await using var reader = Reading.Mapping(yaml).OpenReader(new MemoryStream("nr,country\n7,AT\n"u8.ToArray()), "inbox/people.csv", new ReadingPlace(_files.Folder, () => new MemorySpill(1 << 20)));

        var fault = (await Assert.ThrowsAsync<SourceFormatException>(() => Reading.AllAsync(reader))).Faults[0];

        Assert.Contains("'join' reads the file as 'person'", fault.Message, StringComparison.Ordinal);
        Assert.Contains("Keep it out of the pattern of files in agent.yaml", fault.Cure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Header_OfAJoinsFileThatSharesAColumnWithTheRecords_IsOneFaultThatKeepsItOut()
    {
        _files.With("people.csv", "id,country\n7,AT\n");
        var yaml = Reading.Csv("customer_country: person.country\nsubject: text", "join: [{as: person, files: people.csv, key: id, on: user}]");
        await using var reader = Reading.Mapping(yaml).OpenReader(new MemoryStream("id,country\n7,AT\n"u8.ToArray()), "inbox/people.csv", new ReadingPlace(_files.Folder, () => new MemorySpill(1 << 20)));

        var fault = Assert.Single((await Assert.ThrowsAsync<SourceFormatException>(() => Reading.AllAsync(reader))).Faults);

        Assert.Equal("2 of the mapping's 3 columns are not in the header: 'join' reads the file as 'person', and the source takes it for one with records of its own.", fault.Message);
        Assert.StartsWith("Keep it out of the pattern of files in agent.yaml", fault.Cure, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("4711,Ottokar Federwisch,7,text,closed")]
    [InlineData("4711,Ottokar Federwisch,ottokar@private.example,status,text")]
    public async Task Header_ThatMayBeARowOfDataWithAColumnsName_IsNotQuoted(string row)
    {
        var yaml = Reading.Csv("subject: text\nstatus: {from: status, values: {closed: closed}}\ncustomer.name: name\ncustomer.number: user\ncase_number: id");

        var refused = await Assert.ThrowsAsync<SourceFormatException>(() => _files.ReadAsync(yaml, row + "\n"));

        Assert.DoesNotContain("Ottokar", refused.Message + string.Concat(refused.Faults), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("4711", refused.Message + string.Concat(refused.Faults), StringComparison.Ordinal);
        Assert.All(refused.Faults, fault => Assert.StartsWith("Is this line the header?", fault.Cure, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("id,Betreff,Beschreibung,Status,Melder", "Betreff|Beschreibung")]
    [InlineData("nr,Betreff,Beschreibung,Statuss,Meldrin", "nr|Betreff|Beschreibung|Statuss|Meldrin")]
    [InlineData("id,Beschreibung,Zustand,Wer,Was", "|Beschreibung||")]
    public async Task Header_WithoutSeveralColumns_GuessesAtEachByItself(string header, string guessed)
    {
        var yaml = Reading.Csv("subject: Betref\ndescription: Beschreibng\nstatus: {from: Status, values: {closed: closed}}\ncustomer.name: Melder");

        var faults = (await Assert.ThrowsAsync<SourceFormatException>(() => Reading.AllAsync(yaml, header + "\n"))).Faults;

        Assert.Equal(guessed, string.Join('|', faults.Select(fault => fault.Cure.StartsWith("Did you mean '", StringComparison.Ordinal) ? fault.Cure.Split('\'')[1] : string.Empty)));
    }

    [Theory]
    [InlineData("id,Statur,Ottokar,Federwisch,7")]
    [InlineData("id,Melde,Ottokar,Federwisch,Rot")]
    public async Task Header_ThatMayBeARowOfData_IsNotQuotedForALikeness(string row)
    {
        var yaml = Reading.Csv("subject: Betref\ndescription: Beschreibng\nstatus: {from: Status, values: {closed: closed}}\ncustomer.name: Melder");

        var refused = await Assert.ThrowsAsync<SourceFormatException>(() => Reading.AllAsync(yaml, row + "\n"));

        Assert.All(refused.Faults, fault => Assert.StartsWith("Is this line the header?", fault.Cure, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Header_WithACellThatIsNoUnicode_IsComparedAsItIs()
    {
        var refused = await Assert.ThrowsAsync<SourceFormatException>(() => _files.ReadAsync(Reading.Csv("subject: text"), "id,tekst,\uFFFEx\n1,a,b\n"));

        Assert.Contains("Did you mean", Assert.Single(refused.Faults).Cure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Header_OfAJoinsFileThatMayBeARowOfData_IsNotQuoted()
    {
        _files.With("people.csv", "nr,Ottokar Federwisch,ottokar@private.example\n");
        var yaml = Reading.Csv("customer_country: person.country\nsubject: person.name", "join: [{as: person, files: people.csv, key: nr, on: user}]");

        var refused = await Assert.ThrowsAsync<SourceFormatException>(() => _files.ReadAsync(yaml, "id,user\n1,7\n"));

        Assert.DoesNotContain("Ottokar", refused.Message + string.Concat(refused.Faults), StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("nr,name,mail", "Did you mean 'mail', which nothing reads? When some files lack it: optional: true.")]
    [InlineData("nr,name,zone,city_country", "Did you mean 'city_country'? When some files lack it: optional: true.")]
    public async Task Header_OfAJoinsFileWithARenamedColumn_NamesTheOneThatNothingReads(string header, string cure)
    {
        _files.With("people.csv", header + "\n");
        var yaml = Reading.Csv("customer_country: person.country\nsubject: person.name", "join: [{as: person, files: people.csv, key: nr, on: user}]");

        var fault = Assert.Single((await Assert.ThrowsAsync<SourceFormatException>(() => _files.ReadAsync(yaml, "id,user\n1,7\n"))).Faults);

        Assert.Equal(("The column 'country' is not in the header of people.csv.", cure), (fault.Message, fault.Cure));
    }

    /// <summary>Beside a join a name with a point is a path: only the quoted form leads to the column.</summary>
    [Theory]
    [InlineData("Cód. Cliente", "Did you mean \"['Cód. Cliente']\"")]
    [InlineData("['Cód. Cliente']", null)]
    public async Task Join_ColumnWithAPoint_IsCuredByTheFormThatWorks(string on, string? cure)
    {
        _files.With("people.csv", "nr,country\n7,DE\n");
        var yaml = Reading.Csv("customer_country: person.country\nsubject: text", $"join: [{{as: person, files: people.csv, key: nr, on: \"{on}\"}}]");
        const string Rows = "id,text,Cód. Cliente\n1,x,7\n";

        var refused = await Record.ExceptionAsync(() => _files.ReadAsync(yaml, Rows)) as SourceFormatException;
        var checkedFaults = await Reading.Mapping(yaml).CheckHeaderAsync(new MemoryStream(Encoding.UTF8.GetBytes(Rows)), "cases.csv", CancellationToken.None);

        Assert.Equal(cure is null, refused is null);
        Assert.Equal(cure is null ? 0 : 1, checkedFaults.Count);
        Assert.All(checkedFaults, fault => Assert.StartsWith(cure!, fault.Cure, StringComparison.Ordinal));
        Assert.StartsWith(cure ?? string.Empty, refused?.Faults[0].Cure ?? string.Empty, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Join_FieldOfAColumnWithAPoint_IsCuredByTheFormThatWorks()
    {
        _files.With("people.csv", "nr,Land. Kunde\n7,DE\n");
        var yaml = Reading.Csv("customer_country: person.Land. Kunde", "join: [{as: person, files: people.csv, key: nr, on: user}]");

        var refused = await _files.FaultAsync(yaml, "id,user\n1,7\n");

        Assert.StartsWith("Did you mean \"['Land. Kunde']\", which nothing reads?", refused.Faults[0].Cure, StringComparison.Ordinal);
    }

    /// <summary>Where nothing is near, the whole header is what there is to choose from.</summary>
    [Fact]
    public async Task Header_WithoutANearName_ListsEveryColumn()
    {
        var faults = await Reading.Mapping(Reading.Csv("subject: text\nstatus: {const: open}\nresolution: Xyzzyq\ndescription: Qwertzuiop"))
            .CheckHeaderAsync(new MemoryStream("id,text,Técnico\n"u8.ToArray()), "cases.csv", CancellationToken.None);

        Assert.All(faults, fault => Assert.StartsWith("There are: id, text, Técnico.", fault.Cure, StringComparison.Ordinal));
        Assert.Equal(2, faults.Count);
    }

    [Theory]
    [InlineData("{const: Deutschland}", "Write DE.")]
    [InlineData("{const: si}", "Write SI.")]
    [InlineData("{const: UK}", "Write GB.")]
    [InlineData("{from: land, values: {A: Austria}}", "Write AT.")]
    [InlineData("{const: Atlantis}", "Write the two letters of ISO 3166-1, such as DE.")]
    public void Country_ThatIsNoCode_IsToldTheCode(string rule, string cure)
    {
        var fault = Assert.Single(SourceMapping.Parse("mapping.yaml", Reading.Csv($"customer_country: {rule}")).Faults);

        Assert.Equal(cure, fault.Cure);
    }

    [Fact]
    public async Task Json_ThatIsAFileOfAJoin_IsToldToBeKeptOut()
    {
        _files.With("people.csv", "nr,country\n7,AT\n");
        var yaml = Reading.Csv("customer_country: person.country", "join: [{as: person, files: people.csv, key: nr, on: user, format: {type: delimited, encoding: utf-8}}]", "{type: json}");
        await using var reader = Reading.Mapping(yaml).OpenReader(new MemoryStream("nr,country\n7,AT\n"u8.ToArray()), "inbox/people.csv", new ReadingPlace(_files.Folder, () => new MemorySpill(1 << 20)));

        var fault = (await Assert.ThrowsAsync<SourceFormatException>(() => Reading.AllAsync(reader))).Faults[0];

        Assert.Contains("'join' reads the file as 'person'", fault.Message, StringComparison.Ordinal);
        Assert.StartsWith("Keep it out of the pattern of files in agent.yaml", fault.Cure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rejected_ByAJoin_KeepsTheWholeRecordAndItsKey()
    {
        _files.With("users.csv", "nr,name\n7,Ada\n");

        var outcomes = await _files.ReadAsync(Reading.Csv("subject: text", "join: [{as: who, files: users.csv, key: nr, on: user, missing: reject}]"), "id,user,text\n4711,9,Summt\n");

        var rejected = Assert.IsType<RowOutcome.Rejected>(Assert.Single(outcomes));
        Assert.Equal(("unmatched-reference", "4711"), (rejected.Reason, rejected.LocalId));
        Assert.Equal("""{"id":"4711","user":"9","text":"Summt"}""", Encoding.UTF8.GetString(rejected.RawRecord.Span));
    }

    [Theory]
    [InlineData("fold: {by: id, order: n}", "id,n,text\n4711,x,Summt\n", """{"id":"4711","n":"x","text":"Summt"}""")]
    [InlineData("fold: {by: id}\njoin: [{as: who, files: users.csv, key: nr, on: n, missing: reject}]", "id,n,text\n4711,9,Summt\n", """{"id":"4711","n":"9","text":"Summt"}""")]
    public async Task Rejected_ByAFold_KeepsTheNamesOfItsColumnsAndItsKey(string more, string content, string kept)
    {
        _files.With("users.csv", "nr,name\n7,Ada\n");

        var outcomes = await _files.ReadAsync(Reading.Csv("subject: text", more), content);

        var rejected = Assert.IsType<RowOutcome.Rejected>(Assert.Single(outcomes));
        Assert.Equal(("4711", kept), (rejected.LocalId, Encoding.UTF8.GetString(rejected.RawRecord.Span)));
    }

    [Theory]
    [InlineData("a: 1\nb:\n\tc: 2\n", 3, 1)]
    [InlineData("a:\n  b: 1\n  \tc: 2\n", 3, 3)]
    public void Yaml_WithATab_IsToldWhere(string yaml, int line, int column)
    {
        var fault = SourceMapping.Parse("mapping.yaml", yaml).Faults[0];

        Assert.Equal((line, column), (fault.Line, fault.Column));
        Assert.Contains("tab", fault.Message, StringComparison.Ordinal);
    }
}
