using CallTracking.Mapping;

namespace CallTracking.Agent.Quarantine;

/// <summary>The words for which rows stand in quarantine, found by mapping what was kept of them once more, as the mapping is now.</summary>
/// <param name="Values">Those met most often first.</param>
/// <param name="Mended">Rows that would become cases now.</param>
/// <param name="Others">Rows that stand there for want of a word, but are not kept whole, cannot be opened or fail for something else now.</param>
/// <param name="OfOtherWords">Rows of further words, when there are more than are told apart.</param>
internal sealed record UnknownWords(IReadOnlyList<UnknownValue> Values, int Mended, int Others, long OfOtherWords)
{
    public static async Task<UnknownWords> OfAsync(
        QuarantineDesk desk, IEnumerable<QuarantineEntry> entries, IReadOnlyDictionary<string, SourceMapping> mappings, CancellationToken cancellationToken)
    {
        var (mended, others) = (0, 0);
        var words = new WordTally();
        foreach (var entry in entries.Where(entry => entry.Reason == RejectReason.UnmappedValue))
        {
            switch (mappings.TryGetValue(entry.Source, out var mapping) ? await MapAsync(desk, entry, mapping, cancellationToken) : null)
            {
                case RowOutcome.Rejected { Word: { } word } rejected:
                    words.Add(entry.Source, mapping!, rejected.Field, word);
                    break;
                case RowOutcome.Mapped:
                    mended++;
                    break;
                default:
                    others++;
                    break;
            }
        }

        return new UnknownWords(words.Values, mended, others, words.OtherRows);
    }

    private static async Task<RowOutcome?> MapAsync(QuarantineDesk desk, QuarantineEntry entry, SourceMapping mapping, CancellationToken cancellationToken)
    {
        try
        {
            // One that cannot be opened is among the others: 'show' says why.
            var kept = desk.TryRead(entry, out var content) ? content : null;
            using var reader = kept?.Reopen(mapping);
            return reader is not null ? await reader.ReadAsync(cancellationToken) : kept is { IsWhole: true } ? mapping.LookAtKept(kept.Bytes) : null;
        }
        catch (SourceFormatException)
        {
            return null;
        }
    }
}
