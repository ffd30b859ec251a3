using System.Globalization;
using System.Text.RegularExpressions;
using CallTracking.Contracts;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace CallTracking.Privacy;

/// <summary>A key of a configuration that is known.</summary>
/// <param name="Path">Names with dots between, <c>[]</c> behind a list: <c>sources[].files</c>.</param>
/// <param name="IsHarmless">Whether a value may be shown; null: only that there is one.</param>
public sealed record KnownKey(string Path, Func<string, bool>? IsHarmless = null);

/// <summary>
/// What of a configuration may be given out of hand. A value is shown only under a key that is listed for it and in a form that leaves no room for anything
/// else; of every other value, and of every key that is not listed, only that it is there. A list of what must not be shown would lack the next one.
/// </summary>
public static partial class ConfigurationExtract
{
    private const int LongestZone = 40;

    /// <summary>True or false.</summary>
    public static bool Flag(string value) => value is "true" or "false";

    /// <summary>A number of up to six digits.</summary>
    public static bool Number(string value) => Digits().IsMatch(value);

    /// <summary>A size, a time or a share: <c>256MB</c>, <c>12h</c>, <c>0.02</c>.</summary>
    public static bool Amount(string value) => Amounts().IsMatch(value);

    /// <summary>A schedule.</summary>
    public static bool Cron(string value) => Schedules().IsMatch(value);

    /// <summary>A time zone that this machine knows.</summary>
    public static bool Zone(string value) => value?.Length <= LongestZone && TimeZoneInfo.TryFindSystemTimeZoneById(value, out _);

    /// <summary>A country or a region.</summary>
    public static bool Code(string value) => Codes().IsMatch(value);

    /// <summary>One of a closed list of words.</summary>
    public static Func<string, bool> OneOf(params string[] words) => words.Contains;

    /// <summary>A line for each value: its key, and the value where that may be.</summary>
    /// <param name="yaml">The file's text.</param>
    /// <param name="known">The keys.</param>
    public static IReadOnlyList<string> Of(string yaml, IReadOnlyCollection<KnownKey> known)
    {
        try
        {
            var lines = new List<string>();
            foreach (var document in BoundedYaml.Load(yaml).Documents)
            {
                Write(document.RootNode, "", "", known.ToDictionary(key => key.Path, key => key.IsHarmless), lines);
            }

            return lines;
        }
        catch (Exception broken) when (broken is YamlException or InvalidOperationException)
        {
            // What the library says of it quotes the text.
            return ["the file is not YAML"];
        }
    }

    private static void Write(YamlNode node, string path, string shown, Dictionary<string, Func<string, bool>?> known, List<string> lines)
    {
        switch (node)
        {
            case YamlMappingNode map:
                WriteMap(map, path, shown, known, lines);
                break;
            case YamlSequenceNode list:
                for (var index = 0; index < list.Children.Count; index++)
                {
                    Write(list.Children[index], $"{path}[]", string.Create(CultureInfo.InvariantCulture, $"{shown}[{index}]"), known, lines);
                }

                break;
            case YamlScalarNode { Value: { } value } when known.GetValueOrDefault(path) is { } isHarmless && isHarmless(value):
                lines.Add($"{shown}: {value}");
                break;
            default:
                lines.Add($"{shown}: (set)");
                break;
        }
    }

    private static void WriteMap(YamlMappingNode map, string path, string shown, Dictionary<string, Func<string, bool>?> known, List<string> lines)
    {
        var others = 0;
        foreach (var (key, value) in map.Children)
        {
            var (name, dot) = ((key as YamlScalarNode)?.Value ?? "", path.Length > 0 ? "." : "");
            var below = $"{path}{dot}{name}";
            if (known.ContainsKey(below))
            {
                lines.Add($"{shown}{dot}{name}: {(value is YamlScalarNode { Value: { } text } && known[below] is { } isHarmless && isHarmless(text) ? text : "(set)")}");
            }
            else if (known.Keys.Any(one => one.StartsWith($"{below}.", StringComparison.Ordinal) || one.StartsWith($"{below}[]", StringComparison.Ordinal)))
            {
                Write(value, below, $"{shown}{dot}{name}", known, lines);
            }
            else
            {
                others++;
            }
        }

        if (others > 0)
        {
            lines.Add(string.Create(CultureInfo.InvariantCulture, $"{(shown.Length > 0 ? shown : "the file")}: {others} other {(others == 1 ? "entry" : "entries")}"));
        }
    }

    [GeneratedRegex("^[0-9]{1,6}$")]
    private static partial Regex Digits();

    [GeneratedRegex(@"^(?:[0-9]{1,5} ?(?:B|KB|MB|GB|s|m|h|d)?|0\.[0-9]{1,4})$", RegexOptions.IgnoreCase)]
    private static partial Regex Amounts();

    [GeneratedRegex("^(?:(?:[0-9*?/,#LW-]|MON|TUE|WED|THU|FRI|SAT|SUN){1,20} ?){5,7}$", RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 200)]
    private static partial Regex Schedules();

    [GeneratedRegex("^[A-Z]{2,8}$")]
    private static partial Regex Codes();
}
