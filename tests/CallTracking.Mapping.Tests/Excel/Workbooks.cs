using CallTracking.Testing;
namespace CallTracking.Mapping.Tests.Excel;

/// <summary>Reads small workbooks with small mappings.</summary>
internal static class Workbooks
{
    public static string Yaml(string more = "", string fields = "subject: text") => Reading.Csv(fields, format: $"{{type: excel{(more.Length > 0 ? ", " : "")}{more}}}");

    /// <summary>Header id, text and these rows under it.</summary>
    public static byte[] Of(params string[] rows) => new XlsxBuilder().Sheet(XlsxBuilder.Row(1, "id", "text") + string.Concat(rows)).Build();

    public static Task<List<RowOutcome>> AllAsync(byte[] file, string more = "", string fields = "subject: text") =>
        Reading.AllAsync(Yaml(more, fields), file);

    /// <summary>What became of each row, in short: id:subject, or the reason.</summary>
    public static async Task<IReadOnlyList<string>> ShortAsync(byte[] file, string more = "", string fields = "subject: text") =>
        [.. (await AllAsync(file, more, fields)).Select(Short)];

    /// <summary>The subject of the one row whose cell B2 is this element.</summary>
    public static async Task<string> CellAsync(string cell, XlsxBuilder? builder = null, string more = "") =>
        Assert(await ShortAsync((builder ?? new()).Sheet($"{XlsxBuilder.Row(1, "id", "text")}<row r=\"2\">{XlsxBuilder.Text(0, 2, "1")}{cell}</row>").Build(), more));

    private static string Short(RowOutcome outcome) => outcome switch
    {
        RowOutcome.Mapped mapped => $"{mapped.LocalId}:{mapped.Case.Subject?.Clear}",
        // Without the column and the rule, which stand before it.
        RowOutcome.Rejected rejected => $"{rejected.Reason} {rejected.Message[Math.Max(0, rejected.Message.IndexOf("Cell ", StringComparison.Ordinal))..]}",
        _ => outcome.GetType().Name,
    };

    private static string Assert(IReadOnlyList<string> outcomes)
    {
        var only = Xunit.Assert.Single(outcomes);
        return only.StartsWith("1:", StringComparison.Ordinal) ? only[2..] : only;
    }
}
