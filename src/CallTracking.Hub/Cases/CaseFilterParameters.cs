using CallTracking.Contracts;

namespace CallTracking.Hub.Cases;

/// <summary>The parameters that choose cases, the same words in URLs and on the command line.</summary>
internal static class CaseFilterParameters
{
    /// <summary>Their names with a line each for people.</summary>
    public static IReadOnlyDictionary<string, string> Names { get; } = new Dictionary<string, string>
    {
        ["region"] = "Region codes.",
        ["country"] = "The customer's country, ISO 3166-1 or 3166-2; US includes US-CA.",
        ["status"] = $"Any of {string.Join(", ", CodedWord<CaseStatus>.All)}.",
        ["priority"] = $"Any of {string.Join(", ", CodedWord<Priority>.All)}.",
        ["channel"] = $"Any of {string.Join(", ", CodedWord<Channel>.All)}.",
        ["kind"] = $"Any of {string.Join(", ", CodedWord<RecordKind>.All)}.",
        ["category"] = "Product categories.",
        ["model"] = "A product model; repeat it for several.",
        ["brand"] = "A brand; repeat it for several.",
        ["language"] = "BCP 47 languages.",
        ["hazard"] = "Hazard codes; a case with any of them matches.",
        ["concept"] = "Concept codes that the regions found in raw texts, such as hazard.smoke; a case with any of them matches.",
        ["inquiry_type"] = "Inquiry types.",
        ["opened_from"] = "Opened at or after this day or instant.",
        ["opened_before"] = "Opened before it.",
        ["updated_from"] = "Updated at or after this day or instant.",
        ["updated_before"] = "Updated before it.",
    };

    public static CaseFilter Read(ParameterReader reader) => new()
    {
        Regions = { ReadRegions(reader) },
        Countries = { reader.List("country", IsCountry, "an ISO 3166 code such as DE or US-CA").Select(text => text.ToUpperInvariant()) },
        Statuses = { reader.Coded<CaseStatus>("status") },
        Priorities = { reader.Coded<Priority>("priority") },
        Channels = { reader.Coded<Channel>("channel") },
        Kinds = { reader.Coded<RecordKind>("kind") },
        ProductCategories = { reader.List("category") },
        ProductModels = { reader.Texts("model") },
        Brands = { reader.Texts("brand") },
        Languages = { reader.List("language") },
        Hazards = { reader.List("hazard") },
        Concepts = { reader.List("concept") },
        InquiryTypes = { reader.List("inquiry_type") },
        OpenedFrom = reader.Timestamp("opened_from"),
        OpenedBefore = reader.Timestamp("opened_before"),
        UpdatedFrom = reader.Timestamp("updated_from"),
        UpdatedBefore = reader.Timestamp("updated_before"),
    };

    public static IReadOnlyCollection<string> ReadRegions(ParameterReader reader) =>
        [.. reader.List("region", text => RegionCode.TryParse(text.ToUpperInvariant(), out _), "a region code: 2 to 8 letters").Select(text => text.ToUpperInvariant())];

    private static bool IsCountry(string text) =>
        text.Length is 2 or (>= 4 and <= 6) && char.IsAsciiLetter(text[0]) && char.IsAsciiLetter(text[1])
        && (text.Length == 2 || (text[2] == '-' && text[3..].All(char.IsAsciiLetterOrDigit)));
}
