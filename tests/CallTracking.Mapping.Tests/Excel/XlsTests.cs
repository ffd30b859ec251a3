using System.Text;
using CallTracking.Testing;
using Xunit;

namespace CallTracking.Mapping.Tests.Excel;

/// <summary>
/// Excel 97 to 2003, and the same workbook as .xlsx. Both were made by LibreOffice 7.4 from files/libreoffice.fods:
/// <c>soffice --headless --convert-to xlsx libreoffice.fods</c>, and with <c>xls:"MS Excel 97"</c>.
/// </summary>
public sealed class XlsTests
{
    private const string Fields = """
        subject: Case / text
        opened: {from: Details / when, optional: true}
        description: {join: [Details / time, Details / long, Details / flag, Details / n], with: "|"}
        """;

    [Theory]
    [InlineData("libreoffice.xls")]
    [InlineData("libreoffice.xlsx")]
    public async Task ReadAsync_WorkbookOfAnotherProgram_IsReadAsItWasMeant(string name)
    {
        var outcomes = await AllAsync(File.ReadAllBytes(PathOf(name)));

        var cases = outcomes.OfType<RowOutcome.Mapped>().ToList();
        Assert.Equal((39, 38), (outcomes.Count, cases.Count));
        Assert.Equal("bad-value", Assert.Single(outcomes.OfType<RowOutcome.Rejected>()).Reason);
        Assert.Equal(["0001", "2", "3", "5", "6"], cases.Take(5).Select(row => row.LocalId));
        Assert.Equal("日本語 テキスト", cases[0].Case.Subject.Clear);
        Assert.Equal(new DateTime(2024, 2, 29, 13, 45, 0, DateTimeKind.Utc), cases[0].Case.Opened.At.ToDateTime());
        Assert.Equal("08:30|26:30|true|12.5", cases[0].Case.Description.Clear);
        Assert.Equal($"é {new string('Ж', 1500)} {new string('x', 3000)}", cases[1].Case.Subject.Clear);
        Assert.Equal("false|123456789012", cases[1].Case.Description.Clear);
        Assert.Equal(new DateTime(1970, 2, 28, 0, 0, 0, DateTimeKind.Utc), cases[1].Case.Opened.At.ToDateTime());
        Assert.Equal("0.25", cases[2].Case.Description.Clear);
        Assert.Equal("a\nb", cases[3].Case.Subject.Clear);
        Assert.Equal(("row 39 üß", "48.75"), (cases[^1].Case.Subject.Clear, cases[^1].Case.Description.Clear));
    }

    [Fact]
    public async Task ReadAsync_TruncatedXls_IsAFaultOrAllOfIt()
    {
        var file = File.ReadAllBytes(PathOf("libreoffice.xls"));
        for (var length = 8; length < file.Length; length += 509)
        {
            var failed = await Record.ExceptionAsync(() => AllAsync(file[..length]));
            Assert.True(failed is null or SourceFormatException, $"{length}: {failed}");
        }
    }

    [Theory]
    [InlineData("W\0o\0r\0k\0b\0o\0o\0k\0", "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0", "locked by a password")]
    [InlineData("W\0o\0r\0k\0b\0o\0o\0k\0", "B\0o\0o\0k\0\0\0\0\0\0\0\0\0", "older than Excel 97")]
    [InlineData("W\0o\0r\0k\0b\0o\0o\0k\0", "W\0o\0r\0d\0D\0o\0c\0u\0", "no Excel workbook")]
    [InlineData("B\0\x02\0\u00B0\x04", "\x2F\0\x02\0\u00B0\x04", "locked by a password")]
    public async Task ReadAsync_CompoundFileThatCannotBeRead_SaysWhy(string found, string put, string says)
    {
        var file = File.ReadAllBytes(PathOf("libreoffice.xls"));
        var at = file.AsSpan().IndexOf(Encoding.Latin1.GetBytes(found));
        Encoding.Latin1.GetBytes(put).CopyTo(file, at);
        if (file[at] is (byte)'E' or (byte)'B' && put.Length > 10)
        {
            file[at + 0x40] = (byte)(put.TrimEnd('\0').Length + 3);
        }

        var failure = await Assert.ThrowsAsync<SourceFormatException>(() => AllAsync(file));

        Assert.Contains(says, failure.Fault.Message, StringComparison.Ordinal);
    }

    internal static string PathOf(string name) => RepositoryRoot.Path("tests", "CallTracking.Mapping.Tests", "Excel", "files", name);

    internal static string Yaml =>
        Reading.Csv(Fields, format: "{type: excel, sheet: Cases, header_rows: 2}").Replace("key: id", "key: Case / id", StringComparison.Ordinal);

    private static async Task<List<RowOutcome>> AllAsync(byte[] file)
    {
        await using var reader = Reading.Mapping(Yaml).OpenReader(new MemoryStream(file), "cases");
        return await Reading.AllAsync(reader);
    }
}
