namespace CallTracking.Quality;

/// <summary>A labelled set: whose texts they are, and which of our entities its kinds of values are. Empty: any but names.</summary>
internal sealed record SetKinds(string Set, string Country, string Language, IReadOnlyDictionary<string, string[]> Kinds)
{
    private static readonly Dictionary<string, string[]> Names = new() { ["PERSON"] = ["PERSON"] };

    /// <summary>Only names are marked, whatever else people noted: a hit that touches no name is false.</summary>
    public bool HasNamesOnly => ReferenceEquals(Kinds, Names);

    /// <summary>All sets; the last hold names only.</summary>
    public static IReadOnlyList<SetKinds> All { get; } =
    [
        new("presidio_research", "US", "en", new Dictionary<string, string[]>
        {
            ["STREET_ADDRESS"] = ["STREET_ADDRESS", "ZIP_CODE"], ["ZIP_CODE"] = ["ZIP_CODE", "STREET_ADDRESS"], ["PHONE_NUMBER"] = ["PHONE_NUMBER"], ["EMAIL_ADDRESS"] = ["EMAIL_ADDRESS"],
            ["CREDIT_CARD"] = ["CREDIT_CARD"], ["IBAN_CODE"] = ["IBAN_CODE"], ["US_SSN"] = ["US_SSN"], ["IP_ADDRESS"] = ["IP_ADDRESS"], ["US_DRIVER_LICENSE"] = ["US_DRIVER_LICENSE"],
            ["DOMAIN_NAME"] = ["URL"], ["AGE"] = ["AGE"], ["PERSON"] = ["PERSON"],
        }),
        new("es_meddocan", "ES", "es", new Dictionary<string, string[]>
        {
            ["EMAIL_ADDRESS"] = ["EMAIL_ADDRESS"], ["PHONE_NUMBER"] = ["PHONE_NUMBER"], ["ID"] = [], ["STREET_ADDRESS"] = ["STREET_ADDRESS"], ["ZIP_CODE"] = ["ZIP_CODE", "STREET_ADDRESS"], ["AGE"] = ["AGE"], ["PERSON"] = ["PERSON"],
        }),
        new("en_ambientmeta", "US", "en", new Dictionary<string, string[]>
        {
            ["EMAIL_ADDRESS"] = ["EMAIL_ADDRESS"], ["PHONE_NUMBER"] = ["PHONE_NUMBER"], ["US_SSN"] = ["US_SSN"], ["MEDICAL_RECORD_NUMBER"] = ["MEDICAL_RECORD_NUMBER", "ID"], ["US_NPI"] = ["US_NPI"], ["PERSON"] = ["PERSON"],
        }),
        new("de_uner_pud", "DE", "de", Names), new("pt_uner_bosque", "PT", "pt", Names), new("zh_uner_gsdsimp", "CN", "zh", Names),
        new("ja_stockmark", "JP", "ja", Names), new("ko_klue", "KR", "ko", Names),
    ];
}
