using System.Globalization;

namespace CallTracking.Mapping.Reading.Lines;

/// <summary>Looks for a header that does not stand where the mapping says.</summary>
internal sealed class HeaderSearch(Framing framing, RecordCutter cutter)
{
    // Among so many it is looked for.
    private const int MostLines = 20;

    /// <summary>What to write in the mapping when one of the next lines has its columns; null when none has. The lines are not read again.</summary>
    /// <param name="cells">The cells of the line at hand; null where it has none.</param>
    /// <param name="check">The faults of a header.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public async ValueTask<string?> CureAsync(Func<IEnumerable<string>?> cells, HeaderCheck check, CancellationToken cancellationToken)
    {
        for (var line = 1; line <= MostLines && await cutter.CutLineAsync(cancellationToken).ConfigureAwait(false) == ReadKind.Row; line++)
        {
            if (cells() is { } names && check(HeaderNames.Of(names)).Count == 0)
            {
                var preamble = framing.PreambleUntil is null ? framing.PreambleLines + line : (int)cutter.Line - 1;
                return string.Create(CultureInfo.InvariantCulture, $"Line {cutter.Line} has them: write preamble: {preamble} under format in the mapping.");
            }
        }

        return null;
    }
}
