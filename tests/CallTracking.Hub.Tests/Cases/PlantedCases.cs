using CallTracking.Contracts;
using CallTracking.Hub.Storage;
using CallTracking.Hub.Tests.Kit;
using CallTracking.Testing;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Npgsql;
using NpgsqlTypes;

namespace CallTracking.Hub.Tests.Cases;

/// <summary>A migrated database with rows as ingest would have left them.</summary>
internal sealed class PlantedCases(NpgsqlDataSource dataSource, string connectionString)
{
    private const string InsertCase = """
        insert into cases (
            case_uid, region, epoch, sequence, change_hash, source_updated_at, received_at, policy_version, anonymized_at, kind,
            customer_country, centre_country, collection_country, centre, company, brand, service, requester_kind, status, priority,
            channel, language, product_category, product_line, product_model, product_lot, product_firmware, inquiry_type, severity,
            hazards, concepts, opened_at, updated_at, closed_at, last_contact_at, csat_score, nps, subject, description, record, seal)
        values ($1, $2, 1, $3, $1, $4, $5, $28, null, $6, $7, $8, $9, '', '', $10, '', 0, $11, $12, $13, $14, $15, '', $16, '', '', $17, 0,
            $18, $26, $19, $20, $21, $22, null, null, $23, $24, $25, $27)
        """;

    private const string InsertEvent = """
        insert into case_events (case_uid, epoch, sequence, ordinal, region, at, recorded_at, status_from, status_to, backlog_delta, changed)
        values ($1, 1, $2, 0, $3, $4, $4, 0, 2, $5, '{}')
        """;

    private long _sequence;

    public NpgsqlDataSource DataSource => dataSource;

    /// <summary>Of what is planted from now on.</summary>
    public long PolicyVersion { get; set; } = 7;

    /// <summary>Seals what is planted from now on; without it rows are as from before there were seals.</summary>
    public CaseSeal? Seal { get; set; }

    /// <summary>For another process; holds the password.</summary>
    public string ConnectionString => connectionString;

    public static async Task<PlantedCases> CreateAsync(PostgresCluster postgres)
    {
        var database = await postgres.CreateMigratedAsync();
        return new PlantedCases(database.DataSource, database.ConnectionString);
    }

    /// <summary>An instant of January 2026 and after: day 1 is the first of January.</summary>
    public static DateTimeOffset At(double day) => new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddDays(day - 1);

    public static CaseTime Time(double day) => new() { At = At(day).ToTimestamp() };

    public static Case NewCase(string region, string country, double? openedOn, string category = "PHONE", CaseStatus status = CaseStatus.Open) => new()
    {
        CaseUid = CaseUid.FromGuid(Guid.NewGuid()).ToByteString(),
        Region = region,
        Source = "desk",
        Kind = RecordKind.Inquiry,
        CustomerCountry = country,
        CentreCountry = country.Length > 2 ? country[..2] : country,
        Status = status,
        Priority = Priority.Normal,
        Channel = Channel.Email,
        Language = "en",
        Product = new Product { Category = category, Model = "M-1" },
        Opened = openedOn is { } day ? Time(day) : null,
        Subject = new PersonalText { Masked = "Battery of [NAME_1]" },
        Description = new PersonalText { Masked = "It gets warm." },
    };

    /// <summary>Plants the case and answers its uid.</summary>
    public async Task<CaseUid> AddAsync(Case @case)
    {
        var rest = @case.Clone();
        var texts = CaseLayout.Split(rest);
        var (uid, record) = (CaseUid.FromBytes(@case.CaseUid.Span), rest.ToByteArray());
        var seal = Seal?.Of(new SealedRow(uid.ToGuid(), @case.Region, 1, ++_sequence, uid.ToGuid(), PolicyVersion, record, texts));
        await RunAsync(
            InsertCase,
            uid.ToGuid(), @case.Region, _sequence, Instant(@case.Updated), At(300), (short)@case.Kind,
            @case.CustomerCountry, @case.CentreCountry, @case.CollectionCountry, @case.Brand, (short)@case.Status, (short)@case.Priority,
            (short)@case.Channel, @case.Language, @case.Product?.Category ?? "", @case.Product?.Model ?? "", @case.InquiryType,
            @case.Hazards.ToArray(), Instant(@case.Opened), Instant(@case.Updated), Instant(@case.Closed), Instant(@case.LastContact),
            texts.Subject, texts.Description, record, @case.Concepts.Select(concept => $"{concept.Dictionary}:{concept.Code}").ToArray(), (object?)seal ?? DBNull.Value, PolicyVersion);
        return uid;
    }

    public Task AddEventAsync(CaseUid uid, string region, double day, int delta) =>
        RunAsync(InsertEvent, uid.ToGuid(), ++_sequence, region, At(day), (short)delta);

    public async Task RunAsync(string sql, params object?[] values)
    {
        await using var command = dataSource.CreateCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(value is null
                ? new NpgsqlParameter { Value = DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz }
                : new NpgsqlParameter { Value = value });
        }

        await command.ExecuteNonQueryAsync();
    }

    public async Task<T> ScalarAsync<T>(string sql)
    {
        await using var command = dataSource.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    private static DateTimeOffset? Instant(CaseTime? time) => time?.At?.ToDateTimeOffset();
}
