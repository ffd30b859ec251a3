using System.Globalization;
using System.Text;
using System.Xml;
using Xunit;

namespace CallTracking.Mapping.Tests;

/// <summary>Whatever a record holds, written as XML, as a dump or as mail, it is read back equal.</summary>
public sealed class TreeRoundTripTests
{
    private const string Yaml = """
        source: test
        format: FORMAT
        time_zone: Etc/UTC
        key: id
        fields:
          subject: {from: a, trim: false}
          description: {from: b, trim: false}
        """;

    private static readonly string[] Runes =
        [.. "ab0,;:\"'\\|\t\n\r <>&()[]{}=?_%-$#`.é髙～表ｱソ\u00A0😀".EnumerateRunes().Select(rune => rune.ToString()), "]]>", "NULL", "\\N", "\\.", "--", "/*", "From ", "\n\nFrom - 10:00", "&amp;", "=?utf-8?Q?x?="];

    static TreeRoundTripTests() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    public static TheoryData<string, string> Kinds => new()
    {
        { "xml", "utf-8" }, { "xml", "gb18030" }, { "xml", "utf-16" }, { "mysql", "utf8mb4" }, { "mysql", "gb18030" }, { "mysql-hex", "utf8mb4" },
        { "pg-copy", "UTF8" }, { "pg-copy", "GBK" }, { "pg-insert", "UTF8" }, { "pg-escape", "UTF8" }, { "mail", "utf-8" }, { "mail", "gb18030" },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task ReadAsync_AnyRecords_ReadBackEqual(string kind, string encoding)
    {
        var random = new Random(7);
        for (var round = 0; round < 150; round++)
        {
            var records = Enumerable.Range(1, random.Next(1, 6)).Select(id => new Record($"k{id}", TextOf(random, kind, encoding), TextOf(random, kind, encoding))).ToList();
            var (format, content) = Written(kind, encoding, records, random);
            var yaml = Yaml.Replace("FORMAT", format, StringComparison.Ordinal);
            if (kind == "mail")
            {
                yaml = yaml.Replace("key: id", "key: message_id", StringComparison.Ordinal).Replace("from: a", "from: subject", StringComparison.Ordinal).Replace("from: b", "from: body", StringComparison.Ordinal);
            }

            await using var reader = Reading.Mapping(yaml).OpenReader(random.Next(2) == 0 ? new DrippingStream(content) : new MemoryStream(content), "file");
            var outcomes = await Reading.AllAsync(reader);

            Assert.Equal(
                records.Select(record => $"{record.Id}|{Expected(kind, record.A)}|{(kind == "mail" ? Lines(record.B) : Expected(kind, record.B))}"),
                outcomes.Select(row => row is RowOutcome.Mapped mapped ? $"{mapped.LocalId}|{mapped.Case.Subject?.Clear}|{mapped.Case.Description?.Clear}" : row.ToString()));
        }
    }

    // Empty is null everywhere; what is blank in XML is none; ends of lines in mail are the mail's.
    private static string Expected(string kind, string text) => kind switch
    {
        "xml" when text.AsSpan().Trim(" \t\r\n").IsEmpty => string.Empty,
        _ => text,
    };

    private static string Lines(string text) => text.ReplaceLineEndings("\n");

    private static string TextOf(Random random, string kind, string encoding)
    {
        var text = new StringBuilder();
        for (var left = random.Next(0, 30); left > 0; left--)
        {
            var rune = Runes[random.Next(Runes.Length)];
            var isOutside = encoding == "GBK" && rune is "😀" or "\u00A0" or "ｱ";
            var isBreak = kind == "mail" && rune.AsSpan().ContainsAny("\r\n\t\u00A0");
            text.Append(isOutside || isBreak ? "x" : rune);
        }

        var written = text.ToString();
        return string.IsNullOrWhiteSpace(written) ? string.Empty : written;
    }

    private static (string Format, byte[] Content) Written(string kind, string encoding, List<Record> records, Random random) => kind switch
    {
        "xml" => ("{type: xml, records: e/r}", Xml(encoding, records)),
        "mysql" or "mysql-hex" => ("{type: sqldump, table: t}", MySql(encoding, records, isHex: kind == "mysql-hex")),
        "mail" => ("{type: mail, file: mbox}", Mail(encoding, records, random)),
        _ => ("{type: sqldump, table: t}", Postgres(encoding, records, kind)),
    };

    private static byte[] Xml(string encoding, List<Record> records)
    {
        using var stream = new MemoryStream();
        using (var writer = XmlWriter.Create(stream, new XmlWriterSettings { Encoding = Encoding.GetEncoding(encoding), NewLineHandling = NewLineHandling.Entitize }))
        {
            writer.WriteStartElement("e");
            foreach (var record in records)
            {
                writer.WriteStartElement("r");
                writer.WriteAttributeString("x", record.A);
                writer.WriteElementString("id", record.Id);
                writer.WriteElementString("a", record.A);
                writer.WriteElementString("b", record.B);
                writer.WriteEndElement();
            }

            writer.WriteEndElement();
        }

        return stream.ToArray();
    }

    private static byte[] MySql(string encoding, List<Record> records, bool isHex)
    {
        string Quoted(string text) => isHex
            ? text.Length == 0 ? "''" : "0x" + Convert.ToHexString(Encoding.UTF8.GetBytes(text))
            : "'" + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal).Replace("\r", "\\r", StringComparison.Ordinal) + "'";
        var rows = records.Select(record => $"('{record.Id}',{Quoted(record.A)},{Quoted(record.B)})");
        return Encoding.GetEncoding(encoding == "utf8mb4" ? "utf-8" : encoding).GetBytes(
            $"-- MySQL dump\n/*!50503 SET NAMES {encoding} */;\nCREATE TABLE `t` (`id` varchar(9), `a` text, `b` text);\nINSERT INTO `t` VALUES {string.Join(",\n", rows)};\n-- Dump completed\n");
    }

