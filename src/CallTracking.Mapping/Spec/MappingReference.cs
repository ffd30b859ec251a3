using System.Text;
using System.Text.RegularExpressions;

namespace CallTracking.Mapping.Spec;

/// <summary>The reference of mapping files, as this project's pages have it: built in, so that an installed program brings it along.</summary>
public static partial class MappingReference
{
    // Made of the contract, not written.
    private const string ContractPageName = "case";

    /// <summary>The names of its pages, the first one first. Whoever only names them reads none.</summary>
    public static IReadOnlyList<string> PageNames { get; } = ["README", "reading-files", "mapping-values", ContractPageName];

    private static readonly Lazy<IReadOnlyList<(string Name, string Text)>> All = new(() =>
        [.. PageNames.Select(name => (name, name == ContractPageName ? ContractPage.Text() : Read(name)))]);

    private static readonly Lazy<IReadOnlyList<ReferenceRow>> AllRows = new(() => [.. Pages.SelectMany(page => Rows(page.Text))]);

    // Words that people look for, and the keys that the pages have for them.
    private static readonly Dictionary<string, string[]> OtherWords = new(StringComparer.Ordinal)
    {
        ["separator"] = ["delimiter", "split"],
        ["charset"] = ["encoding"],
        ["concept"] = ["language"],
        ["epoch"] = ["unix"],
        ["timestamp"] = ["format"],
        ["decimal"] = ["culture"],
    };

    /// <summary>Its pages by name, the first one first.</summary>
    public static IReadOnlyList<(string Name, string Text)> Pages => All.Value;

    /// <summary>
    /// What the pages say of a key: its rows in their tables, and those of the keys inside it, then every paragraph that names it; each below its
    /// heading. All below a heading of that name; of a word that is no key, what they say of the keys that it stands for. Empty when none does.
    /// </summary>
    /// <param name="key">A key, a field's path such as <c>customer.name</c> (or its beginning), or a sign such as <c>[*]</c>.</param>
    public static string About(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (Blocks().Where(block => block.Heading.Equals(key, StringComparison.OrdinalIgnoreCase)).ToList() is { Count: > 0 } section && key.Contains(' ', StringComparison.Ordinal))
        {
            return Below(section);
        }

        return OtherWords.TryGetValue(key, out var keys) ? string.Join("\n\n", keys.Select(AboutKey)) : AboutKey(key);
    }

    /// <summary>What a key that the pages do not have may have meant.</summary>
    public static string Nearest(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        var near = OtherWords.Where(word => NearestNames.IsNear(key, word.Key)).SelectMany(word => word.Value).ToList();
        return near.Count > 0
            ? $"Did you mean {string.Join(" or ", near.Select(name => $"'{name}'"))}?"
            : NearestNames.Cure(key, AllRows.Value.SelectMany(row => row.Keys).Concat(Blocks().Select(block => block.Heading)));
    }

    private static string AboutKey(string key)
    {
        var rows = AllRows.Value.Where(row => row.Table == key || row.Keys.Any(name => name == key || $"{row.Table}.{name}" == key || name.StartsWith($"{key}.", StringComparison.Ordinal))).Select(row => (row.Heading, Text: row.Line)).ToList();
        var isWord = key.All(sign => char.IsAsciiLetterLower(sign) || sign is '_' or '.');
        // Our own pages: only a crowded machine takes long over them.
        var named = new Regex(isWord ? $@"`[^`\n]*(?<![\w-]){Regex.Escape(key)}(?![\w-])[^`\n]*`" : $"`[^`\n]*{Regex.Escape(key)}[^`\n]*`", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(10));
        var others = Blocks().Where(block => named.IsMatch(block.Text)).Where(block => !rows.Contains(block));
        return key.Length == 0 ? string.Empty : Below(rows.Concat(others).Distinct());
    }

