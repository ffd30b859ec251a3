using System.Text;

namespace CallTracking.Mapping.Reading.Excel.Xlsx;

/// <summary>
/// The text of an XML part, strictly decoded. Gives out a bounded number of characters between two nodes: an attribute or a tag
/// without end would be held whole by the XML reader.
/// </summary>
internal sealed class BudgetedText(Stream unpacked) : TextReader
{
    private const int MostChars = 512 * 1024;

    private readonly StreamReader _reader =
        new(unpacked, new UTF8Encoding(false, throwOnInvalidBytes: true), detectEncodingFromByteOrderMarks: true, 32 * 1024);

    private int _left = MostChars;

    public void Refill() => _left = MostChars;

    public override int Read(char[] buffer, int index, int count)
    {
        var read = _reader.Read(buffer, index, count);
        _left -= read;
        return _left >= 0 ? read : throw new InvalidDataException($"A tag is longer than {MostChars} characters.");
    }

    public override int Read() => _reader.Read();

    public override int Peek() => _reader.Peek();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _reader.Dispose();
        }

        base.Dispose(disposing);
    }
}
