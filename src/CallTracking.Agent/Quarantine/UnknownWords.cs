using CallTracking.Mapping;

namespace CallTracking.Agent.Quarantine;

/// <summary>A word that no table of the mapping has. What a cell holds can be anything: for this terminal only.</summary>
/// <param name="Place">Of the table: file and line.</param>
internal sealed record UnknownValue(string Source, string Field, string Word, string Place, int Rows);

/// <summary>The words for which rows stand in quarantine, found by mapping what was kept of them once more, as the mapping is now.</summary>
/// <param name="Values">Those met most often first.</param>
/// <param name="Mended">Rows that would become cases now.</param>
/// <param name="Others">Rows that stand there for want of a word, but are not kept whole or fail for something else now.</param>
internal sealed record UnknownWords(IReadOnlyList<UnknownValue> Values, int Mended, int Others)
{
    public static async Task<UnknownWords> OfAsync(
        QuarantineDesk desk, IEnumerable<QuarantineEntry> entries, IReadOnlyDictionary<string, SourceMapping> mappings, CancellationToken cancellationToken)
    {
        var (mended, others) = (0, 0);
        var words = new Dictionary<(string Source, string Field, string Word, string Place), int>();
        foreach (var entry in entries.Where(entry => entry.Reason == RejectReason.UnmappedValue))
        {
            switch (mappings.TryGetValue(entry.Source, out var mapping) ? await MapAsync(desk, entry, mapping, cancellationToken) : null)
            {
                case RowOutcome.Rejected { Word: { } word } rejected:
                    var key = (entry.Source, rejected.Field ?? string.Empty, word.Text, $"{Path.GetFileName(mapping!.File)}:{word.Line}");
                    words[key] = words.GetValueOrDefault(key) + 1;
                    break;
                case RowOutcome.Mapped:
                    mended++;
                    break;
                default:
                    others++;
                    break;
            }
        }

        return new UnknownWords(
            [.. words.OrderByDescending(word => word.Value).ThenBy(word => word.Key).Select(word => new UnknownValue(word.Key.Source, word.Key.Field, word.Key.Word, word.Key.Place, word.Value))],
            mended,
            others);
    }

    private static async Task<RowOutcome?> MapAsync(QuarantineDesk desk, QuarantineEntry entry, SourceMapping mapping, CancellationToken cancellationToken)
    {
        try
        {
            using var reader = desk.Read(entry)?.Reopen(mapping);
            return reader is null ? null : await reader.ReadAsync(cancellationToken);
        }
        catch (SourceFormatException)
        {
            return null;
        }
    }
}
