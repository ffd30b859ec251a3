using System.Text.RegularExpressions;

namespace CallTracking.Mapping.Proposals;

/// <summary>Chooses a table of a database's dump.</summary>
internal static partial class DumpGuess
{
    public static FormatGuess Of(string text)
    {
        var tables = Table().Matches(text).Select(match => match.Groups["name"].Value).Distinct(StringComparer.Ordinal).ToList();
        var filled = Rows().Matches(text).Select(match => match.Groups["name"].Value).ToHashSet(StringComparer.Ordinal);
        var chosen = tables.Union(filled).OrderByDescending(name => Main().IsMatch(name)).ThenByDescending(name => Cases().IsMatch(name))
            .ThenByDescending(filled.Contains).FirstOrDefault();
        var others = tables.Union(filled).Where(name => name != chosen).Take(12).ToList();
        return chosen is null
            ? new FormatGuess("{type: sqldump, table: tickets}", "a dump") { Questions = ["No table was found at the file's start. Which one holds the cases?"] }
            : new FormatGuess($"{{type: sqldump, table: {YamlText.Of(chosen)}}}", $"a dump with the table '{chosen}'")
            {
                Questions = others.Count == 0 ? [] : [$"Is '{chosen}' the table of the cases? There are also: {string.Join(", ", others)}."],
            };
    }

    [GeneratedRegex("""CREATE TABLE (IF NOT EXISTS )?([`"\w]+\.)?[`"]?(?<name>\w+)""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Table();

    [GeneratedRegex("""(INSERT INTO|^COPY) ([`"\w]+\.)?[`"]?(?<name>\w+)""", RegexOptions.IgnoreCase | RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Rows();

    [GeneratedRegex("(^|_)(tickets?|cases?|incidents?|requests?|issues?)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Main();

    [GeneratedRegex("ticket|case|incident|request|issue|vorgang|dossier", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Cases();
}
