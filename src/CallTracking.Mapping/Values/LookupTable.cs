using System.Collections.Frozen;

namespace CallTracking.Mapping.Values;

/// <summary>What a text becomes that the dictionary does not name.</summary>
internal enum LookupMiss
{
    Reject,
    Null,
    Keep,
}

/// <summary>A dictionary, read from a file beside the mapping or one of the group's code tables: a text to another text. Thread-safe.</summary>
internal sealed class LookupTable(IReadOnlyDictionary<string, string> entries, bool ignoreCase, LookupMiss miss)
{
    private readonly FrozenDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> _entries = entries
        .ToFrozenDictionary(ignoreCase ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal)
        .GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>For people: what it is, and who adds a word to it.</summary>
    public string Origin { get; init; } = "the lookup's file: add it there";

    /// <summary>Every text that it can give; empty ones are none.</summary>
    public IEnumerable<string> Answers => _entries.Dictionary.Values;

    /// <summary>Puts the dictionary's text in the place of <paramref name="text"/>; an entry without a value means that there is none.</summary>
    public RowFault? Find(ref CellText text, out bool isPresent)
    {
        isPresent = true;
        if (_entries.TryGetValue(text.Span, out var value))
        {
            text = new CellText(value);
            isPresent = value.Length > 0;
            return null;
        }

        isPresent = miss == LookupMiss.Keep;
        return miss != LookupMiss.Reject
            ? null
            : new RowFault(
                RejectReason.UnmappedValue,
                $"A word of {text.Span.Length} characters is none of the {_entries.Dictionary.Count} of {Origin}, or say what unknown words become.");
    }
}
