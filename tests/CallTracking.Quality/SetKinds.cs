namespace CallTracking.Quality;

/// <summary>A labelled set: whose texts they are, and which of our entities its kinds of values are. Empty: any.</summary>
internal sealed record SetKinds(string Set, string Country, string Language, IReadOnlyDictionary<string, string[]> Kinds)
{
    /// <summary>Sets of structured values. Names of persons are measured apart.</summary>
    public static IReadOnlyList<SetKinds> All { get; } =
    [
        new("presidio_research", "US", "en", new Dictionary<string, string[]>
        {
            ["STREET_ADDRESS"] = ["STREET_ADDRESS", "ZIP_CODE"], ["ZIP_CODE"] = ["ZIP_CODE", "STREET_ADDRESS"], ["PHONE_NUMBER"] = ["PHONE_NUMBER"], ["EMAIL_ADDRESS"] = ["EMAIL_ADDRESS"],
            ["CREDIT_CARD"] = ["CREDIT_CARD"], ["IBAN_CODE"] = ["IBAN_CODE"], ["US_SSN"] = ["US_SSN"], ["IP_ADDRESS"] = ["IP_ADDRESS"], ["US_DRIVER_LICENSE"] = ["US_DRIVER_LICENSE"],
            ["DOMAIN_NAME"] = ["URL"], ["AGE"] = ["AGE"],
        }),
        new("es_meddocan", "ES", "es", new Dictionary<string, string[]>
        {
            ["EMAIL_ADDRESS"] = ["EMAIL_ADDRESS"], ["PHONE_NUMBER"] = ["PHONE_NUMBER"], ["ID"] = [], ["STREET_ADDRESS"] = ["STREET_ADDRESS"], ["ZIP_CODE"] = ["ZIP_CODE", "STREET_ADDRESS"], ["AGE"] = ["AGE"],
        }),
        new("en_ambientmeta", "US", "en", new Dictionary<string, string[]>
        {
            ["EMAIL_ADDRESS"] = ["EMAIL_ADDRESS"], ["PHONE_NUMBER"] = ["PHONE_NUMBER"], ["US_SSN"] = ["US_SSN"], ["MEDICAL_RECORD_NUMBER"] = ["MEDICAL_RECORD_NUMBER", "ID"], ["US_NPI"] = ["US_NPI"],
        }),
    ];
}
