using CallTracking.Contracts;
using Google.Protobuf.WellKnownTypes;
using Npgsql;
using NpgsqlTypes;

namespace CallTracking.Hub.Ingest;

/// <summary>
/// The coded columns of <c>cases</c>: what history compares and analysts count by. One place says their order; reading and
/// writing follow it.
/// </summary>
internal sealed record CodedCase
{
    /// <summary>The columns in the order in which they are written and read.</summary>
    public const string Columns = """
        kind, customer_country, centre_country, collection_country, centre, company, brand, service, requester_kind, status,
        priority, channel, language, product_category, product_line, product_model, product_lot, product_firmware, inquiry_type,
        severity, hazards, concepts, opened_at, updated_at, closed_at, last_contact_at, csat_score, nps
        """;

    private static readonly (string Name, Func<CodedCase, CodedCase, bool> Same)[] Comparisons =
    [
        ("kind", (a, b) => a.Kind == b.Kind),
        ("customer_country", (a, b) => a.CustomerCountry == b.CustomerCountry),
        ("centre_country", (a, b) => a.CentreCountry == b.CentreCountry),
        ("collection_country", (a, b) => a.CollectionCountry == b.CollectionCountry),
        ("centre", (a, b) => a.Centre == b.Centre),
        ("company", (a, b) => a.Company == b.Company),
        ("brand", (a, b) => a.Brand == b.Brand),
        ("service", (a, b) => a.Service == b.Service),
        ("requester_kind", (a, b) => a.RequesterKind == b.RequesterKind),
        ("status", (a, b) => a.Status == b.Status),
        ("priority", (a, b) => a.Priority == b.Priority),
        ("channel", (a, b) => a.Channel == b.Channel),
        ("language", (a, b) => a.Language == b.Language),
        ("product_category", (a, b) => a.ProductCategory == b.ProductCategory),
        ("product_line", (a, b) => a.ProductLine == b.ProductLine),
        ("product_model", (a, b) => a.ProductModel == b.ProductModel),
        ("product_lot", (a, b) => a.ProductLot == b.ProductLot),
        ("product_firmware", (a, b) => a.ProductFirmware == b.ProductFirmware),
        ("inquiry_type", (a, b) => a.InquiryType == b.InquiryType),
        ("severity", (a, b) => a.Severity == b.Severity),
        ("hazards", (a, b) => a.Hazards.AsSpan().SequenceEqual(b.Hazards)),
        ("concepts", (a, b) => a.Concepts.AsSpan().SequenceEqual(b.Concepts)),
        ("opened_at", (a, b) => a.OpenedAt == b.OpenedAt),
        ("updated_at", (a, b) => a.UpdatedAt == b.UpdatedAt),
        ("closed_at", (a, b) => a.ClosedAt == b.ClosedAt),
        ("last_contact_at", (a, b) => a.LastContactAt == b.LastContactAt),
        ("csat_score", (a, b) => a.CsatScore == b.CsatScore),
        ("nps", (a, b) => a.Nps == b.Nps),
    ];

    public required RecordKind Kind { get; init; }

    public required string CustomerCountry { get; init; }

    public required string CentreCountry { get; init; }

    public required string CollectionCountry { get; init; }

    public required string Centre { get; init; }

    public required string Company { get; init; }

    public required string Brand { get; init; }

    public required string Service { get; init; }

    public required RequesterKind RequesterKind { get; init; }

    public required CaseStatus Status { get; init; }

    public required Priority Priority { get; init; }

    public required Channel Channel { get; init; }

    public required string Language { get; init; }

    public required string ProductCategory { get; init; }

    public required string ProductLine { get; init; }

    public required string ProductModel { get; init; }

    public required string ProductLot { get; init; }

    public required string ProductFirmware { get; init; }

    public required string InquiryType { get; init; }

    public required Severity Severity { get; init; }

    public required string[] Hazards { get; init; }

    public required string[] Concepts { get; init; }

    public required DateTime? OpenedAt { get; init; }

    public required DateTime? UpdatedAt { get; init; }

    public required DateTime? ClosedAt { get; init; }

    public required DateTime? LastContactAt { get; init; }

    public required double? CsatScore { get; init; }

    public required short? Nps { get; init; }

    /// <summary>Takes the codes out of a redacted case that <see cref="CaseRules"/> found good.</summary>
    public static CodedCase Of(Case @case) => new()
    {
        Kind = @case.Kind,
        CustomerCountry = @case.CustomerCountry,
        CentreCountry = @case.CentreCountry,
        CollectionCountry = @case.CollectionCountry,
        Centre = @case.Centre,
        Company = @case.Company,
        Brand = @case.Brand,
        Service = @case.Service,
        RequesterKind = @case.RequesterKind,
        Status = @case.Status,
        Priority = @case.Priority,
        Channel = @case.Channel,
        Language = @case.Language,
        ProductCategory = @case.Product?.Category ?? "",
        ProductLine = @case.Product?.Line ?? "",
        ProductModel = @case.Product?.Model ?? "",
        ProductLot = @case.Product?.Lot ?? "",
        ProductFirmware = @case.Product?.Firmware ?? "",
        InquiryType = @case.InquiryType,
        Severity = @case.Severity,
        Hazards = [.. @case.Hazards],
        Concepts = [.. @case.Concepts.Select(concept => $"{concept.Dictionary}:{concept.Code}")],
        OpenedAt = Instant(@case.Opened?.At),
        UpdatedAt = Instant(@case.Updated?.At),
        ClosedAt = Instant(@case.Closed?.At),
        LastContactAt = Instant(@case.LastContact?.At),
        CsatScore = @case.Satisfaction is { HasCsatScore: true } score ? score.CsatScore : null,
        Nps = @case.Satisfaction is { HasNps: true } answer ? (short)answer.Nps : null,
    };

