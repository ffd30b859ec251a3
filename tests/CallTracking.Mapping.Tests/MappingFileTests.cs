using CallTracking.Testing;
using Xunit;

namespace CallTracking.Mapping.Tests;

public sealed class MappingFileTests
{
    [Fact]
    public void Parse_BraceThatIsNeverClosed_IsAFaultAndNoException()
    {
        const string Yaml = """
            source: test
            fields:
              {subject: text, messages: {each: events, key: [{name: done}]
            fields: {body: text}}}
            """;

        var fault = Assert.Single(SourceMapping.Parse("mapping.yaml", Yaml).Faults);

        Assert.StartsWith("Not YAML", fault.Message, StringComparison.Ordinal);
        Assert.Equal((3, 29), (fault.Line, fault.Column));
    }

    [Theory]
    [InlineData("key: ", "[", 1)]
    [InlineData("key: ", "{a: ", 1)]
    [InlineData("key:\n", "- ", 2)]
    [InlineData("key:\n", "? ", 2)]
    [InlineData("key: ", "[']', ", 1)]
    public void Parse_NestedWithoutEnd_IsAFaultWithItsPlace(string start, string level, int line)
    {
        var fault = Assert.Single(SourceMapping.Parse("mapping.yaml", start + string.Concat(Enumerable.Repeat(level, 50_000))).Faults);

        Assert.Equal(("Nested deeper than 200 levels.", line), (fault.Message, fault.Line));
    }

    [Fact]
    public void Parse_BracketsInQuotesCommentsAndTexts_AreNoLevels()
    {
        var brackets = new string('[', 300);
        var mapping = SourceMapping.Parse("mapping.yaml", $$"""
            # {{brackets}}
            source: x
            format: {type: delimited}
            time_zone: UTC
            key: id
            fields:
              kind: {const: inquiry}
              subject: "{{brackets}}"
              resolution: a{{brackets}}
            """);

        Assert.Empty(mapping.Faults);
    }

