using CallTracking.Testing;
using Xunit;

namespace CallTracking.Mapping.Tests.Detection;

public sealed class LanguageModelTests
{
    /// <summary>
    /// Writes the model anew when CALLTRACKING_LEARN is 1:
    /// CALLTRACKING_LEARN=1 dotnet test tests/CallTracking.Mapping.Tests -c Release --filter LanguageModelTests
    /// </summary>
    [SharedFact("ner", "names", "pii")]
    public void Model_OfTheTexts_IsTheOneInTheRepository()
    {
        var file = RepositoryRoot.Path("src", "CallTracking.Mapping", "Reading", "Detection", "letters.model");

        var learned = ModelBuilder.Build(LanguageTexts.Learned());
        if (Environment.GetEnvironmentVariable("CALLTRACKING_LEARN") == "1")
        {
            File.WriteAllBytes(file, learned);
        }

        Assert.True(learned.AsSpan().SequenceEqual(File.ReadAllBytes(file)), "The model is not what the texts give: write it anew, and measure again.");
        Assert.InRange(learned.Length, 1, 300_000);
    }
}
