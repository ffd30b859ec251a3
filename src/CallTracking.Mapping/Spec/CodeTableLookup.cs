using System.Globalization;
using System.Security.Cryptography;
using CallTracking.Contracts;
using CallTracking.Mapping.Values;
using Google.Protobuf;
using YamlDotNet.RepresentationModel;

namespace CallTracking.Mapping.Spec;

/// <summary>Makes a lookup of one of the group's code tables: which words it is asked with, and what of the entry is the answer.</summary>
internal sealed class CodeTableLookup(ICodeTables tables)
{
    private const string Code = "code";
    private const string Parent = "parent";
    private const string Any = "any";
    private const string Label = "label";
    private const string LabelPrefix = "label.";

    private readonly Dictionary<string, Dictionary?> _found = new(StringComparer.Ordinal);

    /// <summary>The tables that were asked for and are there, by name.</summary>
    public IEnumerable<Dictionary> Found => _found.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => entry.Value).OfType<Dictionary>();

    /// <summary>Hashes of those tables.</summary>
    public IEnumerable<byte[]> Digests => Found.Select(table => SHA256.HashData(table.ToByteArray()));

    /// <summary>Null, with a fault noted, when the table is not at hand or has no such words.</summary>
    /// <param name="name">The table's.</param>
    /// <param name="key">With what it is asked: <c>code</c>, <c>label</c>, <c>label.de</c> or <c>any</c>; null for <c>code</c>.</param>
    /// <param name="value">What the answer is: <c>code</c>, <c>parent</c> or <c>label.de</c>; null for <c>code</c>.</param>
    /// <param name="miss">What becomes of a word that the table does not have.</param>
    /// <param name="ignoreCase">Whether words are one that differ in case.</param>
    /// <param name="faults">Takes what is wrong.</param>
    public LookupTable? Parse(YamlScalarNode name, YamlScalarNode? key, YamlScalarNode? value, LookupMiss miss, bool ignoreCase, FaultLog faults)
    {
        if (Table(name, faults) is not { } table)
        {
            return null;
        }

        var (asked, wanted) = (key?.Value ?? Code, value?.Value ?? Code);
        if (!IsKey(asked) || !IsValue(wanted))
        {
            faults.Add(
                (IsKey(asked) ? value : key) ?? name,
                $"'{(IsKey(asked) ? wanted : asked)}' is no part of a code table that {(IsKey(asked) ? "an answer" : "a key")} can be.",
                IsKey(asked) ? "Write value: code, parent or label.de." : "Write key: code, label.de, label (in any language) or any (code or label).");
            return null;
        }

        foreach (var (part, node) in new[] { (asked, key), (wanted, value) }.Where(part => part.Item1.StartsWith(LabelPrefix, StringComparison.Ordinal)))
        {
            RequireLanguage(table, part[LabelPrefix.Length..], node ?? name, faults);
        }

        var entries = Entries(table, asked, wanted, ignoreCase, out var ambiguous);
        if (ambiguous > 0)
        {
            faults.Note(
                (YamlNode?)key ?? name,
                string.Create(CultureInfo.InvariantCulture, $"{ambiguous:N0} words stand for several codes of '{table.Name}' and count as unknown."),
                "Write key: label.LANGUAGE, within which a word stands for one code.");
        }

        return new LookupTable(entries, ignoreCase, miss) { Origin = $"the code table '{table.Name}'{(table.Version > 0 ? $" version {table.Version}" : string.Empty)}: have headquarters add it" };
    }

    private static bool IsKey(string part) => part is Code or Label or Any || part.StartsWith(LabelPrefix, StringComparison.Ordinal);

    private static bool IsValue(string part) => part is Code or Parent || part.StartsWith(LabelPrefix, StringComparison.Ordinal);

    private Dictionary? Table(YamlScalarNode name, FaultLog faults)
    {
        var wanted = name.Value ?? string.Empty;
        if (!CodeTableCsv.IsName(wanted))
        {
            faults.Add(name, $"'{wanted}' is no name of a code table.", "Write letters a-z, digits and dashes, such as dictionary: product-models.");
            return null;
        }

        if (!_found.TryGetValue(wanted, out var table))
        {
            _found[wanted] = table = tables.Find(wanted);
        }

        if (table is null)
        {
            faults.Add(name, $"The code table '{wanted}' is not here.", tables.Cure(wanted));
        }

        return table;
    }

    private static void RequireLanguage(Dictionary table, string language, YamlScalarNode at, FaultLog faults)
    {
        var languages = table.Entries.SelectMany(entry => entry.Labels).Select(label => label.Language).Distinct(StringComparer.Ordinal).ToList();
        if (!languages.Contains(language))
        {
            faults.Add(at, $"The code table '{table.Name}' has no labels in '{language}'.", languages.Count == 0 ? "It has no labels at all: write key: code." : NearestNames.Cure(language, languages));
        }
    }

    // A word with two meanings has none that could be trusted.
    private static Dictionary<string, string> Entries(Dictionary table, string key, string value, bool ignoreCase, out int ambiguous)
    {
        var entries = new Dictionary<string, string>(ignoreCase ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);
        var doubtful = new HashSet<string>(entries.Comparer);
        foreach (var entry in table.Entries)
        {
            var meaning = value == Code ? entry.Code : value == Parent ? entry.Parent : LabelsOf(entry, value).FirstOrDefault() ?? string.Empty;
            foreach (var word in Words(entry, key))
            {
                if (!entries.TryAdd(word, meaning) && entries[word] != meaning)
                {
                    doubtful.Add(word);
                }
            }
        }

        foreach (var word in doubtful)
        {
            entries.Remove(word);
        }

        ambiguous = doubtful.Count;
        return entries;
    }

    private static IEnumerable<string> Words(DictionaryEntry entry, string key) => key switch
    {
        Code => [entry.Code],
        Label => entry.Labels.Select(label => label.Text),
        Any => entry.Labels.Select(label => label.Text).Prepend(entry.Code),
        _ => LabelsOf(entry, key),
    };

    private static IEnumerable<string> LabelsOf(DictionaryEntry entry, string part) =>
        entry.Labels.Where(label => label.Language == part[LabelPrefix.Length..]).Select(label => label.Text);
}
