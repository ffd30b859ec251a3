using CallTracking.Contracts;

namespace CallTracking.Hub.Cases;

/// <summary>A stored case as one flat row: the columns of CSV exports and of the command's table. Add columns at the end only.</summary>
internal static class CaseTable
{
    private static readonly (string Name, Func<StoredCase, object?> Value)[] All =
    [
        ("case_uid", stored => CaseUid.FromBytes(stored.Case.CaseUid.Span).ToString()),
        ("region", stored => stored.Case.Region),
        ("source", stored => stored.Case.Source),
        ("kind", stored => CodedWord<RecordKind>.Of(stored.Case.Kind)),
        ("status", stored => CodedWord<CaseStatus>.Of(stored.Case.Status)),
        ("priority", stored => CodedWord<Priority>.Of(stored.Case.Priority)),
        ("channel", stored => CodedWord<Channel>.Of(stored.Case.Channel)),
        ("customer_country", stored => stored.Case.CustomerCountry),
        ("centre_country", stored => stored.Case.CentreCountry),
        ("collection_country", stored => stored.Case.CollectionCountry),
        ("centre", stored => stored.Case.Centre),
        ("company", stored => stored.Case.Company),
        ("brand", stored => stored.Case.Brand),
        ("service", stored => stored.Case.Service),
        ("requester_kind", stored => CodedWord<RequesterKind>.Of(stored.Case.RequesterKind)),
        ("language", stored => stored.Case.Language),
        ("product_category", stored => stored.Case.Product?.Category),
        ("product_line", stored => stored.Case.Product?.Line),
        ("product_model", stored => stored.Case.Product?.Model),
        ("product_lot", stored => stored.Case.Product?.Lot),
        ("product_firmware", stored => stored.Case.Product?.Firmware),
        ("inquiry_type", stored => stored.Case.InquiryType),
        ("severity", stored => CodedWord<Severity>.Of(stored.Case.Severity)),
        ("hazards", stored => string.Join(' ', stored.Case.Hazards)),
        ("concepts", stored => string.Join(' ', stored.Case.Concepts.Select(concept => concept.Code))),
        ("opened_at", stored => stored.Case.Opened?.At?.ToDateTimeOffset()),
        ("updated_at", stored => stored.Case.Updated?.At?.ToDateTimeOffset()),
        ("closed_at", stored => stored.Case.Closed?.At?.ToDateTimeOffset()),
        ("last_contact_at", stored => stored.Case.LastContact?.At?.ToDateTimeOffset()),
        ("csat_score", stored => stored.Case.Satisfaction is { HasCsatScore: true } answer ? answer.CsatScore : null),
        ("nps", stored => stored.Case.Satisfaction is { HasNps: true } answer ? answer.Nps : null),
        ("subject", stored => Readable(stored.Case.Subject)),
        ("description", stored => Readable(stored.Case.Description)),
        ("received_at", stored => stored.ReceivedAt?.ToDateTimeOffset()),
        ("policy_version", stored => stored.PolicyVersion),
        ("anonymized_at", stored => stored.AnonymizedAt?.ToDateTimeOffset()),
        ("epoch", stored => stored.Epoch),
        ("sequence", stored => stored.Sequence),
    ];

    public static IReadOnlyList<string> Columns { get; } = [.. All.Select(column => column.Name)];

    public static IEnumerable<object?> Row(StoredCase stored) => All.Select(column => column.Value(stored));

    /// <summary>A personal value as people may read it: its text, or what it was made into.</summary>
    public static string Readable(PersonalText? value) => value?.FormCase switch
    {
        PersonalText.FormOneofCase.Clear => value.Clear,
        PersonalText.FormOneofCase.Masked => value.Masked,
        PersonalText.FormOneofCase.Generalized => value.Generalized,
        PersonalText.FormOneofCase.Pseudonym => $"pseudonym:{Convert.ToHexStringLower(value.Pseudonym.Value.Span)}",
        PersonalText.FormOneofCase.Sealed => "[sealed]",
        _ => string.Empty,
    };
}
