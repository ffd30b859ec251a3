using System.Collections.Frozen;

namespace CallTracking.Mapping.Values;

/// <summary>The source's words and what they mean. Says what a word that is not in it becomes; there is no silent guess.</summary>
internal sealed class ValueTable<T>
{
    // So few are found by comparison sooner than by a hash.
    private const int Few = 8;

    private readonly KeyValuePair<string, TableAnswer<T>>[] _few;
    private readonly FrozenDictionary<string, TableAnswer<T>>.AlternateLookup<ReadOnlySpan<char>> _entries;
    private readonly TableAnswer<T>? _unknown;

    public ValueTable(IReadOnlyDictionary<string, TableAnswer<T>> entries, TableAnswer<T>? unknown, bool ignoreCase, int line)
    {
        _few = ignoreCase || entries.Count > Few ? [] : [.. entries];
        _entries = entries.ToFrozenDictionary(ignoreCase ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
        _unknown = unknown;
        Line = line;
    }

    /// <summary>The answer; null means that the record must be rejected.</summary>
    public TableAnswer<T>? Find(ReadOnlySpan<char> word)
    {
        foreach (var (entry, meaning) in _few)
        {
            if (word.SequenceEqual(entry))
            {
                return meaning;
            }
        }

        return _few.Length == 0 && _entries.TryGetValue(word, out var answer) ? answer : _unknown;
    }

    /// <summary>Whether a word that is not in it is but for its case.</summary>
    public bool HasInOtherCase(ReadOnlySpan<char> word)
    {
        foreach (var known in _entries.Dictionary.Keys)
        {
            if (word.Equals(known, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    public int Count => _entries.Dictionary.Count;

    /// <summary>Where it stands in the mapping file.</summary>
    public int Line { get; }
}

/// <summary>A table's answer: a value, or "leave the field empty".</summary>
internal readonly record struct TableAnswer<T>(bool HasValue, T Value);
