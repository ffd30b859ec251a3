namespace CallTracking.Mapping.Reading.SqlDump;

/// <summary>Cuts a line of <c>COPY … FROM stdin</c> into values: tabs between them, <c>\N</c> for none.</summary>
internal static class SqlCopyLine
{
    public static void Cut(ReadOnlySpan<byte> line, SqlCells cells)
    {
        cells.Clear();
        while (true)
        {
            var tab = line.IndexOf((byte)'\t');
            Add(tab < 0 ? line : line[..tab], cells);
            if (tab < 0)
            {
                break;
            }

            line = line[(tab + 1)..];
        }

        cells.Decode();
    }

    private static void Add(ReadOnlySpan<byte> field, SqlCells cells)
    {
        var from = cells.Bytes.Length;
        if (field.SequenceEqual("\\N"u8))
        {
            cells.Add(from, SqlValueKind.Null);
            return;
        }

        for (var at = 0; at < field.Length;)
        {
            var next = field[at..].IndexOf((byte)'\\');
            cells.Bytes.Append(next < 0 ? field[at..] : field.Slice(at, next));
            at = next < 0 ? field.Length : at + next + 1;
            if (next >= 0)
            {
                SqlEscapes.Append(field, ref at, SqlDialect.Postgres, cells.Bytes);
            }
        }

        cells.Add(from, SqlValueKind.Text);
    }
}
