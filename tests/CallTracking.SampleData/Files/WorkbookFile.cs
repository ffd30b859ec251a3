using System.Buffers;
using System.Globalization;
using System.IO.Compression;
using System.Xml;
using CallTracking.SampleData.Stories;

namespace CallTracking.SampleData.Files;

/// <summary>
/// An Excel workbook with one sheet: a title, an empty row, a header, then the cases. Times and days are dates of Excel with a style,
/// words that come again stand in the table of shared texts, long texts in their cells, so that the table stays small.
/// </summary>
internal sealed class WorkbookFile(Storyteller storyteller, string sheet, Column[] columns) : RegionFile(storyteller), IDisposable
{
    private const int SharedTexts = 500;
    private const int LongestShared = 24;

    private readonly Dictionary<string, int> _shared = new(StringComparer.Ordinal);
    private ZipArchive? _archive;
    private XmlWriter? _rows;
    private int _row;

    // Texts of XML are sound or the workbook is none.
    public override bool CanHold(Quirk quirk) => quirk is not (Quirk.Blank or Quirk.Undecodable);

    public override void Begin(IBufferWriter<byte> output)
    {
        _archive = new ZipArchive(new BufferStream(output), ZipArchiveMode.Create);
        foreach (var (name, xml) in WorkbookParts.Fixed(sheet))
        {
            using var part = new StreamWriter(Open(name));
            part.Write(xml);
        }

        _rows = WorkbookParts.Writer(Open("xl/worksheets/sheet1.xml"));
        _rows.WriteStartElement("worksheet", WorkbookParts.Main);
        _rows.WriteStartElement("sheetData");
        Texts([$"{sheet} ({Storyteller.Region.Code})"]);
        _row++;
        Texts([.. columns.Select(column => column.Header)]);
    }

    public override void Row(IBufferWriter<byte> output, CaseDraft draft, Quirk quirk)
    {
        var cells = new Cells(draft, quirk, Storyteller.Region, Storyteller);
        BeginRow();
        for (var i = 0; i < columns.Length; i++)
        {
            Cell(columns[i], i, cells);
        }

        _rows!.WriteEndElement();
    }

    public override void BlankRow(IBufferWriter<byte> output) => throw new NotSupportedException("A row without cells is no row of a sheet.");

    public override void End(IBufferWriter<byte> output)
    {
        _rows!.WriteEndElement();
        _rows.WriteEndElement();
        _rows.Dispose();
        using (var texts = WorkbookParts.Writer(Open("xl/sharedStrings.xml")))
        {
            texts.WriteStartElement("sst", WorkbookParts.Main);
            foreach (var text in _shared.OrderBy(pair => pair.Value).Select(pair => pair.Key))
            {
                texts.WriteStartElement("si");
                texts.WriteElementString("t", text);
                texts.WriteEndElement();
            }

            texts.WriteEndElement();
        }

        _archive!.Dispose();
    }

    public override void Note(CaseDraft draft)
    {
        foreach (var column in columns)
        {
            column.Take(new Cells(draft, Quirk.None, Storyteller.Region, Storyteller));
        }
    }

    public void Dispose()
    {
        _rows?.Dispose();
        _archive?.Dispose();
    }

    private Stream Open(string name)
    {
        var entry = _archive!.CreateEntry(name, CompressionLevel.Fastest);

        // The same options give the same bytes, whenever they are written.
        entry.LastWriteTime = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        return entry.Open();
    }

    private void Texts(string[] texts)
    {
        BeginRow();
        for (var i = 0; i < texts.Length; i++)
        {
            Text(i, texts[i]);
        }

        _rows!.WriteEndElement();
    }

    private void BeginRow()
    {
        _rows!.WriteStartElement("row");
        _rows.WriteAttributeString("r", (++_row).ToString(CultureInfo.InvariantCulture));
    }

    private void Cell(Column column, int position, Cells cells)
    {
        var text = column.Take(cells);
        if (column.Time is { } time && time(cells) is { } at)
        {
            Value(position, at.ToOADate().ToString("R", CultureInfo.InvariantCulture), WorkbookParts.MinuteStyle);
        }
        else if (column.Day is { } day && day(cells) is { } on)
        {
            Value(position, on.ToDateTime(default).ToOADate().ToString("R", CultureInfo.InvariantCulture), WorkbookParts.DayStyle);
        }
        else if (column.Number is { } number && number(cells) is { } count)
        {
            Value(position, count.ToString(CultureInfo.InvariantCulture), style: null);
        }
        else if (!string.IsNullOrEmpty(text))
        {
            Text(position, text);
        }
    }

    private void Value(int position, string value, string? style)
    {
        BeginCell(position, style);
        _rows!.WriteElementString("v", value);
        _rows.WriteEndElement();
    }

    private void Text(int position, string text)
    {
        BeginCell(position, style: null);
        if (Share(text) is { } number)
        {
            _rows!.WriteAttributeString("t", "s");
            _rows.WriteElementString("v", number.ToString(CultureInfo.InvariantCulture));
        }
        else
        {
            _rows!.WriteAttributeString("t", "inlineStr");
            _rows.WriteStartElement("is");
            _rows.WriteStartElement("t");
            _rows.WriteAttributeString("xml", "space", null, "preserve");
            _rows.WriteString(text);
            _rows.WriteEndElement();
            _rows.WriteEndElement();
        }

        _rows.WriteEndElement();
    }

    private void BeginCell(int position, string? style)
    {
        _rows!.WriteStartElement("c");
        _rows.WriteAttributeString("r", WorkbookParts.ColumnName(position) + _row.ToString(CultureInfo.InvariantCulture));
        if (style is not null)
        {
            _rows.WriteAttributeString("s", style);
        }
    }

    private int? Share(string text)
    {
        if (_shared.TryGetValue(text, out var number))
        {
            return number;
        }

        if (text.Length > LongestShared || _shared.Count >= SharedTexts)
        {
            return null;
        }

        _shared.Add(text, _shared.Count);
        return _shared.Count - 1;
    }
}
