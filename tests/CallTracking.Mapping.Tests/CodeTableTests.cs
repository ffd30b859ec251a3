using CallTracking.Contracts;
using CallTracking.Mapping.Checks;
using Xunit;

namespace CallTracking.Mapping.Tests;

/// <summary>Lookups in the group's code tables.</summary>
public sealed class CodeTableTests : IDisposable
{
    private const string Table = "code,parent,label.en,label.de\nWM-1,washer,Washer One,Waschmaschine Eins\nTD-1,dryer,Dryer One,Gift\nFN-1,,Gift,Geschenk\n";
    private readonly string _folder = Directory.CreateTempSubdirectory("calltracking-tables-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("", "WM-1", "WM-1")]
    [InlineData("", "WM-9", null)]
    [InlineData(", key: label.de", "Waschmaschine Eins", "WM-1")]
    [InlineData(", key: label.de", "Washer One", null)]
    [InlineData(", key: label", "Washer One", "WM-1")]
    [InlineData(", key: any, ignore_case: true", "wm-1", "WM-1")]
    [InlineData(", key: label.de, value: parent", "Gift", "dryer")]
    [InlineData(", value: parent", "FN-1", "")]
    [InlineData(", value: label.en", "TD-1", "Dryer One")]
    [InlineData(", key: label", "Gift", null)]
    [InlineData(", key: label, unknown: keep", "Gift", "Gift")]
    [InlineData(", unknown: null", "WM-9", "")]
    public async Task Lookup_OfAWord_GivesWhatTheGroupCallsIt(string keys, string word, string? expected)
    {
        var mapping = Load($"inquiry_type: {{from: p, lookup: {{dictionary: product-models{keys}}}}}", new Tables(3)).Mapping!;

        await using var reader = mapping.OpenReader(new MemoryStream(System.Text.Encoding.UTF8.GetBytes($"id,p\n1,{word}\n")), "cases.csv");
        var outcome = Assert.Single(await Reading.AllAsync(reader));

        Assert.Equal(expected, (outcome as RowOutcome.Mapped)?.Case.InquiryType);
        if (expected is null)
        {
            var rejected = Assert.IsType<RowOutcome.Rejected>(outcome);
            Assert.Equal(RejectReason.UnmappedValue, rejected.Reason);
            Assert.Contains("code table 'product-models' version 3", rejected.Message, StringComparison.Ordinal);
            Assert.DoesNotContain(word, rejected.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Mapping_WithATable_SaysWhichAndHasAnotherDigestForAnotherVersion()
    {
        const string Field = "inquiry_type: {from: p, lookup: {dictionary: product-models, key: label}}";
        var mapping = Load(Field, new Tables(3)).Mapping!;

        Assert.Equal(new CodeTableUse("product-models", 3, 3), Assert.Single(mapping.CodeTables));
        Assert.Equal(mapping.Digest, Load(Field, new Tables(3)).Mapping!.Digest);
        Assert.NotEqual(mapping.Digest, Load(Field, new Tables(4)).Mapping!.Digest);
        Assert.Contains(mapping.Notes, note => note.Message.StartsWith("1 words stand for several codes", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("{dictionary: other}", "'other' is not here", "ask the test")]
    [InlineData("{dictionary: Other Thing}", "no name of a code table", "letters a-z")]
    [InlineData("{dictionary: product-models, key: label.fr}", "no labels in 'fr'", "'de'")]
    [InlineData("{dictionary: product-models, key: parent}", "'parent' is no part", "key: code")]
    [InlineData("{dictionary: product-models, value: any}", "'any' is no part", "value: code")]
    [InlineData("{dictionary: product-models, file: x.csv}", "A lookup has a file", "dictionary: product-models")]
    [InlineData("{dictionary: product-models, format: {type: json}}", "A lookup has a file", "dictionary: product-models")]
    public void Lookup_ThatCannotBeUsed_IsAFaultOfTheMapping(string lookup, string said, string cure)
    {
        var fault = Assert.Single(Load($"inquiry_type: {{from: p, lookup: {lookup}}}", new Tables(1)).Faults);

        Assert.Equal(("mapping.yaml", 7), (Path.GetFileName(fault.File), fault.Line));
        Assert.Contains(said, fault.Message, StringComparison.Ordinal);
        Assert.Contains(cure, fault.Cure, StringComparison.Ordinal);
    }

    [Fact]
    public void Lookup_AnsweringWhatItsFieldCannotBe_IsAFaultOfTheMapping()
    {
        var fault = Assert.Single(Load("status: {from: p, lookup: {dictionary: product-models, key: code, value: label.en}}", new Tables(3)).Faults, fault => fault.Message.Contains("Washer", StringComparison.Ordinal));

        Assert.Equal(("mapping.yaml", 7), (Path.GetFileName(fault.File), fault.Line));
        Assert.Equal("The code table 'product-models': 'Washer One' is no value of status.", fault.Message);
    }

    [Fact]
    public async Task MappingTests_WithAFileOfTheTableBesideTheMapping_RunOffline()
    {
        Write("mapping.yaml", Reading.Csv("inquiry_type: {from: p, lookup: {dictionary: product-models, key: label.de, unknown: reject}}"));
        Write("mapping.tests.yaml", "tests:\n  - {name: a washer, row: {id: 1, p: Waschmaschine Eins}, expect: {inquiry_type: WM-1}}\n");

        var without = await MappingTestRun.RunAsync(Path.Combine(_folder, "mapping.tests.yaml"), CancellationToken.None);
        Write("product-models.dictionary.csv", Table + "WM-1,,x,y\n");
        var broken = await MappingTestRun.RunAsync(Path.Combine(_folder, "mapping.tests.yaml"), CancellationToken.None);
        Write("product-models.dictionary.csv", Table);
        var run = await MappingTestRun.RunAsync(Path.Combine(_folder, "mapping.tests.yaml"), CancellationToken.None);

        Assert.Contains("product-models.dictionary.csv", Assert.Single(without.Faults).Cure, StringComparison.Ordinal);
        Assert.Contains(broken.Faults, fault => fault.File.EndsWith("product-models.dictionary.csv", StringComparison.Ordinal) && fault.Line == 5);
        Assert.True(run.IsPassed, string.Join('\n', run.Faults));
    }

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_folder, name), text);

    private MappingLoad Load(string fields, ICodeTables tables)
    {
        Write("mapping.yaml", Reading.Csv(fields));
        return SourceMapping.Load(Path.Combine(_folder, "mapping.yaml"), null, tables);
    }

    private sealed class Tables(uint version) : ICodeTables
    {
        public Dictionary? Find(string name) => name != "product-models" ? null : new Dictionary
        {
            Name = name,
            Version = version,
            Entries = { CodeTableCsv.Parse("table", System.Text.Encoding.UTF8.GetBytes(Table)).Entries },
        };

        public string Cure(string name) => "ask the test";
    }
}
