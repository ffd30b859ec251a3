using CallTracking.Agent.Sources.Files;
using Xunit;

namespace CallTracking.Agent.Tests.Sources;

/// <summary>Rows on their way into the journal of a fold: few and many.</summary>
public sealed class RowLogTests
{
    private const int Many = 600_000;

    [Theory]
    [InlineData(true, false, Many)]
    [InlineData(false, true, Many)]
    [InlineData(false, false, 256 * 1024)]
    public void All_ManyRows_AreGivenInTheirOrder(bool hasFile, bool holdsAll, int given)
    {
        using var folder = new TempFolder();
        var file = Path.Combine(folder.Path, "folds", "desk", "rows.part");
        using var log = new RowLog(hasFile ? file : null, holdsAll);
        for (var round = 0; round < 2; round++)
        {
            for (var row = 0; row < Many; row++)
            {
                log.Add(new FoldedRow((ulong)row, -row, ulong.MaxValue - (ulong)row));
            }

            Assert.Equal(Many, log.Count);
            Assert.Equal(Enumerable.Range(0, given).Select(row => new FoldedRow((ulong)row, -row, ulong.MaxValue - (ulong)row)), log.All());
            Assert.Equal(hasFile, File.Exists(file));
            log.Clear();
            Assert.Empty(log.All());
            Assert.False(File.Exists(file));
        }
    }
}
