using CallTracking.Hub.Cases;
using Xunit;

namespace CallTracking.Hub.Tests.Cases;

public sealed class CsvTextTests
{
    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+49 30", "'+49 30")]
    [InlineData("-2", "'-2")]
    [InlineData("@cmd", "'@cmd")]
    [InlineData("＝1", "'＝1")]
    [InlineData("\tx", "'\tx")]
    [InlineData("=a,\"b\"", "\"'=a,\"\"b\"\"\"")]
    [InlineData("a\r\nb", "\"a\r\nb\"")]
    [InlineData("電池 a-b", "電池 a-b")]
    [InlineData("", "")]
    public void Row_Text_IsQuotedAndNeverAFormula(string text, string expected) => Assert.Equal(expected + "\r\n", CsvText.Row([text]));

    [Fact]
    public void Row_NumbersAndTimes_AreWrittenForMachines() =>
        Assert.Equal("-5,0.5,2026-01-01T00:00:00Z,\r\n", CsvText.Row([-5, 0.5, PlantedCases.At(1), null]));
}
