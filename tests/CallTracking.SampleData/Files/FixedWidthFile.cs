using System.Buffers;
using System.Text;
using CallTracking.SampleData.Stories;

namespace CallTracking.SampleData.Files;

/// <summary>A column of a fixed-width export and the bytes that it takes.</summary>
internal sealed record FixedColumn(Column Column, int Width);

/// <summary>A mainframe's export: no header, each value filled up with blanks to so many bytes, one record a line.</summary>
/// <param name="storyteller">Tells the cases.</param>
/// <param name="columns">The last one is for remarks and always empty: broken bytes stand there.</param>
internal sealed class FixedWidthFile(Storyteller storyteller, FixedColumn[] columns) : RegionFile(storyteller)
{
    // A first byte whose second cannot be one.
    private static readonly byte[] RottenBytes = [0x81, 0x20];

    private readonly int _length = columns.Sum(column => column.Width);

    private Encoding Encoding => Storyteller.Region.Encoding;

    public override bool CanHold(Quirk quirk) => true;

    public override void Begin(IBufferWriter<byte> output)
    {
        // The columns are known by their places.
    }

    /// <exception cref="InvalidOperationException">A value is longer than its column: it would be cut, and the truth with it.</exception>
    public override void Row(IBufferWriter<byte> output, CaseDraft draft, Quirk quirk)
    {
        var cells = new Cells(draft, quirk, Storyteller.Region, Storyteller);
        var line = output.GetSpan(_length + 1)[..(_length + 1)];
        line.Fill((byte)' ');
        var at = 0;
        foreach (var (column, width) in columns)
        {
            // A record is a line.
            var value = (column.Take(cells) ?? string.Empty).Replace('\n', ' ');
            if (Encoding.GetByteCount(value) > width)
            {
                throw new InvalidOperationException($"A value of {Encoding.GetByteCount(value)} bytes does not fit into '{column.Header}' of {width}.");
            }

            Encoding.GetBytes(value, line[at..]);
            at += width;
        }

        if (quirk == Quirk.Undecodable)
        {
            RottenBytes.CopyTo(line[(_length - RottenBytes.Length)..]);
        }

        line[_length] = (byte)'\n';
        output.Advance(line.Length);
    }

    public override void BlankRow(IBufferWriter<byte> output)
    {
        var line = output.GetSpan(_length + 1)[..(_length + 1)];
        line.Fill((byte)' ');
        line[_length] = (byte)'\n';
        output.Advance(line.Length);
    }

    public override void End(IBufferWriter<byte> output)
    {
        // Nor has it an end mark.
    }
}
