using CallTracking.Mapping.Reading.Joins;
using CallTracking.Mapping.Reading.Json;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace CallTracking.Mapping.Spec;

/// <summary>Tells through which joins a path leads, and where it goes on in the record that is joined last.</summary>
internal static class JoinPath
{
    private const string Elements = "[*]";

    /// <summary>The last join that these names lead through; null for none.</summary>
    /// <param name="names">From the composed record.</param>
    /// <param name="joins">Those there are.</param>
    /// <param name="behind">What is left of the names, in that join's record.</param>
    public static int? Of(IReadOnlyList<string> names, IReadOnlyList<JoinRule> joins, out IEnumerable<string> behind)
    {
        int? through = null;
        var at = 0;
        while (at < names.Count && IndexOf(names[at], through, joins) is >= 0 and var next)
        {
            (through, at) = (next, at + 1);
        }

        behind = names.Skip(at);
        return through;
    }

    /// <summary>As <see cref="Of"/>, of a path that a join is <c>on</c>: its text within the last record; a fault when it ends there.</summary>
    public static (int? Through, string Path) Lead(YamlScalarNode node, IReadOnlyList<JoinRule> joins, FaultLog faults)
    {
        var text = node.Value ?? string.Empty;
        int? through = null;
        while (JsonPath.Parse(text)?.Names[0] is { } name && IndexOf(name, through, joins) is >= 0 and var next)
        {
            through = next;
            text = text.StartsWith(name, StringComparison.Ordinal) ? text[name.Length..] : string.Empty;
            text = (text.StartsWith(Elements, StringComparison.Ordinal) ? text[Elements.Length..] : text).TrimStart('.');
            if (text.Length == 0)
            {
                faults.Add(node, $"'{node.Value}' is what is joined, and none of its columns.", $"Write the column behind it: {name}.id.");
                return (through, "_");
            }
        }

        return (through, text);
    }

    /// <summary>Notes a fault when a path begins with the name of a join that stands in another one's record.</summary>
    /// <remarks>The record itself may have a value of that name where it is a tree: then nothing is wrong.</remarks>
    public static void RequireWhole(string text, FilePart primary, IReadOnlyList<JoinRule> joins, Mark at, FaultLog faults)
    {
        if (primary.Format.IsTree || JsonPath.Parse(text) is not { LevelsUp: 0, Names: [{ } name, _, ..] } || IndexOf(name, null, joins) >= 0)
        {
            return;
        }

        if (joins.FirstOrDefault(join => join.As == name) is { Through: { } through })
        {
            var around = string.Empty;
            for (int? outer = through; outer is { } index; outer = joins[index].Through)
            {
                around = $"{joins[index].As}{(joins[index].IsMany ? Elements : string.Empty)}.{around}";
            }

            faults.Add(at, $"'{name}' is a join and stands in '{joins[through].As}'.", $"Write {around}{text}.");
        }
    }

    private static int IndexOf(string name, int? through, IReadOnlyList<JoinRule> joins)
    {
        for (var index = 0; index < joins.Count; index++)
        {
            if (joins[index].As == name && joins[index].Through == through)
            {
                return index;
            }
        }

        return -1;
    }
}
