using Xunit;

namespace CallTracking.Mapping.Tests.Excel;

public sealed class ExcelMappingTests
{
    [Theory]
    [InlineData("header: false", "columns:")]
    [InlineData("columns: [a]", "header: false")]
    [InlineData("sheet: 0", "sheet: 1")]
    [InlineData("header_row: 0", "header_row")]
    [InlineData("header_rows: 3", "header_rows")]
    [InlineData("header: false, columns: [id, text], header_row: 2", "skip_rows")]
    [InlineData("stop_at: \"(?=x)\"", "look-around")]
    [InlineData("errors: drop", "reject")]
    [InlineData("encoding: utf-8", "There are")]
    [InlineData("shet: a", "'sheet'")]
    public void Parse_WrongFormat_IsToldWithItsCure(string more, string cure)
    {
        var fault = Assert.Single(SourceMapping.Parse("mapping.yaml", Workbooks.Yaml(more)).Faults);

        Assert.Equal(2, fault.Line);
        Assert.Contains(cure, fault.Cure, StringComparison.Ordinal);
    }
}
