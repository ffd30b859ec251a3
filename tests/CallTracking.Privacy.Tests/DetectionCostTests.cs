using CallTracking.Testing;
using Xunit;

namespace CallTracking.Privacy.Tests;

/// <summary>Looking through a text in which nothing stands costs no memory, whatever its language.</summary>
[Collection(nameof(Alone))]
public sealed class DetectionCostTests
{
    private const int Warm = 40;
    private const int MostRounds = 300;

    [Theory]
    [InlineData("en", "US")]
    [InlineData("de", "DE")]
    [InlineData("fr", "FR")]
    [InlineData("ru", "RU")]
    [InlineData("ja", "JP")]
    [InlineData("zh", "CN")]
    public void Find_TextsWithoutFindings_AllocateNothing(string language, string country)
    {
        var detector = new StructuredDetector();
        var findings = new List<Finding>();
        var texts = File.ReadAllLines(RepositoryRoot.Path("tests", "CallTracking.Quality", "Neutral", language + ".txt"))
            .Select(line => line.Replace('#', '7').Replace('&', 'K')).Where(text => Look(text) == 0).ToList();
        // Code that is not optimized yet boxes what optimized code does not, and when that is done is the runtime's affair.
        var allocated = long.MaxValue;
        for (var round = 0; round < MostRounds && allocated > 0; round++)
        {
            allocated = AllocatedBy();
            Thread.Sleep(round < Warm ? 0 : 20);
        }

        Assert.Equal(0, allocated);
        Assert.NotEmpty(texts);

        long AllocatedBy()
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            foreach (var text in texts)
            {
                Look(text);
            }

            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        int Look(string text)
        {
            findings.Clear();
            detector.Find(text, new TextOrigin(country, ""), new ClassSet(ulong.MaxValue), findings);
            return findings.Count;
        }
    }
}
