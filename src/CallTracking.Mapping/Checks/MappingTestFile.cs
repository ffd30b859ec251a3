using CallTracking.Contracts;
using CallTracking.Mapping.Spec;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace CallTracking.Mapping.Checks;

/// <summary>Reads a file of tests: records, and what each must become.</summary>
internal sealed record MappingTestFile(string Mapping, IReadOnlyList<MappingTest> Tests)
{
    public const string Suffix = ".tests.yaml";

    private const string NoTestsCure = "Write tests: [{name: an open case, row: {column: text}, expect: {status: open}}].";

    /// <summary>The mapping that stands beside its tests, where they name no other.</summary>
    public static string MappingOf(string path) => !path.EndsWith(Suffix, StringComparison.Ordinal) ? path
        : File.Exists(path[..^Suffix.Length] + ".yml") && !File.Exists(path[..^Suffix.Length] + ".yaml") ? path[..^Suffix.Length] + ".yml"
        : path[..^Suffix.Length] + ".yaml";

    /// <summary>There is no such file: all that is to be said, whatever the mapping is like.</summary>
    public static Fault Missing(string path) => File.Exists(MappingOf(path))
        ? new Fault(MappingOf(path), 0, 0, "The mapping has no tests.", $"Write {Path.GetFileName(path)} beside it: tests: [{{name: an open case, row: {{column: text}}, expect: {{status: open}}}}]. 'calltracking-agent init' proposes both from an export.")
        : new Fault(MappingOf(path), 0, 0, "There is no such mapping, nor tests of it.", "Name a mapping that has its tests beside it, as name.tests.yaml beside name.yaml.");

    public static (MappingTestFile File, IReadOnlyList<Fault> Faults) Load(string path)
    {
        var faults = new FaultLog(path);
        var mapping = MappingOf(path);
        if (IsEmpty(path))
        {
            faults.Add(new Mark(0, 1, 1), "There are no tests.", NoTestsCure);
            return (new MappingTestFile(mapping, []), faults.Faults);
        }

        if (MappingParser.RootOf(path, faults) is not { } root)
        {
            return (new MappingTestFile(mapping, []), faults.Faults);
        }

        var map = new YamlMap(root, faults);
        if (map.TakeText("mapping") is { Length: > 0 } named)
        {
            mapping = Path.Combine(Path.GetDirectoryName(path) ?? string.Empty, named);
        }

        var tests = map.Take("tests");
        if (tests is not YamlSequenceNode { Children.Count: > 0 })
        {
            faults.Add(tests ?? root, "There are no tests.", NoTestsCure);
        }

        map.RejectUnknown();
        var found = (tests as YamlSequenceNode)?.Children.Select(node => One(node, faults)).OfType<MappingTest>().ToList();
        return (new MappingTestFile(mapping, found ?? []), faults.Faults);
    }

    // Whatever else may be wrong with it, its reader tells.
    private static bool IsEmpty(string path) => new FileInfo(path) is { Exists: true, Length: < 4096 } && string.IsNullOrWhiteSpace(File.ReadAllText(path));

    private static MappingTest? One(YamlNode node, FaultLog faults)
    {
        if (node is not YamlMappingNode mapping)
        {
            faults.Add(node, "A test has a name, a record and what it must become.", "Write {name: an open case, row: {column: text}, expect: {status: open}}.");
            return null;
        }

        var map = new YamlMap(mapping, faults);
        var name = map.TakeText("name");
        var row = map.TakeMap("row");
        var text = map.TakeText("text");
        var joined = map.TakeMap("joined");
        var verdict = VerdictOf(map, faults);
        map.RejectUnknown();
        if (string.IsNullOrEmpty(name) || (row is null) == (text is null))
        {
            faults.Add(mapping, "A test has a name and one record: 'row' with its cells by column, or 'text', a file's content.", "Write {name: an open case, row: {column: text}, expect: {status: open}}.");
            return null;
        }

        return verdict is null ? null : new MappingTest(name, (int)mapping.Start.Line, row is null ? null : Cells(row, faults), text, verdict)
        {
            Joined = joined is null ? new Dictionary<string, string>() : Cells(joined, faults).DistinctBy(file => file.Key).ToDictionary(file => file.Key, file => file.Value),
        };
    }

    private static List<KeyValuePair<string, string>> Cells(YamlMap row, FaultLog faults)
    {
        var cells = new List<KeyValuePair<string, string>>();
        foreach (var (column, value) in row.Entries())
        {
            if (value is YamlScalarNode scalar)
            {
                cells.Add(new(column.Value!, YamlMap.IsNull(scalar) ? string.Empty : scalar.Value!));
            }
            else
            {
                faults.Add(value, "A cell is a text.", "Write column: text.");
            }
        }

        return cells;
    }

    private static TestVerdict? VerdictOf(YamlMap map, FaultLog faults)
    {
        var expect = map.TakeMap("expect");
        var rejected = map.TakeMap("rejected");
        var filtered = map.TakeText("filtered");
        var isGone = map.TakeFlag("gone", false);
        var key = map.TakeText("key");
        if ((expect is null ? 0 : 1) + (rejected is null ? 0 : 1) + (filtered is null ? 0 : 1) + (isGone ? 1 : 0) != 1)
        {
            faults.Add(map.Node, "A test says what its record must become: one of 'expect', 'rejected', 'filtered' and 'gone'.", "Write expect: {status: open}, rejected: {reason: bad-time, field: opened}, filtered: rule or gone: true.");
            return null;
        }

        if (rejected is not null)
        {
            var verdict = new TestVerdict.Rejected(rejected.TakeText("reason"), rejected.TakeText("field"));
            rejected.RejectUnknown();
            return verdict;
        }

        return filtered is not null ? new TestVerdict.Filtered(filtered)
            : isGone ? new TestVerdict.Gone(key)
            : new TestVerdict.Mapped(key, [.. expect!.Entries().Select(entry => Expectation.Parse(entry.Key, entry.Value, faults)).OfType<Expectation>()]);
    }
}

/// <summary>What a test says that a record becomes.</summary>
internal abstract record TestVerdict
{
    /// <summary>A case with these fields, among others.</summary>
    public sealed record Mapped(string? Key, IReadOnlyList<Expectation> Fields) : TestVerdict;

    /// <summary>Quarantine; null stands for any.</summary>
    public sealed record Rejected(string? Reason, string? Field) : TestVerdict;

    /// <summary>Left out by a rule of the mapping.</summary>
    public sealed record Filtered(string Rule) : TestVerdict;

    /// <summary>A tombstone.</summary>
    public sealed record Gone(string? Key) : TestVerdict;
}
