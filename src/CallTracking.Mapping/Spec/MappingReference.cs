using System.Text;
using System.Text.RegularExpressions;

namespace CallTracking.Mapping.Spec;

/// <summary>The reference of mapping files, as this project's pages have it: built in, so that an installed program brings it along.</summary>
public static partial class MappingReference
{
    private static readonly Lazy<IReadOnlyList<(string Name, string Text)>> All = new(() =>
        [.. ((string[])["README", "reading-files", "mapping-values"]).Select(name => (name, Read(name)))]);

    /// <summary>Its pages by name, the first one first.</summary>
    public static IReadOnlyList<(string Name, string Text)> Pages => All.Value;

    /// <summary>What the pages say of a key: its rows in their tables, then every paragraph that names it; each below its heading. Empty when none does.</summary>
    /// <param name="key">A key, or a sign such as <c>[*]</c>.</param>
    public static string About(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        var rows = Rows().Where(row => row.Keys.Contains(key)).Select(row => (row.Heading, Text: row.Line)).ToList();
        var isWord = key.All(sign => char.IsAsciiLetterLower(sign) || sign == '_');
        var named = new Regex(isWord ? $@"`[^`\n]*(?<![\w-]){key}(?![\w-])[^`\n]*`" : $"`[^`\n]*{Regex.Escape(key)}[^`\n]*`", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
        var others = Blocks().Where(block => named.IsMatch(block.Text)).Where(block => !rows.Contains(block));
        var text = new StringBuilder();
        foreach (var (heading, block) in rows.Concat(others).Distinct())
        {
            text.Append("## ").Append(heading).Append("\n\n").Append(block).Append("\n\n");
        }

        return text.ToString().TrimEnd();
    }

    /// <summary>The rows of keys below a heading: each key with what its tables say, without marks of the page.</summary>
    internal static IReadOnlyDictionary<string, string> Meanings(Func<string, bool> isHeading)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var row in Rows().Where(row => isHeading(row.Heading)))
        {
            foreach (var key in row.Keys)
            {
                found[key] = found.TryGetValue(key, out var before)
                    ? $"{before} — {(row.Part.Length > 0 ? row.Part : row.Heading)}: {row.Meaning}"
                    : row.Part is "delimited" or "fixed" ? $"{row.Part}: {row.Meaning}" : row.Meaning;
            }
        }

        return found;
    }

    private static string Read(string name)
    {
        using var reader = new StreamReader(typeof(MappingReference).Assembly.GetManifestResourceStream($"reference:{name}")!, Encoding.UTF8);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    private static IEnumerable<(string Heading, string Part, IReadOnlyList<string> Keys, string Meaning, string Line)> Rows()
    {
        foreach (var (_, text) in Pages)
        {
            var (heading, part) = (string.Empty, string.Empty);
            foreach (var line in text.Split('\n'))
            {
                (heading, part) = line.StartsWith('#') ? (line.TrimStart('#', ' '), string.Empty) : line.StartsWith("**", StringComparison.Ordinal) ? (heading, line.Split("**")[1]) : (heading, part);
                var cells = line.StartsWith("| ", StringComparison.Ordinal) ? Cell().Matches(line) : null;
                if (cells?.Count >= 2 && Key().Matches(cells[0].Value) is { Count: > 0 } keys)
                {
                    yield return (heading, part, [.. keys.Select(key => key.Groups[1].Value)], Plain(cells[1].Value), line);
                }
            }
        }
    }

    // Paragraphs, and each row of a table by itself.
    private static IEnumerable<(string Heading, string Text)> Blocks()
    {
        foreach (var (_, text) in Pages)
        {
            var heading = string.Empty;
            foreach (var block in text.Split("\n\n").SelectMany(block => block.StartsWith('|') ? block.Split('\n') : [block]))
            {
                heading = block.StartsWith('#') ? block.Split('\n')[0].TrimStart('#', ' ') : heading;
                if (!block.StartsWith('#'))
                {
                    yield return (heading, block.Trim());
                }
            }
        }
    }

    private static string Plain(string cell) => Link().Replace(cell, "$1").Replace("`", string.Empty, StringComparison.Ordinal).Trim();

    // Bars in code part no cells.
    [GeneratedRegex(@"(?<=\| )(?:`[^`]*`|[^`|])+(?= ?\|)", RegexOptions.CultureInvariant)]
    private static partial Regex Cell();

    [GeneratedRegex(@"`([a-z_]+)`", RegexOptions.CultureInvariant)]
    private static partial Regex Key();

    [GeneratedRegex(@"\[([^\]]+)\]\([^)]+\)", RegexOptions.CultureInvariant)]
    private static partial Regex Link();
}
