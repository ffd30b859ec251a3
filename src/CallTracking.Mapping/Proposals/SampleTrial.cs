namespace CallTracking.Mapping.Proposals;

/// <summary>Reads the sample with the proposed mapping, and takes back what does not hold.</summary>
internal static class SampleTrial
{
    private const int MostRounds = 12;

    public static async Task<MappingProposal> SoundAsync(
        MappingText text, ColumnSamples sample, string file, int mostRows, double mostRejected, CancellationToken cancellationToken)
    {
        for (var round = 0; ; round++)
        {
            var yaml = text.Write();
            var mapping = Load(text.Format.IsOpen ? text.Write(text.Format.Yaml) : yaml);
            var (outcomes, rejectedBy, first, cases) = await TryAsync(mapping, file, mostRows, cancellationToken).ConfigureAwait(false);
            var rows = outcomes.Values.Sum();
            var worst = rejectedBy.Where(entry => entry.Value > mostRejected * rows).OrderByDescending(entry => entry.Value).Select(entry => entry.Key).FirstOrDefault();
            var field = worst is null ? null : text.Fields.FirstOrDefault(field => field.Question is null && worst.StartsWith(field.Target == "custom_fields" ? $"custom_fields.{field.Column}" : field.Target, StringComparison.Ordinal));
            if (field is null || round == MostRounds)
            {
                return new MappingProposal(yaml, TestsText.Write(text, sample, mapping), text.Fields, outcomes)
                {
                    Format = text.Format.Written,
                    FirstRow = first,
                    Cases = cases,
                    Encoding = text.Format.Encoding,
                    Questions = [.. Damage(outcomes, rows), .. text.Questions, .. ElementLists.Questions(text.Lists), .. text.Fields.Select(field => field.Question).OfType<string>()],
                };
            }

            text = With(text, [.. text.Fields.Select(other => other == field
                ? other with { Question = FormattableString.Invariant($"'{other.Column}' would reject {rejectedBy[worst!]} of {rows} records: is it this field, and written so?") }
                : other)]);
        }
    }

    /// <exception cref="InvalidOperationException">The proposal is no sound mapping: a fault of this program.</exception>
    public static SourceMapping Load(string yaml)
    {
        var load = SourceMapping.Parse("mapping.yaml", yaml);
        return load.Mapping ?? throw new InvalidOperationException($"The proposed mapping has faults: {string.Join(Environment.NewLine, load.Faults)}");
    }

    public static async Task<(SortedDictionary<string, int> Outcomes, Dictionary<string, int> RejectedBy, long First, int Cases)> TryAsync(
        SourceMapping mapping, string file, int mostRows, CancellationToken cancellationToken)
    {
        var outcomes = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var rejectedBy = new Dictionary<string, int>(StringComparer.Ordinal);
        var keys = new HashSet<string>(StringComparer.Ordinal);
        var first = 0L;
        await using var reader = mapping.OpenReader(File.OpenRead(file), Path.GetFileName(file));
        for (var read = 0; read < mostRows && await reader.ReadAsync(cancellationToken).ConfigureAwait(false) is { } outcome; read++)
        {
            var kind = outcome is RowOutcome.Rejected rejected ? rejected.Reason : outcome is RowOutcome.Mapped ? "cases" : outcome.GetType().Name.ToLowerInvariant();
            first = first > 0 || outcome is RowOutcome.Blank ? first : outcome.Position.Row;
            outcomes[kind] = outcomes.GetValueOrDefault(kind) + 1;
            if (outcome is RowOutcome.Mapped { LocalId: var key })
            {
                keys.Add(key);
            }

            if (outcome is RowOutcome.Rejected { Field: { Length: > 0 } field, Reason: not RejectReason.DamagedText })
            {
                rejectedBy[field] = rejectedBy.GetValueOrDefault(field) + 1;
            }
        }

        return (outcomes, rejectedBy, Math.Max(1, first), keys.Count);
    }

    private static IEnumerable<string> Damage(SortedDictionary<string, int> outcomes, int rows) => outcomes.TryGetValue(RejectReason.DamagedText, out var damaged)
        ? [FormattableString.Invariant($"{damaged} of {rows} records have lost letters (U+FFFD), which nobody can bring back: can the export be had undamaged? damaged: keep takes it as it is.")]
        : [];

    private static MappingText With(MappingText text, IReadOnlyList<ProposedField> fields) => new()
    {
        Source = text.Source,
        Format = text.Format,
        Region = text.Region,
        Key = text.Key,
        Nulls = text.Nulls,
        Rows = text.Rows,
        Fields = fields,
        Lists = text.Lists,
        Empty = text.Empty,
        Damage = text.Damage,
    };
}