    /// <summary>Names of the columns in which the two differ.</summary>
    public string[] DifferencesFrom(CodedCase before) =>
        [.. Comparisons.Where(column => !column.Same(this, before)).Select(column => column.Name)];

    /// <summary>The instant as PostgreSQL keeps it: whole microseconds, UTC.</summary>
    public static DateTime? Instant(Timestamp? at)
    {
        if (at is null)
        {
            return null;
        }

        var exact = at.ToDateTime();
        return exact.AddTicks(-(exact.Ticks % TimeSpan.TicksPerMicrosecond));
    }

    public void Write(NpgsqlBinaryImporter row)
    {
        Write(row, (int)Kind);
        Write(row, CustomerCountry);
        Write(row, CentreCountry);
        Write(row, CollectionCountry);
        Write(row, Centre);
        Write(row, Company);
        Write(row, Brand);
        Write(row, Service);
        Write(row, (int)RequesterKind);
        Write(row, (int)Status);
        Write(row, (int)Priority);
        Write(row, (int)Channel);
        Write(row, Language);
        Write(row, ProductCategory);
        Write(row, ProductLine);
        Write(row, ProductModel);
        Write(row, ProductLot);
        Write(row, ProductFirmware);
        Write(row, InquiryType);
        Write(row, (int)Severity);
        row.Write(Hazards, NpgsqlDbType.Array | NpgsqlDbType.Text);
        row.Write(Concepts, NpgsqlDbType.Array | NpgsqlDbType.Text);
        Write(row, OpenedAt, NpgsqlDbType.TimestampTz);
        Write(row, UpdatedAt, NpgsqlDbType.TimestampTz);
        Write(row, ClosedAt, NpgsqlDbType.TimestampTz);
        Write(row, LastContactAt, NpgsqlDbType.TimestampTz);
        Write(row, CsatScore, NpgsqlDbType.Double);
        Write(row, Nps, NpgsqlDbType.Smallint);
    }

    /// <summary>Reads <see cref="Columns"/> that begin at a place of the row.</summary>
    public static CodedCase Read(NpgsqlDataReader row, int at) => new()
    {
        Kind = (RecordKind)row.GetInt16(at),
        CustomerCountry = row.GetString(at + 1),
        CentreCountry = row.GetString(at + 2),
        CollectionCountry = row.GetString(at + 3),
        Centre = row.GetString(at + 4),
        Company = row.GetString(at + 5),
        Brand = row.GetString(at + 6),
        Service = row.GetString(at + 7),
        RequesterKind = (RequesterKind)row.GetInt16(at + 8),
        Status = (CaseStatus)row.GetInt16(at + 9),
        Priority = (Priority)row.GetInt16(at + 10),
        Channel = (Channel)row.GetInt16(at + 11),
        Language = row.GetString(at + 12),
        ProductCategory = row.GetString(at + 13),
        ProductLine = row.GetString(at + 14),
        ProductModel = row.GetString(at + 15),
        ProductLot = row.GetString(at + 16),
        ProductFirmware = row.GetString(at + 17),
        InquiryType = row.GetString(at + 18),
        Severity = (Severity)row.GetInt16(at + 19),
        Hazards = row.GetFieldValue<string[]>(at + 20),
        Concepts = row.GetFieldValue<string[]>(at + 21),
        OpenedAt = row.GetFieldValue<DateTime?>(at + 22),
        UpdatedAt = row.GetFieldValue<DateTime?>(at + 23),
        ClosedAt = row.GetFieldValue<DateTime?>(at + 24),
        LastContactAt = row.GetFieldValue<DateTime?>(at + 25),
        CsatScore = row.GetFieldValue<double?>(at + 26),
        Nps = row.GetFieldValue<short?>(at + 27),
    };

    private static void Write(NpgsqlBinaryImporter row, int code) => row.Write((short)code, NpgsqlDbType.Smallint);

    private static void Write(NpgsqlBinaryImporter row, string text) => row.Write(text, NpgsqlDbType.Text);

    private static void Write<T>(NpgsqlBinaryImporter row, T? value, NpgsqlDbType type)
        where T : struct
    {
        if (value is { } known)
        {
            row.Write(known, type);
        }
        else
        {
            row.WriteNull();
        }
    }
}
