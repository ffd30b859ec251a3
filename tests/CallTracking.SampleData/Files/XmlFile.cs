using System.Buffers;
using System.Globalization;
using System.Security;
using System.Text;
using CallTracking.SampleData.Stories;

namespace CallTracking.SampleData.Files;

/// <summary>What the elements of an XML export are called.</summary>
/// <param name="Root">Around all records.</param>
/// <param name="Record">Around a case.</param>
/// <param name="Remarks">Around the conversation.</param>
/// <param name="Remark">One entry of it.</param>
/// <param name="At">Its attribute for the time.</param>
/// <param name="By">Its attribute for who wrote it.</param>
/// <param name="Authors">Customer, agent, note for colleagues.</param>
internal sealed record XmlNames(string Root, string Record, string Remarks, string Remark, string At, string By, string[] Authors);

/// <summary>
/// An XML export in the region's encoding: an element per column, nested where a header is <c>group/name</c>, and the conversation
/// as elements of its own.
/// </summary>
internal sealed class XmlFile(Storyteller storyteller, XmlNames names, Column[] columns) : RegionFile(storyteller)
{
    // No encoding of more than one byte begins a character so.
    private static readonly byte[] RottenBytes = [0xFF, 0xFF];

    private readonly StringBuilder _text = new();

    // A document has no blank rows.
    public override bool CanHold(Quirk quirk) => quirk != Quirk.Blank;

    public override void Begin(IBufferWriter<byte> output)
    {
        _text.Clear();
        _text.Append(CultureInfo.InvariantCulture, $"<?xml version=\"1.0\" encoding=\"{Storyteller.Region.Encoding.WebName.ToUpperInvariant()}\"?>\n<{names.Root}>\n");
        Encode(output);
    }

    public override void Row(IBufferWriter<byte> output, CaseDraft draft, Quirk quirk)
    {
        var cells = new Cells(draft, quirk, Storyteller.Region, Storyteller);
        _text.Append('<').Append(names.Record).Append('>');
        var group = string.Empty;
        foreach (var column in columns)
        {
            var slash = column.Header.IndexOf('/', StringComparison.Ordinal);
            group = Enter(group, slash < 0 ? string.Empty : column.Header[..slash]);
            Element(column.Header[(slash + 1)..], column.Take(cells));
        }

        Enter(group, string.Empty);
        Remarks(cells);
        if (quirk == Quirk.Undecodable)
        {
            _text.Append("<!-- ");
            Encode(output);
            output.Write(RottenBytes);
            _text.Append(" -->");
        }

        _text.Append("</").Append(names.Record).Append(">\n");
        Encode(output);
    }

    public override void BlankRow(IBufferWriter<byte> output) => throw new NotSupportedException("An XML document has no blank rows.");

    public override void End(IBufferWriter<byte> output)
    {
        _text.Append("</").Append(names.Root).Append(">\n");
        Encode(output);
    }

    private string Enter(string group, string next)
    {
        if (group != next)
        {
            _text.Append(group.Length > 0 ? $"</{group}>" : string.Empty).Append(next.Length > 0 ? $"<{next}>" : string.Empty);
        }

        return next;
    }

    private void Element(string name, string? value)
    {
        if (string.IsNullOrEmpty(value))
        {
            _text.Append('<').Append(name).Append("/>");
            return;
        }

        _text.Append('<').Append(name).Append('>').Append(SecurityElement.Escape(value)).Append("</").Append(name).Append('>');
    }

    private void Remarks(Cells cells)
    {
        _text.Append('<').Append(names.Remarks).Append('>');
        foreach (var remark in cells.Draft.Remarks)
        {
            _text.Append(CultureInfo.InvariantCulture, $"<{names.Remark} {names.At}=\"{cells.Local(remark.At):yyyy-MM-dd HH:mm:ss}\" {names.By}=\"{names.Authors[(int)remark.Author]}\">")
                .Append(SecurityElement.Escape(remark.Body))
                .Append("</").Append(names.Remark).Append('>');
        }

        _text.Append("</").Append(names.Remarks).Append('>');
    }

    private void Encode(IBufferWriter<byte> output)
    {
        foreach (var chunk in _text.GetChunks())
        {
            Storyteller.Region.Encoding.GetBytes(chunk.Span, output);
        }

        _text.Clear();
    }
}
