using System.Text;
using Xunit;

namespace CallTracking.Mapping.Tests.Mutants;

/// <summary>Text whose records are lines: delimited, of fixed width, JSON a line.</summary>
public sealed class LineMutantTests
{
    private const int Each = 3_000;
    private const string Widths = "columns: [{name: id, width: 4}, {name: text, width: 12}]";

    private static readonly Mutation Tables = new("\"", "\r", "\n", "\r\n", ",", "\\", "\0", "#", "\"\"", "\x1B$B", "\xEF\xBB\xBF", "Total\n", "|");
    private static readonly Mutation Objects = new("\"", "{", "}", "[", "]", ",", ":", "\n", "\r\n", "\\u", "\\uD800", "\0", "null", "1e999", "//", "{\"id\":");

    static LineMutantTests() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    [Theory]
    [InlineData("{type: delimited}", "utf-8", true)]
    [InlineData("{type: delimited, encoding: Shift_JIS}", "shift_jis", false)]
    [InlineData("{type: delimited, encoding: utf-16}", "utf-16", false)]
    [InlineData("{type: delimited, end: line}", "utf-8", true)]
    [InlineData("{type: delimited, encoding: gb18030, delimiter: \"||\"}", "gb18030", false)]
    [InlineData("{type: delimited, encoding: iso-2022-jp, escape: '\\'}", "iso-2022-jp", false)]
    [InlineData("{type: delimited, comment: \"#\", footer: 2, ragged: join_last}", "utf-8", false)]
    [InlineData("{type: delimited, encoding: detect, footer: {from: \"^T\"}, preamble: {until: \"^id\"}}", "shift_jis", false)]
    public async Task ReadAsync_OfDelimitedMutants_AccountsForEveryRecord(string format, string encoding, bool isPlain)
    {
        var sound = Encoding.GetEncoding(encoding).GetBytes(Delimited(format));
        var kind = Kind(format, Tables, sound, "text") with { OffsetsRise = true };

        var run = await MutantRun.OfAsync(isPlain ? kind with { Records = content => Math.Max(0, RecordCounts.Delimited(content) - 1) } : kind, Each);

        Assert.True(run.Count<RowOutcome.Mapped>() > run.Mutants && run.Count<RowOutcome.Rejected>() > run.Mutants / 10, "Too few mutants say something.");
        Assert.True(!isPlain || run.Counted > run.Mutants / 3, "Too few were counted.");
    }

    [Theory]
    [InlineData($"{{type: fixed, {Widths}}}", "utf-8")]
    [InlineData($"{{type: fixed, encoding: Shift_JIS, unit: bytes, ragged: pad, {Widths}}}", "shift_jis")]
    [InlineData($"{{type: fixed, encoding: Shift_JIS, unit: bytes, record_length: 17, {Widths}}}", "shift_jis")]
    public async Task ReadAsync_OfFixedWidthMutants_AccountsForEveryRecord(string format, string encoding)
    {
        var sound = Encoding.GetEncoding(encoding).GetBytes(string.Concat(Enumerable.Range(1000, 12).Select(row => $"{row}日本 abcdef  \n")));
        var isBlocks = format.Contains("record_length", StringComparison.Ordinal);

        var run = await MutantRun.OfAsync(
            Kind(format, Tables, sound, "text") with { OffsetsRise = true, Records = content => isBlocks ? (content.Length + 16) / 17 : RecordCounts.Lines(content) }, Each);

        Assert.True(run.Counted > run.Mutants / 2, "Too few were counted.");
    }

    [Theory]
    [InlineData("{type: jsonl}", "utf-8")]
    [InlineData("{type: jsonl, encoding: Shift_JIS}", "shift_jis")]
    public async Task ReadAsync_OfMutantsOfJsonLines_AccountsForEveryLine(string format, string encoding)
    {
        var sound = Encoding.GetEncoding(encoding).GetBytes(string.Concat(Enumerable.Range(0, 10).Select(id =>
            $$"""{"id":{{id}},"s":"表示 \"a\"\n","n":{"x":[1,2.5,null,true,{"y":"ポ"}]},"t":["a","b"]}""" + (id % 3 == 0 ? "\r\n" : "\n"))));

        var run = await MutantRun.OfAsync(Kind(format, Objects, sound, "s") with { OffsetsRise = true, Records = content => RecordCounts.FedLines(content) }, Each);

        Assert.True(run.Count<RowOutcome.Rejected>() > run.Mutants / 2 && run.Counted > run.Mutants / 2, "Too few mutants say something.");
    }

    private static MutantKind Kind(string format, Mutation mutation, byte[] sound, string subject)
    {
        var mapping = Reading.Mapping(Reading.Csv($"subject: {subject}", format: format, more: "unmapped: keep"));
        return new MutantKind(
            format,
            random => mutation.Of(sound, random),
            content => mapping.OpenReader(content.Length % 10 == 0 ? new DrippingStream(content) : new MemoryStream(content), "cases"));
    }

    private static string Delimited(string format)
    {
        var delimiter = format.Contains("||", StringComparison.Ordinal) ? "||" : ",";
        var text = new StringBuilder($"id{delimiter}text\r\n");
        for (var row = 0; row < 12; row++)
        {
            text.Append(row % 3 == 0 && format.Contains('#', StringComparison.Ordinal) ? "# note\n" : string.Empty);
            text.Append(row).Append(delimiter).Append(row % 2 == 0 ? $"\"表示, a\r\nポ\"" : "plain 日本").Append(row % 4 == 0 ? "\n" : "\r\n");
        }

        return text.Append("Total\r\nend\r\n").ToString();
    }
}