    [Theory]
    [InlineData("source: x\nformat: {type: csv\ntime_zone: Asia/Tokyo\n", 2, 9, "}")]
    [InlineData("source: x\nformat: {type: csv, delimiter: [\ntime_zone: Asia/Tokyo\n", 2, 32, "]")]
    [InlineData("source: x\nformat: {type: csv, x: [a, b}\ntime_zone: Asia/Tokyo\n", 2, 24, "]")]
    [InlineData("source: x\nfields:\n  a: {from: b, values: {x: y}\n  c: d\nkey: {a: b}\n", 3, 6, "}")]
    [InlineData("source: x\nkey: [id", 2, 6, "]")]
    [InlineData("source: x\nkey: \"id\nfields:\n  a: b\n", 2, 6, "\"")]
    [InlineData("source: 'x\nkey: 'id'\n", 1, 9, "'")]
    [InlineData("source: x\nkey: \"id", 2, 6, "\"")]
    [InlineData("source: x\nkey: {a: \"b, c}\nfields: {\"a\": \"c\"}\n", 2, 10, "\"")]
    public void Parse_SignThatIsNeverClosed_IsPlacedWhereItOpens(string yaml, int line, int column, string closing)
    {
        var fault = Assert.Single(SourceMapping.Parse("mapping.yaml", yaml).Faults);

        Assert.Equal((line, column), (fault.Line, fault.Column));
        Assert.Contains($"Write {closing} where it ends", fault.Cure, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_KeyNamedTwice_IsPlacedThere() =>
        Assert.Equal((3, 1), Assert.Single(SourceMapping.Parse("mapping.yaml", "a: {b: [c]}\nd: \"e\"\na: f\n").Faults) is var fault ? (fault.Line, fault.Column) : default);

    [Theory]
    [InlineData("repair.cost: {from: c, curency: EUR}", "'currency'")]
    [InlineData("satisfaction.csat: {from: c, scle: [1, 5]}", "'scale'")]
    [InlineData("subject: {form: c, trim: true, values: {a: b}}", "'from'")]
    [InlineData("messages: {each: c, split_by: x, feilds: {body: text}}", "'fields'")]
    public void Parse_MistypedKey_IsOneFault(string field, string meant)
    {
        var load = SourceMapping.Parse("desk.yaml", $"source: a\nformat: {{type: delimited}}\ntime_zone: Etc/UTC\nkey: k\nfields:\n  {field}\n");

        var fault = Assert.Single(load.Faults);
        Assert.Contains(meant, fault.Cure, StringComparison.Ordinal);
        Assert.Equal(6, fault.Line);
    }

    [Fact]
    public void Parse_MistypedKeysOfTheDocument_AreNamedAlone()
    {
        var load = SourceMapping.Parse("desk.yaml", "sorce: a\nfromat: {type: delimited}\ntimezone: Etc/UTC\nkeys: k\nfeilds:\n  subject: s\n");

        Assert.Equal([1, 2, 3, 4, 5], load.Faults.Select(fault => fault.Line));
        Assert.All(load.Faults, fault => Assert.StartsWith("Did you mean", fault.Cure, StringComparison.Ordinal));
    }

    [Fact]
    public void Parse_ManyFaults_AreAllToldWithPlaceAndCure()
    {
        const string Yaml = """
            source: Help Desk
            format: {type: csv, encoding: sjis2, delimiter: "", qoute: "'"}
            time_zone: Asia/Tokio
            culture: xx-YY-zz
            key: []
            filter: [{drop_when: {from: a}, name: x}]
            fields:
              custmer.name: n
              case_uid: n
              status: {from: s, values: {a: opend}, unknwn: reject}
              satisfaction.csat: score
              repair.cost: {from: c}
              opened: {from: o, format: soon}
              messages: {each: m, fields: {body: b}}
              subject: {from: s, pattern: "(?=x)"}
            custom_fields:
              x: {from: a}
              y: {from: a, class: secret}
              z: {from: a, class: name, type: integer}
            unmaped: keep
            """;

        var load = SourceMapping.Parse("desk.yaml", Yaml);

        Assert.Null(load.Mapping);
        Assert.All(load.Faults, fault => Assert.True(fault is { File: "desk.yaml", Line: > 0, Column: > 0, Cure.Length: > 0 }, fault.ToString()));
        Assert.Equal(
            [1, 2, 2, 2, 2, 3, 4, 6, 8, 9, 10, 10, 11, 12, 13, 14, 15, 17, 18, 19, 20],
            load.Faults.Select(fault => fault.Line));
        Assert.Contains(load.Faults, fault => fault.Line == 8 && fault.Cure.Contains("'customer'", StringComparison.Ordinal));
        Assert.Contains(load.Faults, fault => fault.Line == 10 && fault.Cure.Contains("'open'", StringComparison.Ordinal));
        Assert.Contains(load.Faults, fault => fault.Line == 20 && fault.Column == 1 && fault.Cure.Contains("'unmapped'", StringComparison.Ordinal));
    }

    [Fact]
    public void Parse_NothingInIt_NamesWhatIsNeeded()
    {
        var load = SourceMapping.Parse("desk.yaml", "source: a\n");

        Assert.Equal(["'fields'", "'format'", "'key'", "'time_zone'"], load.Faults.Select(fault => fault.Message.Split(' ')[^1].TrimEnd('.')).Order());
    }

    [Theory]
    [InlineData("a: [", 1)]
    [InlineData("a: 1\na: 2", 2)]
    [InlineData("- a", 1)]
    [InlineData("", 1)]
    public void Parse_NoMappingAtAll_SaysWhere(string yaml, int line) =>
        Assert.Equal(line, Assert.Single(SourceMapping.Parse("desk.yaml", yaml).Faults).Line);

    [Fact]
    public void Load_MissingFile_IsAFault()
    {
        var load = SourceMapping.Load(Path.Combine(Path.GetTempPath(), "no-such-mapping.yaml"));

        Assert.Contains("cannot be read", Assert.Single(load.Faults).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Digest_OfTheText_TellsOneMappingFromAnother()
    {
        var yaml = Reading.Csv("subject: s");

        Assert.Equal(Reading.Mapping(yaml).Digest, Reading.Mapping(yaml).Digest);
        Assert.NotEqual(Reading.Mapping(yaml).Digest, Reading.Mapping(yaml + "\n# changed").Digest);
    }

    [Fact]
    public void Readme_EveryFullExample_IsASoundMapping()
    {
        var readme = Reading.Reference();
        var examples = readme.Split("```yaml\n").Skip(1).Select(rest => rest.Split("```")[0]).Where(example => example.StartsWith("source:", StringComparison.Ordinal)).ToList();

        Assert.NotEmpty(examples);
        Assert.All(examples, example => Assert.Empty(SourceMapping.Parse("README.md", example).Faults));
    }

    [Fact]
    public void SampleMappings_AllOfThem_AreSound() =>
        Assert.All(
            Directory.EnumerateFiles(RepositoryRoot.Path("tests", "mappings"), "*.yaml"),
            path => Assert.Empty(SourceMapping.Load(path).Faults));
}