    // Each block below its heading.
    private static string Below(IEnumerable<(string Heading, string Text)> blocks)
    {
        var text = new StringBuilder();
        var before = (Heading: string.Empty, Text: string.Empty);
        foreach (var block in blocks)
        {
            var isNextRow = before.Text.StartsWith('|') && block.Text.StartsWith('|');
            text.Append(before.Heading != block.Heading ? $"\n## {block.Heading}\n\n" : isNextRow ? string.Empty : "\n").Append(block.Text).Append('\n');
            before = block;
        }

        return text.ToString().Trim();
    }

    /// <summary>What tables say of their keys, without marks of the page.</summary>
    /// <param name="tables">A heading, whose tables of keys are meant, or what a table has the keys of: <c>each</c>.</param>
    internal static IReadOnlyDictionary<string, string> Meanings(params string[] tables)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var row in AllRows.Value.Where(row => tables.Contains(row.Table)))
        {
            var of = row.Part.Length > 0 ? row.Part : row.Heading;
            foreach (var key in row.Keys)
            {
                found[key] = found.TryGetValue(key, out var before) ? $"{before} — {of}: {row.Meaning}"
                    : row.Part is "delimited" or "fixed" ? $"{of}: {row.Meaning}"
                    : row.Meaning;
            }
        }

        return found;
    }

    /// <summary>The text of a page, or of another part of the reference.</summary>
    internal static string Read(string name)
    {
        using var reader = new StreamReader(typeof(MappingReference).Assembly.GetManifestResourceStream($"reference:{name}")!, Encoding.UTF8);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    private static IEnumerable<ReferenceRow> Rows(string page)
    {
        var (heading, part, table) = (string.Empty, string.Empty, string.Empty);
        foreach (var line in page.Split('\n'))
        {
            (heading, part) = line.StartsWith('#') ? (line.TrimStart('#', ' '), string.Empty) : line.StartsWith("**", StringComparison.Ordinal) ? (heading, line.Split("**")[1]) : (heading, part);
            table = TableHead().Match(line) is { Success: true } head ? head.Groups[1].Success ? head.Groups[1].Value : heading : line.Length == 0 ? string.Empty : table;
            var cells = line.StartsWith("| ", StringComparison.Ordinal) ? Cell().Matches(line) : null;
            if (cells?.Count >= 2 && Key().Matches(cells[0].Value) is { Count: > 0 } keys)
            {
                yield return new ReferenceRow(heading, part, table, [.. keys.Select(key => key.Groups[1].Value)], Plain(cells[1].Value), line);
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
                if (!block.StartsWith('#') && !TableHead().IsMatch(block))
                {
                    yield return (heading, block.Trim());
                }
            }
        }
    }

    private static string Plain(string cell) => Link().Replace(cell, "$1").Replace("`", string.Empty, StringComparison.Ordinal).Replace("**", string.Empty, StringComparison.Ordinal).Trim();

    // The first line of a table of keys: | key |, | key of `each` |, | key inside them |, | path |, and the one without a head.
    [GeneratedRegex(@"^\| (?:(?:key(?: of (?:an? )?`?([a-z_ ]*[a-z_])`?| inside them)?|path) )?\|", RegexOptions.CultureInvariant)]
    private static partial Regex TableHead();

    // Bars in code part no cells.
    [GeneratedRegex(@"(?<=\| )(?:`[^`]*`|[^`|])+(?= ?\|)", RegexOptions.CultureInvariant)]
    private static partial Regex Cell();

    [GeneratedRegex(@"`([a-z_]+(?:\.[a-z_]+)*)`", RegexOptions.CultureInvariant)]
    private static partial Regex Key();

    [GeneratedRegex(@"\[([^\]]+)\]\([^)]+\)", RegexOptions.CultureInvariant)]
    private static partial Regex Link();

    private sealed record ReferenceRow(string Heading, string Part, string Table, IReadOnlyList<string> Keys, string Meaning, string Line);
}
