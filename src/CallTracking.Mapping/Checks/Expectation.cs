using System.Globalization;
using System.Text.RegularExpressions;
using CallTracking.Contracts;
using CallTracking.Mapping.Spec;
using CallTracking.Mapping.Targets;
using YamlDotNet.RepresentationModel;

namespace CallTracking.Mapping.Checks;

/// <summary>One field that a test expects: its path, and its value or values; none means that the field stays empty.</summary>
internal sealed partial record Expectation(string Path, IReadOnlyList<string> Values, bool IsList)
{
    private const string Count = ".count";

    private static readonly string[] Details = [".original", ".precision", ".caution", Count, ".csat_score"];

    /// <summary>Null, with a fault noted, when a case has no such field.</summary>
    public static Expectation? Parse(YamlScalarNode key, YamlNode value, FaultLog faults)
    {
        var path = key.Value ?? string.Empty;
        var plain = Indexes().Replace(path, string.Empty);
        var field = Details.FirstOrDefault(detail => plain.EndsWith(detail, StringComparison.Ordinal)) is { } suffix ? plain[..^suffix.Length] : plain;
        if (!field.StartsWith("custom_fields.", StringComparison.Ordinal) && TargetPath.Resolve(Case.Descriptor, field, out var problem, out var cure) is null)
        {
            faults.Add(key, problem, cure);
            return null;
        }

        switch (value)
        {
            case YamlScalarNode scalar:
                return new Expectation(path, YamlMap.IsNull(scalar) ? [] : [scalar.Value!], IsList: false);
            case YamlSequenceNode list when list.Children.All(child => child is YamlScalarNode):
                return new Expectation(path, [.. list.Children.Select(child => ((YamlScalarNode)child).Value!)], IsList: true);
            default:
                faults.Add(value, $"'{path}' is a value or a list of values.", "Write its fields one by one: messages[0].body: text.");
                return null;
        }
    }

    /// <summary>What is otherwise than expected; null when nothing is.</summary>
    public MappingDifference? Compare(IReadOnlyList<CaseLine> lines)
    {
        var found = Path.EndsWith(Count, StringComparison.Ordinal)
            ? [CountOf(lines, Path[..^Count.Length])]
            : lines.Where(line => IsMeant(line.Path)).Select(line => line.Text).ToList();
        return found.Count == Values.Count && found.Zip(Values).All(pair => IsSame(pair.First, pair.Second))
            ? null
            : new MappingDifference(Path, Shown(Values), Shown(found));
    }

    private bool IsMeant(string path) =>
        path == Path || path.Replace("[0]", string.Empty, StringComparison.Ordinal) == Path || ((IsList || Values.Count == 0) && LastIndex().Replace(path, string.Empty) == Path);

    private static string CountOf(IReadOnlyList<CaseLine> lines, string list) => lines
        .Where(line => line.Path.StartsWith(list + "[", StringComparison.Ordinal))
        .Select(line => line.Path[..(line.Path.IndexOf(']', list.Length) + 1)]).Distinct().Count().ToString(CultureInfo.InvariantCulture);

    // One instant may be written with any offset.
    private static bool IsSame(string found, string expected) =>
        found == expected
        || (DateTimeOffset.TryParse(found, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var left)
            && found.Length > 18
            && DateTimeOffset.TryParse(expected, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var right)
            && expected.Length > 18
            && left == right);

    private static string Shown(IReadOnlyList<string> values) => values.Count switch
    {
        0 => "nothing",
        1 => $"\"{values[0]}\"",
        _ => $"[{string.Join(", ", values.Select(value => $"\"{value}\""))}]",
    };

    [GeneratedRegex(@"\[[0-9]+\]", RegexOptions.CultureInvariant)]
    private static partial Regex Indexes();

    [GeneratedRegex(@"\[[0-9]+\]\z", RegexOptions.CultureInvariant)]
    private static partial Regex LastIndex();
}
