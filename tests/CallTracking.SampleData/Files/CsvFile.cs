using System.Buffers;
using System.Text;
using CallTracking.SampleData.Stories;

namespace CallTracking.SampleData.Files;

/// <summary>A delimited export: a header, CRLF between rows, quotes where a cell needs them.</summary>
/// <param name="storyteller">Tells the cases.</param>
/// <param name="delimiter">What stands between two cells.</param>
/// <param name="columns">The last one is for remarks and always empty: broken bytes stand there.</param>
/// <param name="rottenBytes">Bytes that the region's encoding does not have.</param>
internal sealed class CsvFile(Storyteller storyteller, char delimiter, Column[] columns, byte[] rottenBytes) : RegionFile(storyteller)
{
    private readonly StringBuilder _line = new();
    private readonly SearchValues<char> _needsQuotes = SearchValues.Create([delimiter, '"', '\n', '\r']);

    private SampleRegion Region => Storyteller.Region;

    public override bool CanHold(Quirk quirk) => true;

    public override void Begin(IBufferWriter<byte> output)
    {
        // A mark in UTF-16; the code pages have none.
        output.Write(Region.Encoding.Preamble);
        _line.Clear();
        for (var i = 0; i < columns.Length; i++)
        {
            Append(columns[i].Header, i);
        }

        EndLine(output);
    }

    public override void Row(IBufferWriter<byte> output, CaseDraft draft, Quirk quirk)
    {
        var cells = new Cells(draft, quirk, Region, Storyteller);
        _line.Clear();
        for (var i = 0; i < columns.Length; i++)
        {
            Append(columns[i].Take(cells), i);
        }

        if (quirk == Quirk.Undecodable)
        {
            Encode(output);
            output.Write(rottenBytes);
            _line.Clear();
        }

        EndLine(output);
    }

    public override void BlankRow(IBufferWriter<byte> output)
    {
        _line.Clear().Append(delimiter, columns.Length - 1);
        EndLine(output);
    }

    public override void End(IBufferWriter<byte> output)
    {
        // A CSV has no end mark.
    }

    private void Append(string? value, int position)
    {
        if (position > 0)
        {
            _line.Append(delimiter);
        }

        if (string.IsNullOrEmpty(value))
        {
            return;
        }

        if (value.AsSpan().ContainsAny(_needsQuotes))
        {
            _line.Append('"').Append(value.Contains('"', StringComparison.Ordinal) ? value.Replace("\"", "\"\"", StringComparison.Ordinal) : value).Append('"');
        }
        else
        {
            _line.Append(value);
        }
    }

    private void EndLine(IBufferWriter<byte> output)
    {
        _line.Append("\r\n");
        Encode(output);
    }

    private void Encode(IBufferWriter<byte> output)
    {
        foreach (var chunk in _line.GetChunks())
        {
            Region.Encoding.GetBytes(chunk.Span, output);
        }
    }
}
