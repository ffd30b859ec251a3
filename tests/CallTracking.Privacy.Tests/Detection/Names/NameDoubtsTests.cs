using Xunit;

namespace CallTracking.Privacy.Tests.Detection.Names;

/// <summary>Single words whose neighbours say that they are no names.</summary>
public sealed class NameDoubtsTests
{
    [Theory]
    [InlineData("12 Nm of torque", "Nm", 0.7f)]
    [InlineData("see Kapitel 5 below", "Kapitel", 0.8f)]
    [InlineData("hash SHA-256", "SHA", 0.8f)]
    [InlineData("It hums. Austin submitted", "Austin", 0.4f)]
    public void Has_NeighboursThatTellWhatItIs_Doubts(string text, string word, float score) => Assert.True(Has(text, word, score));

    [Theory]
    [InlineData("12 Nm of torque", "Nm", 0.9f)]
    [InlineData("12 Meyer of torque", "Meyer", 0.7f)]
    [InlineData("call Meyer 5550123", "Meyer", 0.8f)]
    [InlineData("It hums. Austin submitted", "Austin", 0.6f)]
    [InlineData("It hums, Austin submitted", "Austin", 0.4f)]
    [InlineData("It hums. Anna Meyer submitted", "Anna Meyer", 0.4f)]
    public void Has_SureOrSeveralWordsOrOtherNeighbours_DoesNot(string text, string word, float score) => Assert.False(Has(text, word, score));

    [Theory]
    [InlineData("Austin submitted the form yesterday.")]
    [InlineData("Kapitel 5 of the manual is wrong.")]
    [InlineData("The bolt needs 12 Nm of torque.")]
    [InlineData("The checksum is SHA-256 and CRC 32.")]
    [InlineData("Bosch 12 does not start. Wilson 7 does.")]
    public void Detect_DoubtfulWord_StaysAsItWas(string text)
    {
        var value = new CallTracking.Contracts.Case { CustomerCountry = "ZZ", CentreCountry = "ZZ", CollectionCountry = "ZZ", Language = "en", Subject = PolicyKit.Clear(text) };

        new EdgeRedactor(PolicyKit.OneCountry("free_text: {action: detect, at: edge}"), PolicyKit.Keys).Redact(value);

        Assert.Equal(text, value.Subject.Clear is { Length: > 0 } clear ? clear : value.Subject.Masked);
    }

    private static bool Has(string text, string word, float score)
    {
        var start = text.IndexOf(word, StringComparison.Ordinal);
        return NameDoubts.Has(text, new NameSpan(start, start + word.Length, score));
    }
}
