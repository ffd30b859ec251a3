using CallTracking.Agent.Commands;
using CallTracking.Mapping;
using CallTracking.Testing;
using Xunit;

namespace CallTracking.Agent.Tests.Commands;

/// <summary><c>init</c>: files, texts, exit codes.</summary>
public sealed class InitCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("calltracking-init-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Init_AnExport_WritesASoundMappingAndTestsWithoutItsValues()
    {
        var (code, output, error) = await AgentProgram.RunAsync("init", Export, "--country", "FR", "--out", At("fr.yaml"));

        Assert.Equal((ExitCode.Done, string.Empty), (code, error));
        Assert.NotNull(SourceMapping.Load(At("fr.yaml")).Mapping);
        Assert.Contains("bad-time 1", output, StringComparison.Ordinal);
        foreach (var written in (string[])[output, File.ReadAllText(At("fr.yaml")), File.ReadAllText(At("fr.tests.yaml"))])
        {
            Assert.DoesNotContain("Garançon", written, StringComparison.Ordinal);
            Assert.DoesNotContain("e.garancon", written, StringComparison.Ordinal);
            Assert.DoesNotContain("6 39 98", written, StringComparison.Ordinal);
        }

        Assert.Equal(ExitCode.Done, (await AgentProgram.RunAsync("mapping", "test", At("fr.yaml"))).Code);
    }

    /// <summary>Who looks at the screen alone has to learn that words wait in the file, and where; the words may be values.</summary>
    [Fact]
    public async Task Init_WordsWithoutAMeaning_AreAskedOnTheScreenByTheirLines()
    {
        await File.WriteAllTextAsync(At("desk.csv"), "Ticket,Subject,Status\n" + string.Concat(Enumerable.Range(1001, 30).Select(row => $"T-{row},It hums {row},{(row % 3) switch { 0 => "open", 1 => "closed", _ => "zwirbelt" }}\n")));

        var (_, output, _) = await AgentProgram.RunAsync("init", At("desk.csv"), "--country", "DE", "--out", At("desk.yaml"));

        var line = (await File.ReadAllLinesAsync(At("desk.yaml"))).Index().Single(line => line.Item.Contains("zwirbelt: null   # ?", StringComparison.Ordinal)).Index + 1;
        Assert.Contains(System.FormattableString.Invariant($"?  1 word has no meaning yet (null # ?), so that its field stays empty: desk.yaml:{line}."), output, StringComparison.Ordinal);
        Assert.DoesNotContain("zwirbelt", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Init_JsonWithNamesThatAreHalfAPair_ReadsTheRest()
    {
        File.WriteAllText(At("tickets.jsonl"), """{"\ud800":1,"number":"T-1","subject":"hum","cut":"an emoji \ud83d","deep":{"\udfff":[1,{"\ud800":2}],"type":"doc"}}""");

        var (code, output, error) = await AgentProgram.RunAsync("init", At("tickets.jsonl"), "--out", At("m.yaml"));

        Assert.Equal((ExitCode.Done, string.Empty), (code, error));
        Assert.Contains("subject", output, StringComparison.Ordinal);
        Assert.Contains("cases 1", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(200_000)]
    [InlineData(200)]
    public async Task Init_NestedBracketsAndNoRecord_IsNoSample(int depth)
    {
        await File.WriteAllTextAsync(At("deep.json"), new string('[', depth) + new string(']', depth));

        var (code, _, error) = await AgentProgram.RunAsync("init", At("deep.json"), "--out", At("m.yaml"));

        Assert.Equal(ExitCode.Source, code);
        Assert.Contains("No record of the sample can be read. The first: ", error, StringComparison.Ordinal);
        Assert.False(File.Exists(At("m.yaml")));
    }

    [Theory]
    [InlineData("id;name\n1;An\0na\n2;Ben\n", "Byte 12 of the file is NUL (U+0000), which no text holds: can")]
    [InlineData("id;name\n1;\0An\0na\n2;Ben\n3;Cid and many letters more, so that a second one is still one in a hundred of them all, and some more of them\n", "Byte 10 of the file is NUL (U+0000), which no text holds, and so are more behind it")]
    public async Task Init_ANulByte_IsToldWithItsPlaceAndTheRestIsProposed(string content, string said)
    {
        await File.WriteAllTextAsync(At("nul.csv"), content);

        var (code, output, error) = await AgentProgram.RunAsync("init", At("nul.csv"), "--out", At("m.yaml"));

        Assert.Equal((ExitCode.Done, string.Empty), (code, error));
        Assert.Contains(said, output, StringComparison.Ordinal);
        Assert.Contains("cases ", output, StringComparison.Ordinal);
        Assert.DoesNotContain("it may be .", output, StringComparison.Ordinal);
        Assert.Contains("delimiter: \";\"", await File.ReadAllTextAsync(At("m.yaml")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("yes")]
    [InlineData("no")]
    public async Task Init_AnEncodingAsLikelyWrong_IsNotInForceBeforeSomebodyChoseIt(string readings)
    {
        File.WriteAllText(At("desk.csv"), "id;opened;subject\n" + string.Concat(Enumerable.Range(10, 20).Select(row => $"{row};2026-03-{row:00} 10:00:00;{(row == 12 ? "Price 30 €" : "It is loud")}\n")), System.Text.CodePagesEncodingProvider.Instance.GetEncoding(1252)!);

        var (code, output, _) = await AgentProgram.RunAsync("init", At("desk.csv"), "--country", "GB", "--readings", readings, "--out", At("m.yaml"));

        Assert.Equal(ExitCode.Done, code);
        Assert.Contains("format: {type: delimited, encoding: detect, delimiter: \";\"", File.ReadAllText(At("m.yaml")), StringComparison.Ordinal);
        Assert.Contains("# ? The encoding is not certain (windows-1252 0.", File.ReadAllText(At("m.yaml")), StringComparison.Ordinal);
        Assert.Contains("cases 20", output, StringComparison.Ordinal);
        Assert.Equal(readings == "yes", output.Contains("Price 30 €", StringComparison.Ordinal));
        Assert.Equal(ExitCode.Done, (await AgentProgram.RunAsync("mapping", "test", At("m.yaml"))).Code);
        await using var reader = SourceMapping.Load(At("m.yaml")).Mapping!.OpenReader(File.OpenRead(At("desk.csv")), "desk.csv");
        var refused = await Assert.ThrowsAsync<SourceFormatException>(async () => await reader.ReadAsync(default));
        Assert.Contains("not certain enough", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Init_AConversation_ProposesOneCaseOfItsMessages()
    {
        static string Mail(int number, string more, string body) => $"From: Kim <kim@example.org>\nSubject: {(more.Length > 0 ? "Re: " : "")}a lamp\nDate: Mon, {number} Mar 2026 10:00:00 +0100\nMessage-ID: <{number}@example.org>\n{more}Content-Type: text/plain\n\n{body}\n";
        File.WriteAllText(At("1.eml"), Mail(2, "", "It hums"));
        File.WriteAllText(At("2.eml"), Mail(3, "In-Reply-To: <2@example.org>\nReferences: <2@example.org>\n", "It hums louder"));
        File.WriteAllText(At("3.eml"), Mail(4, "", "Another"));

        var (code, output, _) = await AgentProgram.RunAsync("init", At("1.eml"), At("2.eml"), At("3.eml"), "--country", "GB", "--out", At("m.yaml"));

        Assert.Equal(ExitCode.Done, code);
        Assert.Contains("a conversation a case", output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Done, (await AgentProgram.RunAsync("mapping", "test", At("m.yaml"))).Code);
        var mapping = SourceMapping.Load(At("m.yaml")).Mapping!;
        var parts = new[] { "2.eml", "3.eml", "1.eml" }.Select(name => new InputPart(name, _ => ValueTask.FromResult<Stream>(File.OpenRead(At(name))))).ToList();
        await using var reader = mapping.OpenReader(parts, new ReadingPlace(_folder, () => new MemorySpill(1 << 20)));
        var outcomes = new List<RowOutcome>();
        while (await reader.ReadAsync(default) is { } outcome)
        {
            outcomes.Add(outcome);
        }

        Assert.Equal(2, outcomes.OfType<RowOutcome.Mapped>().Count());
        Assert.Single(outcomes.OfType<RowOutcome.Folded>());
        var talk = Assert.Single(outcomes.OfType<RowOutcome.Mapped>(), outcome => outcome.LocalId == "2@example.org").Case;
        Assert.Equal(("a lamp", "It hums"), (talk.Subject.Clear, talk.Description.Clear));
        Assert.Equal(["It hums", "It hums louder"], talk.Messages.Select(message => message.Body.Clear));
        Assert.True(talk.Opened.At < talk.Updated.At);
    }

    [Fact]
    public async Task Init_AFolder_IsToldAsOneWithTheWayToItsFiles()
    {
        var (code, _, error) = await AgentProgram.RunAsync("init", _folder, "--out", At("m.yaml"));

        Assert.Equal(ExitCode.Source, code);
        Assert.Contains($"{_folder} is a folder. Name its files: {Path.Combine(_folder, "*.csv")}", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tickets.csv.gz")]
    [InlineData("tickets.ZIP")]
    public async Task Init_PackedSample_SaysThatItHasToBeUnpacked(string name)
    {
        File.WriteAllBytes(At(name), [0x1F, 0x8B, 0x08]);

        var (code, _, error) = await AgentProgram.RunAsync("init", At(name), "--out", At("m.yaml"));

        Assert.Equal(ExitCode.Source, code);
        Assert.Contains("Unpack it first", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("id,id,other\n1,2,3\n")]
    [InlineData("id,subject\n")]
    public async Task Init_ExportWithoutAColumnThatIsSure_WritesTestsThatPass(string export)
    {
        File.WriteAllText(At("e.csv"), export);

        Assert.Equal(ExitCode.Done, (await AgentProgram.RunAsync("init", At("e.csv"), "--out", At("m.yaml"))).Code);

        Assert.Equal(ExitCode.Done, (await AgentProgram.RunAsync("mapping", "test", At("m.yaml"))).Code);
    }

    [Theory]
    [InlineData("fr.yaml")]
    [InlineData("fr.tests.yaml")]
    public async Task Init_WhereOneOfItsFilesIs_WritesOverItOnlyByForce(string there)
    {
        File.WriteAllText(At(there), "mine");

        var (code, _, error) = await AgentProgram.RunAsync("init", Export, "--out", At("fr.yaml"));

        Assert.Equal((ExitCode.Configuration, "mine"), (code, File.ReadAllText(At(there))));
        Assert.Contains("--force", error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Done, (await AgentProgram.RunAsync("init", Export, "--out", At("fr.yaml"), "--force")).Code);
        Assert.NotEqual("mine", File.ReadAllText(At(there)));
    }

    [Fact]
    public async Task Init_ByForceWhereTheNewProposalHasNoTests_RemovesThoseOfTheOld()
    {
        File.WriteAllText(At("m.tests.yaml"), "of another mapping");
        File.WriteAllText(At("e.jsonl"), "{\"subject\":\"It hums\"}\n{\"subject\":\"It hums\"}\n");

        var (code, output, error) = await AgentProgram.RunAsync("init", At("e.jsonl"), "--out", At("m.yaml"), "--force");

        Assert.Equal((ExitCode.Done, string.Empty), (code, error));
        Assert.False(File.Exists(At("m.tests.yaml")));
        Assert.Contains($"Removed: {At("m.tests.yaml")}", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("id,subject,status\n", true)]
    [InlineData("id,subject,status\n1,It hums,open\n2,It leaks,closed\n", false)]
    public async Task Init_SampleWithoutARecord_SaysThatThereIsNothingToJudgeBy(string export, bool isEmpty)
    {
        File.WriteAllText(At("e.csv"), export);

        var (code, output, _) = await AgentProgram.RunAsync("init", At("e.csv"), "--out", At("m.yaml"));

        Assert.Equal(ExitCode.Done, code);
        Assert.Equal(isEmpty, output.Contains("e.csv holds no record", StringComparison.Ordinal));
        Assert.Equal(!isEmpty, output.Contains("the sample under it: cases 2", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("1,2,1,1", "cases 4 (2 different keys, so 4 rows become 2 cases)")]
    [InlineData("1,2,3,4", "cases 4\n")]
    public async Task Init_AKeyThatRepeats_SaysHowManyCasesTheRowsBecome(string numbers, string told)
    {
        File.WriteAllText(At("e.csv"), "Ticket no,subject\n" + string.Concat(numbers.Split(',').Select(number => $"{number},It hums\n")));

        var (code, output, _) = await AgentProgram.RunAsync("init", At("e.csv"), "--out", At("m.yaml"));

        Assert.Equal(ExitCode.Done, code);
        Assert.Contains($"the sample under it: {told}", output.ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("t.json", """[{"id": 1, "title": "It hums"}]""", "k.csv", "no,name\nK1,Ida\n", "k.csv", "a table in text, and t.json is JSON")]
    [InlineData("t.csv", "id,title\n1,It hums\n", "k.xml", "<k><c no=\"1\"/></k>", "k.xml", "XML, and t.csv is a table in text")]
    [InlineData("t.csv", "id,title\n1,It hums\n", "k.csv", "no,name\nK1,Ida\n", "k.csv", "no column of t.csv")]
    public async Task Init_ASecondFileOfAnotherKind_SaysWhatItIsAndThatItBelongsUnderJoin(string first, string cases, string second, string others, string named, string told)
    {
        File.WriteAllText(At(first), cases);
        File.WriteAllText(At(second), others);

        var (code, _, error) = await AgentProgram.RunAsync("init", At(first), At(second), "--out", At("m.yaml"));

        Assert.Equal((ExitCode.Source, false), (code, File.Exists(At("m.yaml"))));
        Assert.All((string[])[named, told, "join"], text => Assert.Contains(text, error, StringComparison.Ordinal));
        Assert.DoesNotContain("Ida", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Init_SeveralNightsOfOneSource_AreOneSample()
    {
        File.WriteAllText(At("1.csv"), "id,title\n1,It hums\n");
        File.WriteAllText(At("2.csv"), "id,title,note\n2,It leaks,again\n");

        Assert.Equal(ExitCode.Done, (await AgentProgram.RunAsync("init", At("1.csv"), At("2.csv"), "--out", At("m.yaml"))).Code);
    }

    [Theory]
    [InlineData("")]
    [InlineData("no records at all")]
    public async Task Init_AFileWithoutRecords_IsNoCrash(string content)
    {
        File.WriteAllText(At("empty.csv"), content);

        var (code, _, error) = await AgentProgram.RunAsync("init", At("empty.csv"), "--out", At("m.yaml"));

        Assert.True(code is ExitCode.Source or ExitCode.Done, error);
    }

    [Theory]
    [InlineData("--country", "Germany")]
    [InlineData("--time-zone", "Berlin")]
    public async Task Init_AWrongOption_IsRefusedWithItsCure(string option, string value)
    {
        var (code, _, error) = await AgentProgram.RunAsync("init", Export, "--out", At("m.yaml"), option, value);

        Assert.Equal(ExitCode.Configuration, code);
        Assert.Contains(value, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--encoding")]
    [InlineData("--contry")]
    [InlineData("-x")]
    public async Task Init_AnOptionThatThereIsNot_IsNoFile(string option)
    {
        var (code, _, error) = await AgentProgram.RunAsync("init", Export, option, "latin1", "--out", At("m.yaml"));

        Assert.Equal(ExitCode.Configuration, code);
        Assert.Contains($"no option '{option}'", error, StringComparison.Ordinal);
        Assert.DoesNotContain("Could not find file", error, StringComparison.Ordinal);
    }

    private static string Export => RepositoryRoot.Path("ops", "examples", "region-fr", "export.csv");

    private string At(string name) => Path.Combine(_folder, name);
}
