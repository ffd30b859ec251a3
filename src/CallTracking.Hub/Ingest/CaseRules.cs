using CallTracking.Contracts;

namespace CallTracking.Hub.Ingest;

/// <summary>What a case must be before it is worth redacting. A fault rejects that case alone.</summary>
internal static class CaseRules
{
    // Longer ones are no codes, and an index entry of PostgreSQL ends at 2,700 bytes.
    private const int LongestCode = 200;

    /// <summary>Null when the case is good.</summary>
    public static MessageFault? Check(CaseRecord record, RegionCode region) =>
        CheckIdentity(record, region) ?? CheckCodes(record.Case) ?? CheckLengths(record.Case);

    private static MessageFault? CheckIdentity(CaseRecord record, RegionCode region)
    {
        var @case = record.Case;
        if (@case.Region != region.Value)
        {
            return new MessageFault("wrong-region", "region");
        }

        if (@case.CaseUid != record.CaseUid)
        {
            return new MessageFault("uid-differs", "case_uid");
        }

        return @case.Source.Length == 0 ? new MessageFault("missing", "source") : null;
    }

    private static MessageFault? CheckCodes(Case @case)
    {
        var unknown = Unknown(@case.Kind, "kind") ?? Unknown(@case.RequesterKind, "requester_kind") ?? Unknown(@case.Status, "status")
            ?? Unknown(@case.Priority, "priority") ?? Unknown(@case.Channel, "channel") ?? Unknown(@case.Severity, "severity");
        if (unknown is not null)
        {
            return unknown;
        }

        if (@case.StatusHistory.Any(change => !Enum.IsDefined(change.Status)))
        {
            return new MessageFault("unknown-code", "status_history.status");
        }

        return @case.Satisfaction is { HasNps: true, Nps: < 0 or > 10 } ? new MessageFault("out-of-range", "satisfaction.nps") : null;
    }

    private static MessageFault? CheckLengths(Case @case)
    {
        foreach (var (path, code) in Codes(@case))
        {
            if (code.Length > LongestCode)
            {
                return new MessageFault("too-long", path);
            }
        }

        if (@case.StatusHistory.Count > short.MaxValue / 2)
        {
            return new MessageFault("too-long", "status_history");
        }

        if (@case.Concepts.Any(concept => concept.Dictionary.Length + concept.Code.Length >= LongestCode))
        {
            return new MessageFault("too-long", "concepts");
        }

        return @case.Hazards.Any(hazard => hazard.Length > LongestCode) ? new MessageFault("too-long", "hazards") : null;
    }

    private static ReadOnlySpan<(string Path, string Code)> Codes(Case @case) => new (string, string)[]
    {
        ("source", @case.Source),
        ("customer_country", @case.CustomerCountry),
        ("centre_country", @case.CentreCountry),
        ("collection_country", @case.CollectionCountry),
        ("centre", @case.Centre),
        ("company", @case.Company),
        ("brand", @case.Brand),
        ("service", @case.Service),
        ("language", @case.Language),
        ("inquiry_type", @case.InquiryType),
        ("product.category", @case.Product?.Category ?? ""),
        ("product.line", @case.Product?.Line ?? ""),
        ("product.model", @case.Product?.Model ?? ""),
        ("product.lot", @case.Product?.Lot ?? ""),
        ("product.firmware", @case.Product?.Firmware ?? ""),
    };

    private static MessageFault? Unknown<T>(T code, string path)
        where T : struct, Enum => Enum.IsDefined(code) ? null : new MessageFault("unknown-code", path);
}
