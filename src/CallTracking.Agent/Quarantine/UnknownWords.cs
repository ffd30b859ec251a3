using CallTracking.Agent.Sources;
using CallTracking.Mapping;

namespace CallTracking.Agent.Quarantine;

/// <summary>
/// The words for which rows stand in quarantine, found by mapping them once more, as the mapping is now: what was kept of them, or where that is not enough
/// to read them by (XML, workbooks), their files.
/// </summary>
/// <param name="Values">Those met most often first.</param>
/// <param name="Mended">Rows that would become cases now.</param>
/// <param name="Others">Rows that stand there for want of a word, but are not kept whole, cannot be opened or fail for something else now.</param>
/// <param name="OfOtherWords">Rows of further words, when there are more than are told apart.</param>
internal sealed record UnknownWords(IReadOnlyList<UnknownValue> Values, int Mended, int Others, long OfOtherWords)
{
    public static async Task<UnknownWords> OfAsync(
        QuarantineDesk desk, IEnumerable<QuarantineEntry> entries, IReadOnlyList<Source> sources, CancellationToken cancellationToken)
    {
        var (mended, others) = (0, 0);
        var words = new WordTally();
        var mappings = sources.DistinctBy(source => source.Name).ToDictionary(source => source.Name, source => source.Mapping);
        var left = new HashSet<QuarantineEntry>();
        foreach (var entry in entries.Where(entry => entry.Reason == RejectReason.UnmappedValue))
        {
            if (mappings.TryGetValue(entry.Source, out var mapping) && await MapAsync(desk, entry, mapping, cancellationToken) is { } outcome)
            {
                Count(entry.Source, mapping, outcome);
            }
            else
            {
                left.Add(entry);
            }
        }

        // What cannot be opened stays among the others: 'show' says why.
        var sought = left.Where(entry => desk.TryRead(entry, out _)).ToList();
        foreach (var source in sources.Where(source => source.IsOfFiles))
        {
            var places = sought.Where(entry => left.Contains(entry) && entry.Source == source.Name && entry.Row is not null).ToDictionary(entry => (entry.File, entry.Row!.Value));
            await foreach (var (entry, outcome) in QuarantinedRows.FindAsync(source, places, cancellationToken))
            {
                left.Remove(entry);
                Count(source.Name, source.Mapping, outcome);
            }
        }

        return new UnknownWords(words.Values, mended, others + left.Count, words.OtherRows);

        void Count(string source, SourceMapping mapping, RowOutcome outcome)
        {
            switch (outcome)
            {
                case RowOutcome.Rejected { Word: { } word } rejected:
                    words.Add(source, mapping, rejected.Field, word);
                    break;
                case RowOutcome.Mapped:
                    mended++;
                    break;
                default:
                    others++;
                    break;
            }
        }
    }

    private static async Task<RowOutcome?> MapAsync(QuarantineDesk desk, QuarantineEntry entry, SourceMapping mapping, CancellationToken cancellationToken)
    {
        try
        {
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