    private static byte[] Postgres(string encoding, List<Record> records, string kind)
    {
        var head = $"-- PostgreSQL database dump\nSET client_encoding = '{encoding}';\nSET standard_conforming_strings = on;\n";
        string Copied(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)
            .Replace("\r", "\\r", StringComparison.Ordinal).Replace("\t", "\\t", StringComparison.Ordinal);
        string Plain(string text) => kind == "pg-escape"
            ? "E'" + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal) + "'"
            : "'" + text.Replace("'", "''", StringComparison.Ordinal) + "'";
        var rows = kind == "pg-copy"
            ? $"COPY public.t (id, a, b) FROM stdin;\n{string.Concat(records.Select(record => $"{record.Id}\t{Copied(record.A)}\t{Copied(record.B)}\n"))}\\.\n"
            : string.Concat(records.Select(record => $"INSERT INTO public.t (id, a, b) VALUES ('{record.Id}', {Plain(record.A)}, {Plain(record.B)});\n"));
        return Encoding.GetEncoding(encoding == "UTF8" ? "utf-8" : encoding).GetBytes($"{head}{rows}-- PostgreSQL database dump complete\n");
    }

    private static byte[] Mail(string charset, List<Record> records, Random random)
    {
        var encoding = Encoding.GetEncoding(charset);
        var mail = new StringBuilder();
        foreach (var record in records)
        {
            // Words are cut anywhere, in characters too; words in B and Q follow each other.
            var bytes = encoding.GetBytes(record.A);
            var words = bytes.Chunk(random.Next(5, 40)).Select(chunk => random.Next(2) == 0
                ? $"=?{charset}?B?{Convert.ToBase64String(chunk)}?="
                : $"=?{charset}?q?{string.Concat(chunk.Select(sign => string.Create(CultureInfo.InvariantCulture, $"={sign:X2}")))}?=");
            var subject = string.Join("\n ", words);
            var isBase64 = random.Next(2) == 0;
            var body = isBase64
                ? Convert.ToBase64String(encoding.GetBytes(record.B), Base64FormattingOptions.InsertLineBreaks)
                : string.Concat(encoding.GetBytes(record.B).Select((sign, index) => string.Create(CultureInfo.InvariantCulture, $"={sign:X2}{(index % 20 == 19 ? "=\n" : "")}")));
            mail.Append("From - Sun Mar  1 10:00:00 2026\nMessage-ID: <").Append(record.Id).Append(">\nSubject: ").Append(subject)
                .Append("\nContent-Type: multipart/mixed; boundary=\"=_b\"\n\n--=_b\nContent-Type: text/plain; charset=").Append(charset)
                .Append("\nContent-Transfer-Encoding: ").Append(isBase64 ? "base64" : "quoted-printable").Append("\n\n").Append(body).Append("\n--=_b--\n\n");
        }

        return Encoding.ASCII.GetBytes(mail.ToString());
    }

    private sealed record Record(string Id, string A, string B);
}
