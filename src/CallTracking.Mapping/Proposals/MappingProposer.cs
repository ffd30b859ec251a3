using System.Text;

namespace CallTracking.Mapping.Proposals;

/// <summary>Proposes a mapping for files that nobody has mapped yet, from a sample of them.</summary>
public static class MappingProposer
{
    private const int MostRows = 2000;

    // A field that costs so many of a sample's records is wrong, or the sample is.
    private const double MostRejected = 0.1;

    private static readonly HashSet<string> KnownNulls = new(StringComparer.Ordinal)
    {
        "?", "NULL", "null", "N/A", "n/a", "#N/A", "Unspecified", "None", "none", "nan", "NaN", "-", "--", "0000-00-00 00:00:00", "0000-00-00", "\\N", "(null)",
    };

    /// <summary>Looks at up to 2,000 records of the files, which are of one source; the first says how they are written.</summary>
    /// <exception cref="SourceFormatException">The first file cannot be read at all, or another is of another kind.</exception>
    /// <exception cref="IOException">A file cannot be opened.</exception>
    public static async Task<MappingProposal> ProposeAsync(IReadOnlyList<string> files, ProposalOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(options);
        await SampleKinds.RequireOneAsync(files, cancellationToken).ConfigureAwait(false);
        var format = await FormatFinder.FindAsync(files, cancellationToken).ConfigureAwait(false);
        var source = options.Source ?? NameOf(files[0]);
        if (format.Yaml.StartsWith("{type: mail", StringComparison.Ordinal))
        {
            return await MailProposal.ForAsync(source, format, options, files[0], cancellationToken).ConfigureAwait(false);
        }

        var sample = await ColumnSamples.ReadAsync(format, files, MostRows, KnownNulls, cancellationToken).ConfigureAwait(false);
        var chosen = FieldChoice.Of([.. sample.Columns.Where(column => !column.IsOfElements)], options.Country);
        var region = RegionSetting.Of(options, chosen);
        var text = new MappingText
        {
            Source = source,
            Format = format,
            Region = region,
            Key = KeyGuess.Of(sample.Columns, chosen, sample.Rows, sample.IsTree, new FieldValues(region)),
            Nulls = sample.Nulls,
            Rows = sample.Rows,
            Fields = Fields(sample.Columns, chosen, new FieldValues(region)),
            Lists = sample.Lists,
            Empty = sample.Empty,
            Damage = SheetDamage.Questions(sample.Columns),
        };
        return await SampleTrial.SoundAsync(text, sample, files[0], MostRows, MostRejected, cancellationToken).ConfigureAwait(false);
    }

    private static List<ProposedField> Fields(IReadOnlyList<ColumnSample> columns, IReadOnlyList<Candidate> chosen, FieldValues values)
    {
        var name = NameParts.Of(columns, chosen);
        if (name is not null)
        {
            chosen = [.. chosen.Where(candidate => candidate.Target != name.Field.Target && candidate.Column != name.Given && candidate.Column != name.Family)];
        }

        var fields = chosen.GroupBy(candidate => candidate.Target).Select(group => Named(values, group)).ToList();
        var custom = new CustomFieldGuess(values);
        var given = chosen.Select(candidate => candidate.Column).ToHashSet();
        if (name is not null)
        {
            fields.Add(name.Field);
            given.UnionWith([name.Given, name.Family]);
        }

        var others = columns.Where(column => !given.Contains(column) && column.Count > 0).Select(custom.Of).ToList();
        return [.. fields, .. others.Select(TimesLeft.Of(fields, others).Asked)];
    }

    // What is not sure of a list must not make the rest of it unsure.
    private static ProposedField Named(FieldValues values, IGrouping<string, Candidate> group)
    {
        var sure = group.Where(candidate => candidate.Score >= 0.7).ToList();
        return values.Of(group.Key, sure.Count > 0 ? sure : [.. group.Take(1)]);
    }

    private static string NameOf(string file)
    {
        var name = new StringBuilder();
        foreach (var one in WordTable.Fold(Path.GetFileNameWithoutExtension(file)))
        {
            if (char.IsAsciiLetterOrDigit(one))
            {
                name.Append(one);
            }
            else if (name.Length > 0 && name[^1] != '-')
            {
                name.Append('-');
            }
        }

        var plain = name.ToString().Trim('-');
        return plain.Length == 0 || !char.IsAsciiLetter(plain[0]) ? $"desk-{plain}".TrimEnd('-') : plain[..Math.Min(plain.Length, 40)].TrimEnd('-');
    }
}
