using System.Text;

namespace CallTracking.Mapping.Reading.SqlDump;

/// <summary>A column as the dump declares it; the type in small letters, empty where it is not known.</summary>
internal readonly record struct SqlColumn(string Name, string Type);

/// <summary>Names in a dump, and the columns of a <c>CREATE TABLE</c> or of a list.</summary>
internal static class SqlNames
{
    // What a line of CREATE TABLE begins with when it declares no column.
    private static readonly HashSet<string> NoColumns = new(StringComparer.OrdinalIgnoreCase)
    {
        "PRIMARY", "KEY", "UNIQUE", "INDEX", "FULLTEXT", "SPATIAL", "CONSTRAINT", "CHECK", "FOREIGN", "LIKE", "EXCLUDE", "PERIOD",
    };

    /// <summary>The name at the start, without its quotes; null when there is none.</summary>
    public static string? TryRead(ReadOnlySpan<byte> bytes, out int length)
    {
        length = 0;
        if (bytes.IsEmpty)
        {
            return null;
        }

        if (bytes[0] is not ((byte)'`' or (byte)'"'))
        {
            while (length < bytes.Length && (bytes[length] is (byte)'_' or (byte)'$' or >= 0x80 || char.IsAsciiLetterOrDigit((char)bytes[length])))
            {
                length++;
            }

            return length == 0 ? null : Encoding.UTF8.GetString(bytes[..length]);
        }

        var quote = bytes[0];
        for (var at = 1; at < bytes.Length; at++)
        {
            if (bytes[at] != quote)
            {
                continue;
            }

            if (at + 1 < bytes.Length && bytes[at + 1] == quote)
            {
                at++;
                continue;
            }

            length = at + 1;
            var sign = ((char)quote).ToString();
            return Encoding.UTF8.GetString(bytes[1..at]).Replace(sign + sign, sign, StringComparison.Ordinal);
        }

        return null;
    }

    /// <summary>The columns between parentheses; keys and constraints are none.</summary>
    public static List<SqlColumn> ColumnsOf(ReadOnlySpan<byte> group, SqlDumpStart start)
    {
        var columns = new List<SqlColumn>();
        var rest = group[1..];
        while (!rest.IsEmpty)
        {
            rest = rest.TrimStart(" \t\r\n"u8);
            var isQuoted = rest.Length > 0 && rest[0] is (byte)'`' or (byte)'"';
            if (TryRead(rest, out var length) is { } name && (isQuoted || !NoColumns.Contains(name)))
            {
                var type = TryRead(rest[length..].TrimStart(" \t\r\n"u8), out _);
                columns.Add(new SqlColumn(name, type?.ToLowerInvariant() ?? string.Empty));
            }

            rest = rest[ItemLength(rest, start)..];
        }

        return columns;
    }

    /// <summary>Bytes to the next comma outside groups and texts, and over it.</summary>
    private static int ItemLength(ReadOnlySpan<byte> rest, SqlDumpStart start)
    {
        for (var at = 0; at < rest.Length;)
        {
            switch (rest[at])
            {
                case (byte)',':
                    return at + 1;
                case (byte)'(' or (byte)'\'' or (byte)'"' or (byte)'`':
                    at += GroupLength(rest[at..], start);
                    break;
                default:
                    at++;
                    break;
            }
        }

        return rest.Length;
    }

    private static int GroupLength(ReadOnlySpan<byte> bytes, SqlDumpStart start)
    {
        if (bytes[0] == '(')
        {
            return new SqlExtent(start, isGroup: true).TryEnd(bytes, out var group) ? group : bytes.Length;
        }

        var quote = bytes[0];
        for (var at = 1; at < bytes.Length; at++)
        {
            if (bytes[at] == '\\' && start.EscapesPlainStrings && quote == '\'')
            {
                at++;
            }
            else if (bytes[at] == quote)
            {
                return at + 1;
            }
        }

        return bytes.Length;
    }
}
