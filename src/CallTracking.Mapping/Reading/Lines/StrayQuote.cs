using CallTracking.Contracts;

namespace CallTracking.Mapping.Reading.Lines;

/// <summary>Whether a line that a quote took along is surely a record by itself; <paramref name="behind"/> is the line behind it, empty at the end.</summary>
internal delegate bool RecordTest(ReadOnlySpan<byte> line, ReadOnlySpan<byte> behind);

/// <summary>Frees the lines that a stray quote took along with its record: they may be sound records. Not thread-safe.</summary>
internal sealed class StrayQuote(string fileName, RecordCutter cutter, RecordTest isRecord)
{
    /// <summary>Set when a quote without end took the rest of the file along, and nothing of it could be freed: reading cannot go on.</summary>
    public Fault? Lost { get; private set; }

    private ReadOnlySpan<byte> Record => cutter.Record.Span;

    /// <summary>Ends the broken record at hand before its first line that is sound, and says so; null when it has one line only.</summary>
    /// <param name="message">What broke it.</param>
    /// <param name="isCut">The file was cut off within the quote: what looks like records there is text, and stays with its record.</param>
    public string? Free(string message, bool isCut)
    {
        var lines = 1 + LineEnds.Count(Record, LineEnds.WithoutEnd(Record));
        if (lines == 1)
        {
            return null;
        }

        if (!isCut && NextSound() is { } next && cutter.TryEndBefore(next))
        {
            return $"{message} Reading goes on in line {cutter.NextLine}, the first that is a record by itself.";
        }

        var all = $"{message} The record takes {lines} lines, from line {cutter.Line} on.";
        Lost = cutter.IsUnclosed
            ? new Fault(fileName, (int)cutter.Line, 1, all, "Ask for the export again: it may be cut off; or correct quote and escape under format in the mapping.")
            : null;
        return all;
    }

    private int? NextSound()
    {
        for (int at = LineEnds.NextLine(Record, 0), next; at < Record.Length; at = next)
        {
            next = LineEnds.NextLine(Record, at);
            if (isRecord(LineOf(at, next), LineOf(next, LineEnds.NextLine(Record, next))))
            {
                return at;
            }
        }

        return null;
    }

    private ReadOnlySpan<byte> LineOf(int from, int to) => Record[from..(from + LineEnds.WithoutEnd(Record[from..to]))];
}
