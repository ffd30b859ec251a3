using System.Globalization;
using CallTracking.Agent.Sources;

namespace CallTracking.Agent.Commands;

/// <summary>Shows how far a long reading is: rows, rate and, where sizes are known, share and time left. Writes over one line.</summary>
internal sealed class ReadingProgress(TextWriter output, bool isShown, TimeProvider clock)
{
    private const int RowsBetween = 256;
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(0.5);

    private readonly long _began = clock.GetTimestamp();
    private long _last = clock.GetTimestamp();
    private long _rows;
    private long _passed;
    private int _shown;

    /// <summary>Bytes of all inputs; 0 when that is not known.</summary>
    public long Total { get; init; }

    /// <summary>The bytes that inputs have on disk; 0 as soon as one is no file.</summary>
    public static long BytesOf(IEnumerable<SourceInput> inputs)
    {
        var total = 0L;
        foreach (var input in inputs.SelectMany(input => input.Parts))
        {
            if (input.Bytes == 0)
            {
                return 0;
            }

            total += input.Bytes;
        }

        return total;
    }

    /// <summary>A row of an input was read, which begins at that byte of it.</summary>
    public void Row(SourceInput input, long offset)
    {
        _rows++;
        if (!isShown || _rows % RowsBetween != 0 || clock.GetElapsedTime(_last) < Between)
        {
            return;
        }

        _last = clock.GetTimestamp();
        var text = Text(_rows, Total == 0 ? null : (double)(_passed + input.BytesBefore(offset)) / Total, clock.GetElapsedTime(_began));
        output.Write("\r" + text.PadRight(_shown));
        _shown = text.Length;
    }

    /// <summary>An input was read to its end.</summary>
    public void Passed(SourceInput input) => _passed += input.Bytes;

    /// <summary>Takes the line away.</summary>
    public void Clear()
    {
        if (_shown > 0)
        {
            output.Write("\r".PadRight(_shown + 1) + "\r");
            _shown = 0;
        }
    }

    /// <summary>The line.</summary>
    /// <param name="rows">Rows read.</param>
    /// <param name="share">Of all that is to be read, 0 to 1; null where that is not known.</param>
    /// <param name="elapsed">Since the reading began.</param>
    /// <param name="more">What became of the rows, with a sign before it.</param>
    internal static string Text(long rows, double? share, TimeSpan elapsed, string more = "")
    {
        var rate = string.Create(CultureInfo.InvariantCulture, $"read {rows:N0} {(rows == 1 ? "row" : "rows")}{more} · {rows / Math.Max(elapsed.TotalSeconds, 0.1):N0}/s");
        if (share is not (> 0 and <= 1))
        {
            return rate;
        }

        var left = elapsed * ((1 - share.Value) / share.Value);
        var bar = new string('█', (int)(share.Value * 20)).PadRight(20, '░');
        var rest = share < 1 ? string.Create(CultureInfo.InvariantCulture, $" · {(int)left.TotalMinutes}:{left.Seconds:00} left") : string.Empty;
        return string.Create(CultureInfo.InvariantCulture, $"{bar} {share.Value * 100:0} % · {rate}{rest}");
    }
}
