using System.Text.RegularExpressions;
using CallTracking.Contracts;

namespace CallTracking.Mapping.Reading.SqlDump;

/// <summary>What the first lines of a dump say of it: who wrote it, and in which encoding.</summary>
/// <param name="Dialect">Whose SQL.</param>
/// <param name="Encoding">The mapping's, else the dump's own, else UTF-8.</param>
/// <param name="EscapesPlainStrings">A backslash in a plain string escapes what follows.</param>
/// <param name="EndMark">How a comment begins that says that the dump is complete.</param>
internal sealed partial record SqlDumpStart(SqlDialect Dialect, SourceEncoding Encoding, bool EscapesPlainStrings, string EndMark)
{
    /// <summary>Bytes that are looked at.</summary>
    public const int SniffedBytes = 32 * 1024;

    // What servers call their encodings, where .NET does not know it by that name.
    private static readonly Dictionary<string, string> Encodings = new(StringComparer.OrdinalIgnoreCase)
    {
        ["utf8mb3"] = "utf-8",
        ["utf8mb4"] = "utf-8",
        ["utf8"] = "utf-8",
        ["unicode"] = "utf-8",
        ["sql_ascii"] = "utf-8",
        ["binary"] = "utf-8",
        ["latin2"] = "iso-8859-2",
        ["latin5"] = "iso-8859-9",
        ["latin7"] = "iso-8859-13",
        ["latin9"] = "iso-8859-15",
        ["greek"] = "iso-8859-7",
        ["hebrew"] = "iso-8859-8",
        ["iso_8859_5"] = "iso-8859-5",
        ["iso_8859_7"] = "iso-8859-7",
        ["tis620"] = "874",
        ["euckr"] = "949",
        ["euc_kr"] = "51949",
        ["uhc"] = "949",
        ["ujis"] = "euc-jp",
        ["eucjpms"] = "euc-jp",
        ["euc_jp"] = "euc-jp",
        ["euc_cn"] = "51936",
        ["koi8r"] = "20866",
        ["koi8u"] = "21866",
        ["koi8"] = "20866",
    };

    /// <exception cref="SourceFormatException">Neither the mapping nor the file says what it is.</exception>
    public static SqlDumpStart Of(ReadOnlySpan<byte> bytes, SqlDumpFormat format, string fileName)
    {
        if (bytes.StartsWith("PGDMP"u8))
        {
            throw new SourceFormatException(new Fault(
                fileName, 1, 1, "The dump is in pg_dump's custom format, which only pg_restore reads.", "have it written in plain form (pg_dump without -Fc), or make one of it: pg_restore -f dump.sql"));
        }

        var start = System.Text.Encoding.Latin1.GetString(bytes);
        var data = DataStatement().Match(start);
        start = data.Success ? start[..data.Index] : start;
        var dialect = format.Dialect != SqlDialect.Unknown ? format.Dialect
            : PostgresSigns().IsMatch(start) || data.Groups["copy"].Success ? SqlDialect.Postgres
            : MySqlSigns().IsMatch(start) || data.Groups["tick"].Success ? SqlDialect.MySql
            : throw new SourceFormatException(new Fault(
                fileName, 1, 1, "Nothing at the start of the file says whose dump it is.", "Write dialect: mysql or dialect: postgres under format in the mapping."));
        return dialect == SqlDialect.Postgres
            ? new(dialect, format.Encoding ?? Named(PostgresEncoding().Match(start), dialect, fileName), LenientStrings().IsMatch(start), "-- PostgreSQL database dump complete")
            : new(
                dialect,
                format.Encoding ?? Named(MySqlEncoding().Match(start), dialect, fileName),
                EscapesPlainStrings: true,
                start.Contains("phpMyAdmin", StringComparison.Ordinal) ? "/*!40101 SET COLLATION_CONNECTION=@OLD" : "-- Dump completed");
    }

    private static SourceEncoding Named(Match match, SqlDialect dialect, string fileName)
    {
        if (!match.Success)
        {
            return SourceEncoding.Utf8;
        }

        var name = match.Groups["name"].Value;

        // MySQL's latin1 is Windows-1252; PostgreSQL's is ISO 8859-1.
        var known = name.Equals("latin1", StringComparison.OrdinalIgnoreCase) ? (dialect == SqlDialect.MySql ? "windows-1252" : "iso-8859-1")
            : name.StartsWith("win", StringComparison.OrdinalIgnoreCase) && int.TryParse(name.AsSpan(3), out _) ? $"windows-{name[3..]}"
            : Encodings.GetValueOrDefault(name, name);
        return SourceEncoding.Find(known) ?? throw new SourceFormatException(new Fault(
            fileName, 1, 1, $"The dump says that it is written in '{name}', which is unknown here.", "Write encoding under format in the mapping."));
    }

    [GeneratedRegex("""^(?:(?:INSERT|REPLACE)\b[^(;]*?INTO\s+(?<tick>`)?|(?<copy>COPY\s)|CREATE\s+TABLE\s[^(;`]*(?<tick>`)?)""", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex DataStatement();

    [GeneratedRegex("""^-- PostgreSQL database|^SET (?:standard_conforming_strings|client_encoding) = """, RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex PostgresSigns();

    [GeneratedRegex("""^-- (?:MySQL dump|MariaDB dump|phpMyAdmin)|^/\*M?!\d{5,6}|^USE `""", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex MySqlSigns();

    [GeneratedRegex("""^(?:/\*!\d+ )?\s*SET NAMES ['"]?(?<name>\w+)""", RegexOptions.Multiline | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex MySqlEncoding();

    [GeneratedRegex("""^SET client_encoding = '(?<name>\w+)'""", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex PostgresEncoding();

    [GeneratedRegex("""^SET standard_conforming_strings = off""", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex LenientStrings();
}
