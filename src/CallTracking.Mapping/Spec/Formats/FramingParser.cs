using System.Globalization;
using System.Text.RegularExpressions;
using CallTracking.Mapping.Reading.Lines;
using YamlDotNet.RepresentationModel;

namespace CallTracking.Mapping.Spec.Formats;

/// <summary>Reads what stands around the records of a text: <c>comment</c>, <c>preamble</c>, <c>footer</c>, and how the last of them <c>end</c>s.</summary>
internal static class FramingParser
{
    private const int MostLines = 1000;
    private static readonly Dictionary<string, bool> Ends = new() { ["line"] = true, ["any"] = false };
    private static readonly TimeSpan PatternTime = TimeSpan.FromSeconds(1);

    public static Framing Parse(YamlMap map, TextTableFormat format, FaultLog faults)
    {
        var framing = WithFooter(WithPreamble(Framing.None, map, faults), map, faults) with { EndsInLine = map.TakeChoice("end", Ends, false) };
        var comment = map.TakeScalar("comment");
        if (comment is null)
        {
            return framing;
        }

        if (comment.Value is not { Length: > 0 } sign || sign.AsSpan().ContainsAny('\r', '\n') || format.InPlace.BytesOf(sign) is null)
        {
            faults.Add(comment, "'comment' is what a line begins with that is no record.", "Write, for instance, comment: \"#\".");
            return framing;
        }

        return framing with { Comment = sign };
    }

    private static Framing WithPreamble(Framing framing, YamlMap map, FaultLog faults)
    {
        switch (map.Take("preamble"))
        {
            case null:
                return framing;
            case YamlScalarNode lines when Lines(lines) is { } count:
                return framing with { PreambleLines = count };
            case YamlMappingNode keys when PatternOf(keys, "until", faults, out var rest) is { } pattern:
                rest.RejectUnknown();
                return framing with { PreambleUntil = pattern };
            case { } other:
                faults.Add(other, $"'preamble' is a number of lines up to {MostLines}, or says what the header's line looks like.", "Write preamble: 3, or preamble: {until: \"^Case Number\"}.");
                return framing;
        }
    }

    private static Framing WithFooter(Framing framing, YamlMap map, FaultLog faults)
    {
        switch (map.Take("footer"))
        {
            case null:
                return framing;
            case YamlScalarNode lines when Lines(lines) is { } count:
                return framing with { FooterLines = count };
            case YamlMappingNode keys when PatternOf(keys, "from", faults, out var rest) is { } pattern:
                var most = rest.TakeInteger("lines", framing.MostFooterLines, 1, MostLines);
                var isOptional = rest.TakeFlag("optional", false);
                rest.RejectUnknown();
                return framing with { FooterFrom = pattern, FooterIsOptional = isOptional, MostFooterLines = most };
            case { } other:
                faults.Add(other, $"'footer' is a number of lines up to {MostLines}, or says what its first line looks like.", "Write footer: 2, or footer: {from: \"^Grand Totals\"}.");
                return framing;
        }
    }

    private static int? Lines(YamlScalarNode node) =>
        int.TryParse(node.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count is > 0 and <= MostLines ? count : null;

    private static Regex? PatternOf(YamlMappingNode node, string key, FaultLog faults, out YamlMap keys)
    {
        keys = new YamlMap(node, faults);
        try
        {
            return keys.TakeText(key) is { Length: > 0 } pattern
                ? new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, PatternTime)
                : null;
        }
        catch (Exception wrong) when (wrong is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }
}
