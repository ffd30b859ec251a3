using System.Text.Json;

namespace CallTracking.SampleData.Tests;

public sealed class WriteCommandTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sampledata-");

    [Fact]
    public async Task RunAsync_Write_LeavesContentTotalsAndTruth()
    {
        var code = await RunAsync("--region", "us", "--cases", "50", "--as-of", "2026-11-22T00:00:00Z", "--truth");

        Assert.Equal(0, code);
        Assert.Equal(["cases-1.json", "totals-1.json", "truth-1.jsonl"], _folder.EnumerateFiles().Select(file => file.Name).Order());
        using var totals = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(_folder.FullName, "totals-1.json")));
        Assert.Equal(50, totals.RootElement.GetProperty("cases").GetInt32());
    }

    [Theory]
    [InlineData("--region", "XX", "--as-of", "2026-11-22T00:00:00Z")]
    [InlineData("--region", "JP", "--as-of", "2026-11-22T00:00:00Z", "--new-rate", "7")]
    public async Task RunAsync_ImpossibleOption_AnswersUsageFaultAndWritesNothing(params string[] arguments)
    {
        Assert.Equal(2, await RunAsync(arguments));
        Assert.Empty(_folder.EnumerateFiles());
    }

    [Fact]
    public async Task RunAsync_AsOfIsNoInstant_Fails() =>
        Assert.NotEqual(0, await RunAsync("--region", "JP", "--as-of", "yesterday"));

    public void Dispose() => _folder.Delete(recursive: true);

    private Task<int> RunAsync(params string[] arguments) => WriteCommand.RunAsync(["write", "--out", _folder.FullName, .. arguments]);
}
