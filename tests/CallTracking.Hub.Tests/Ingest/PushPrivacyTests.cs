using CallTracking.Contracts;
using CallTracking.Hub.Tests.Kit;
using CallTracking.Testing;
using Xunit;

namespace CallTracking.Hub.Tests.Ingest;

/// <summary>What may not rest at the hub does not, whatever is sent.</summary>
public sealed class PushPrivacyTests(PostgresCluster postgres) : IClassFixture<PostgresCluster>, IAsyncLifetime
{
    private const string Transfers = """
        hub: {country: JP, entity: Example Holdings K.K.}
        transfers:
          - {from: [DE], to: JP, basis: adequacy, reference: "test", since: 2019-01-23, except: [national_id, payment]}
        """;

    private TestHub _hub = null!;
    private RegionClient _germany = null!;
    private PushClient _push = null!;

    public async Task InitializeAsync()
    {
        _hub = await TestHub.StartAsync((await postgres.CreateMigratedAsync()).ConnectionString);
        await _hub.PublishAsync(("hub.yaml", Transfers));
        _germany = await _hub.EnrolAsync("DE");
        _push = await _germany.PushAsync();
    }

    public async Task DisposeAsync()
    {
        await _push.DisposeAsync();
        _germany.Dispose();
        await _hub.DisposeAsync();
    }

    [PostgresFact]
    public async Task Push_CaseFullOfPlantedValues_NoneOfThemRestsInTheDatabaseOrTheLog()
    {
        string[] refusedOnes = ["Friederike Musterfrau", "friederike.musterfrau@example.org", "65929970489", "4111111111111111"];
        string[] inTexts = ["planted.inbox@example.org", "+49 30 5550 1234"];
        var carriers = new Action<Case>[]
        {
            c => c.Customer = new Customer { Name = Clear(refusedOnes[0]) },
            c => c.Customer = new Customer { Emails = { Clear(refusedOnes[1]) } },
            c => c.Customer = new Customer { NationalIds = { new NationalId { Value = Clear(refusedOnes[2]) } } },
            c => c.Customer = new Customer { Payments = { Clear(refusedOnes[3]) } },
            c => c.Description = Clear($"Bitte schreiben Sie an {inTexts[0]} oder rufen Sie {inTexts[1]} an."),
            c => c.Messages.Add(new Message { Body = Clear($"Antwort an {inTexts[0]}") }),
            c => c.CustomFields.Add(new CustomField { Name = "note", Text = Clear(refusedOnes[0]) }),
        };
        var records = carriers.Select((plant, i) =>
        {
            var @case = German(i + 1);
            plant(@case);
            return Make.Record(@case, (ulong)(i + 1));
        }).ToArray();

        var ack = await _push.PushAsync(Make.Batch(_push, records));

        Assert.Equal([Outcome.Rejected, Outcome.Rejected, Outcome.Rejected, Outcome.Rejected, Outcome.New, Outcome.New], Make.Outcomes(ack).Take(6));
        Assert.Contains(ack.Exceptions, exception => exception is { Reason: "clear-under-edge-rule", Field: "customer.emails" });
        Assert.NotEmpty(ack.Redactions);
        Assert.Equal(2, await _hub.QueryAsync<long>("select count(*) from cases where case_uid in (select case_uid from case_events)"));
        string[] planted = [.. refusedOnes, .. inTexts, "5550 1234", "musterfrau"];
        Assert.Empty(await DatabaseSearch.FindAsync(_hub.Options.ConnectionString, planted));
        _hub.Log.MustNotContain(planted);
        Assert.True(await _hub.QueryAsync<long>("select sum(count)::bigint from redaction_count where place = 2") > 0);
    }

    [PostgresFact]
    public async Task Push_CaseWhoseTimeIsOver_IsSuppressedAndLeavesNoTrace()
    {
        var old = German(1);
        old.Status = CaseStatus.Closed;
        old.Closed = Make.Time(Make.Day.AddYears(-4));
        var young = German(2);
        young.Status = CaseStatus.Closed;
        young.Closed = Make.Time(Make.Day.AddYears(-1));

        var ack = await _push.PushAsync(Make.Batch(_push, Make.Record(old, 1), Make.Record(young, 2)));

        Assert.Equal([Outcome.Suppressed, Outcome.New], Make.Outcomes(ack));
        Assert.Equal("expired", Assert.Single(ack.Exceptions).Reason);
        Assert.Equal(1, await _hub.QueryAsync<long>("select count(*) from cases"));
        Assert.Equal(Make.Uuid(2), await _hub.QueryAsync<Guid>("select distinct case_uid from case_events"));
    }

    [PostgresFact]
    public async Task Push_StoredCase_KeepsSubjectAndDescriptionInColumnsOnly()
    {
        await _push.PushAsync(Make.Batch(_push, Make.Record(German(1), 1)));

        Assert.Equal("Display stays dark", await _hub.QueryAsync<string>("select subject from cases"));
        Assert.Equal(0, await _hub.QueryAsync<int>("select position('Display'::bytea in record) from cases"));
        Assert.Contains(
            Case.Parser.ParseFrom(await _hub.QueryAsync<byte[]>("select record from cases")).Redactions,
            receipt => receipt is { Place: RedactionPlace.Hub, PolicyVersion: "1" });
    }

    [PostgresFact]
    public async Task Push_SameVersionAfterAnotherPolicy_IsStoredAgainUnderItWithoutHistory()
    {
        await _push.PushAsync(Make.Batch(_push, Make.Record(German(1), 1)));
        await _hub.PublishAsync(("hub.yaml", Transfers));
        await using var push = await _germany.PushAsync(_push.Welcome, lastSequence: 1);

        var ack = await push.PushAsync(Make.Batch(push, Make.Record(German(1), 2)));

        Assert.Equal([Outcome.Changed], Make.Outcomes(ack));
        Assert.Equal(2, await _hub.QueryAsync<long>("select policy_version from cases"));
        Assert.Equal(1, await _hub.QueryAsync<long>("select count(*) from case_events"));
    }

    private static PersonalText Clear(string text) => new() { Clear = text };

    private static Case German(int number)
    {
        var @case = Make.Case("DE", number);
        (@case.CustomerCountry, @case.CentreCountry, @case.CollectionCountry) = ("DE", "DE", "DE");
        return @case;
    }
}
