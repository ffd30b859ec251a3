using CallTracking.Contracts;

namespace CallTracking.Agent.Tests.Dictionaries;

/// <summary>Makes the code table of the test hub.</summary>
internal static class TablePages
{
    /// <summary>The pages of a version of <c>symptoms</c>: codes with a label in a language.</summary>
    public static List<Dictionary> Of(uint version, params (string Code, string Label)[][] pages) => Of(version, "en", pages);

    /// <inheritdoc cref="Of(uint, ValueTuple{string, string}[][])" />
    public static List<Dictionary> Of(uint version, string language, params (string Code, string Label)[][] pages) => [.. pages.Select((entries, index) => new Dictionary
    {
        Name = "symptoms",
        Version = version,
        Page = (uint)index + 1,
        Pages = (uint)pages.Length,
        Entries = { entries.Select(entry => new DictionaryEntry { Code = entry.Code, Labels = { new DictionaryLabel { Language = language, Text = entry.Label } } }) },
    })];
}
