using System.Globalization;
using System.Text.RegularExpressions;

namespace CallTracking.Agent.Sources.Http;

/// <summary>Works on the addresses of pages.</summary>
internal static partial class PageAddress
{
    /// <summary>The address with the parameter set, in place of an earlier value.</summary>
    public static Uri With(Uri address, string name, string value)
    {
        var set = $"{Uri.EscapeDataString(name)}={Uri.EscapeDataString(value)}";
        var pairs = address.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).ToList();
        var place = pairs.FindIndex(pair => NameOf(pair) == name);
        if (place < 0)
        {
            pairs.Add(set);
        }
        else
        {
            pairs[place] = set;
        }

        return new UriBuilder(address) { Query = string.Join('&', pairs) }.Uri;
    }

    /// <summary>The number that the parameter's value is, or begins with (<c>100-199</c>); 0 when there is none.</summary>
    public static long Number(Uri address, string name)
    {
        var pair = address.Query.TrimStart('?').Split('&').FirstOrDefault(pair => NameOf(pair) == name);
        return long.TryParse(pair?[(pair.IndexOf('=', StringComparison.Ordinal) + 1)..].Split('-')[0], CultureInfo.InvariantCulture, out var number) ? number : 0;
    }

    /// <summary>The target of a Link header that has the relation; null when none has.</summary>
    public static string? Linked(string? header, string relation) => header is null ? null : Link().Matches(header)
        .Where(link => Relation().Match(link.Groups["parameters"].Value) is { Success: true } found
            && found.Groups["names"].Value.Split(' ').Contains(relation, StringComparer.OrdinalIgnoreCase))
        .Select(link => link.Groups["target"].Value)
        .FirstOrDefault();

    /// <summary>True when both name the same scheme, host and port: only there do credentials go.</summary>
    public static bool IsSamePlace(Uri left, Uri right) =>
        Uri.Compare(left, right, UriComponents.SchemeAndServer, UriFormat.Unescaped, StringComparison.OrdinalIgnoreCase) == 0;

    /// <summary>What may be shown: parameters may hold secrets.</summary>
    public static string Shown(Uri address) => address.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);

    private static string NameOf(string pair) => Uri.UnescapeDataString(pair.Split('=')[0]);

    [GeneratedRegex("<(?<target>[^>]*)>(?<parameters>(?:\\s*;\\s*[\\w*-]+\\s*=\\s*(?:\"[^\"]*\"|[^,;\"]*))*)", RegexOptions.NonBacktracking)]
    private static partial Regex Link();

    [GeneratedRegex("\\brel\\s*=\\s*\"?(?<names>[^\";]*)", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Relation();
}
