using System.Collections.Frozen;

namespace CallTracking.Mapping.Values;

/// <summary>The source's words and what they mean. Says what a word that is not in it becomes; there is no silent guess.</summary>
internal sealed class ValueTable<T>(IReadOnlyDictionary<string, TableAnswer<T>> entries, TableAnswer<T>? unknown, bool ignoreCase, int line)
{
    private readonly FrozenDictionary<string, TableAnswer<T>>.AlternateLookup<ReadOnlySpan<char>> _entries = entries
        .ToFrozenDictionary(ignoreCase ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal)
        .GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The answer; null means that the record must be rejected.</summary>
    public TableAnswer<T>? Find(ReadOnlySpan<char> word) => _entries.TryGetValue(word, out var answer) ? answer : unknown;

    public int Count => _entries.Dictionary.Count;

    /// <summary>Where it stands in the mapping file.</summary>
    public int Line => line;
}

/// <summary>A table's answer: a value, or "leave the field empty".</summary>
internal readonly record struct TableAnswer<T>(bool HasValue, T Value);
