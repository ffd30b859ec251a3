using CallTracking.Mapping;

namespace CallTracking.Agent.Quarantine;

/// <summary>A word that no table of the mapping has. What a cell holds can be anything: for this terminal only.</summary>
/// <param name="Place">Where its table stands, or would: "values at mapping.yaml:11".</param>
internal sealed record UnknownValue(string Source, string Field, string Word, string Place, long Rows)
{
    private const string InLine = "values at ";

    /// <summary>False where the field takes words as they are.</summary>
    public bool HasTable { get; init; }

    /// <summary>The table has it in another case.</summary>
    public bool IsOtherCase { get; init; }

    /// <summary>What to write, for people.</summary>
    /// <param name="yaml">The word as YAML writes it.</param>
    public string Cure(string yaml) => !HasTable && Place.StartsWith(InLine, StringComparison.Ordinal) ? $"write a table there: values: {{{yaml}: …}} at {Place[InLine.Length..]}"
        : !HasTable ? $"write a table {{{yaml}: …}} under {Place}"
        : $"add '{yaml}: …' under {Place}{(IsOtherCase ? ", or ignore_case: true beside it: the table has the word in another case" : string.Empty)}";
}

/// <summary>
/// Counts the words that tables lack: the first thousand different ones, and how many rows have another. A column of free text that is mapped as
/// one of words has as many as it has rows, and none of them is worth keeping. Not thread-safe.
/// </summary>
internal sealed class WordTally
{
    /// <summary>Different words that are told apart.</summary>
    public const int MostWords = 1000;

    private const int MostLetters = 200;

    private readonly Dictionary<(string Source, string Field, string Word, string Place), (long Rows, UnknownWord Word)> _words = [];

    /// <summary>Rows whose word is none of <see cref="Values"/>.</summary>
    public long OtherRows { get; private set; }

    /// <summary>Those met most often first.</summary>
    public IReadOnlyList<UnknownValue> Values =>
    [
        .. _words.OrderByDescending(word => word.Value.Rows).ThenBy(word => word.Key).Select(word =>
            new UnknownValue(word.Key.Source, word.Key.Field, word.Key.Word, word.Key.Place, word.Value.Rows) { HasTable = word.Value.Word.HasTable, IsOtherCase = word.Value.Word.IsOtherCase }),
    ];

    /// <param name="source">Its name.</param>
    /// <param name="mapping">Whose table lacks it.</param>
    /// <param name="field">The field that it was for.</param>
    /// <param name="word">The word.</param>
    public void Add(string source, SourceMapping mapping, string? field, UnknownWord word)
    {
        var text = word.Text.Length > MostLetters ? word.Text[..MostLetters] + "…" : word.Text;
        var key = (source, field ?? string.Empty, text, mapping.PlaceFor(word, field ?? string.Empty));
        if (_words.TryGetValue(key, out var known))
        {
            _words[key] = known with { Rows = known.Rows + 1 };
        }
        else if (_words.Count < MostWords)
        {
            _words.Add(key, (1, word));
        }
        else
        {
            OtherRows++;
        }
    }
}
