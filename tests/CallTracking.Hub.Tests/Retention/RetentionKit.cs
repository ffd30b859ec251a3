using System.Net;
using CallTracking.Contracts;
using CallTracking.Hub.Access;
using CallTracking.Hub.Configuration;
using CallTracking.Hub.Policies;
using CallTracking.Hub.Retention;
using CallTracking.Hub.Tests.Cases;
using CallTracking.Privacy;
using CallTracking.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace CallTracking.Hub.Tests.Retention;

/// <summary>A database with a published policy, a clock, and retention on it.</summary>
internal sealed class RetentionKit(PlantedCases planted, ManualClock clock)
{
    // default: closed + P2Y delete. DE: closed + P1M anonymize. JP: closed + P3Y delete, never before P1Y. US keeps repairs longer.
    private const string German = """
        jurisdiction: de
        parent: default
        countries: [DE]
        retention:
          - {clock: closed, period: P1M, action: anonymize, basis: short}
          - {products: [TOY], clock: opened, period: P1W, action: delete, basis: toys}
        """;

    private const string Japanese = """
        jurisdiction: jp
        parent: default
        countries: [JP]
        retention:
          - {clock: closed, period: P3Y, minimum: P1Y, action: delete, basis: long}
        """;

    public PlantedCases Planted => planted;

    public ManualClock Clock => clock;

    public PolicyStore Policies { get; } = new(planted.DataSource);

    /// <summary>The key of the seals.</summary>
    public IdentitySource Identity { get; } = new(
        new HubOptions
        {
            Country = "JP",
            Entity = "Example Holdings K.K.",
            StateDirectory = Directory.CreateTempSubdirectory("ct-retention-").FullName,
            PoliciesDirectory = "policies",
            ConnectionString = planted.ConnectionString,
            GrpcListen = new IPEndPoint(IPAddress.Loopback, 0),
            GrpcHostNames = ["localhost"],
            WebListen = new IPEndPoint(IPAddress.Loopback, 0),
        },
        clock);

    public static async Task<RetentionKit> CreateAsync(PostgresCluster postgres)
    {
        var kit = new RetentionKit(await PlantedCases.CreateAsync(postgres), new ManualClock(new DateTimeOffset(2026, 11, 22, 3, 0, 0, TimeSpan.Zero)));
        await kit.PublishAsync();
        kit.Planted.Seal = (await kit.Identity.GetAsync(default)).Seal;
        return kit;
    }

    public Task<long> PublishAsync() => Policies.PublishAsync(
        [.. PolicySet.BuiltInPacks.Where(pack => pack.Name == "default.yaml"), Document("de.yaml", German), Document("jp.yaml", Japanese)],
        "test", "test", false, clock.GetUtcNow(), default);

    /// <summary>As another process would have it: nothing is shared but the database.</summary>
    public RetentionRuns NewRuns(TimeProvider? time = null, NpgsqlDataSource? dataSource = null) => new(
        dataSource ?? planted.DataSource,
        new RetentionRunStore(dataSource ?? planted.DataSource),
        new RetentionPolicies(new RuleSource(Policies, clock), Policies, clock),
        Identity,
        time ?? clock,
        NullLogger<RetentionRuns>.Instance);

    /// <summary>
    /// Another way into the database, over which the search for expired cases waits at the first of them until advisory lock 77
    /// is free.
    /// </summary>
    public async Task<NpgsqlDataSource> SlowDownAsync()
    {
        await planted.RunAsync("""
            create function public.make_interval(months int, days int) returns interval language plpgsql volatile as $$
            begin
                perform pg_advisory_xact_lock_shared(77);
                return pg_catalog.make_interval(months => months, days => days);
            end $$
            """);
        return NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(planted.ConnectionString) { SearchPath = "public,pg_catalog" }.ConnectionString);
    }

    public async Task WaitForAsync(string condition)
    {
        for (var round = 0; !await planted.ScalarAsync<bool>(condition); round++)
        {
            if (round == 500)
            {
                throw new TimeoutException(condition);
            }

            await Task.Delay(20);
        }
    }

    /// <summary>A closed case of a country, with a mark in its texts.</summary>
    public static Case Closed(string customer, DateTimeOffset closedAt, string centre = "", string category = "PHONE")
    {
        var @case = PlantedCases.NewCase(customer.Length > 0 ? customer : centre, customer, 1, category, CaseStatus.Closed);
        @case.CentreCountry = centre;
        @case.Closed = new CaseTime { At = Google.Protobuf.WellKnownTypes.Timestamp.FromDateTimeOffset(closedAt) };
        @case.CaseNumber = new PersonalText { Pseudonym = new Pseudonym { Value = Google.Protobuf.ByteString.CopyFromUtf8("QQMARKQQ") } };
        @case.Subject = new PersonalText { Masked = "QQMARKQQ" };
        @case.Resolution = new PersonalText { Masked = "QQMARKQQ" };
        return @case;
    }

    /// <summary>Many expired cases quickly, each with one entry of history.</summary>
    public Task PlantManyAsync(int count) => planted.RunAsync($$"""
        with planted as (
            insert into cases (case_uid, region, epoch, sequence, change_hash, received_at, policy_version, kind, customer_country, centre_country,
                collection_country, centre, company, brand, service, requester_kind, status, priority, channel, language, product_category,
                product_line, product_model, product_lot, product_firmware, inquiry_type, severity, hazards, concepts, closed_at, subject, description, record)
            select gen_random_uuid(), 'FR', 1, n, gen_random_uuid(), timestamptz '2020-01-01', 1, 1, 'FR', 'FR', '', '', '', '', '', 0, 6, 0, 0, '', '', '', '', '', '',
                '', 0, '{}', '{}', timestamptz '2020-01-01', '', '', '' from generate_series(1, {{count}}) n
            returning case_uid, sequence)
        insert into case_events select case_uid, 1, sequence, 0, 'FR', timestamptz '2019-01-01', timestamptz '2019-01-01', 0, 2, 1, '{}' from planted
        """);

    public Task<long> CountAsync(string table) => planted.ScalarAsync<long>($"select count(*) from {table}");

    private static PolicyDocument Document(string name, string yaml) => new() { Name = name, Yaml = yaml };
}
