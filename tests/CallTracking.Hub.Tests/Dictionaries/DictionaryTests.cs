using CallTracking.Contracts;
using CallTracking.Hub.Dictionaries;
using CallTracking.Hub.Tests.Kit;
using CallTracking.Privacy;
using CallTracking.Rpc;
using CallTracking.Testing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CallTracking.Hub.Tests.Dictionaries;

/// <summary>Code tables at the hub, and how a region gets them.</summary>
public sealed class DictionaryTests(PostgresCluster postgres) : IClassFixture<PostgresCluster>, IAsyncLifetime
{
    private TestHub _hub = null!;

    public async Task InitializeAsync() => _hub = await TestHub.StartAsync((await postgres.CreateMigratedAsync()).ConnectionString);

    public async Task DisposeAsync() => await _hub.DisposeAsync();

    [PostgresFact]
    public async Task GetDictionary_OfATable_GivesItSignedAndNothingWhenTheCallerHasIt()
    {
        await PublishAsync("product-models", Entry("WM-1", "washing-machine"), Entry("WM-2", "washing-machine"));
        using var germany = await _hub.EnrolAsync("DE");

        var answer = await AskAsync(germany, new GetDictionaryRequest { Name = "product-models" });
        var again = await AskAsync(germany, new GetDictionaryRequest { Name = "product-models", HaveVersion = 1 });
        await PublishAsync("product-models", Entry("WM-1", "washing-machine"));
        var newer = await AskAsync(germany, new GetDictionaryRequest { Name = "product-models", HaveVersion = 1 });

        var page = DictionaryVerifier.Open(answer.Dictionary, germany.Enrolment.PolicySigningKeySpki.Span)!;
        Assert.Equal(("product-models", 1U, 1U, 1U), (page.Name, page.Version, page.Page, page.Pages));
        Assert.Equal([("WM-1", "washing-machine"), ("WM-2", "washing-machine")], page.Entries.Select(entry => (entry.Code, entry.Parent)));
        Assert.Null(again.Dictionary);
        Assert.Equal(2U, DictionaryVerifier.Open(newer.Dictionary, germany.Enrolment.PolicySigningKeySpki.Span)!.Version);
    }

    [PostgresFact]
    public async Task GetDictionary_LargeTableReplacedWhileItIsRead_GivesAllPagesOfOneVersion()
    {
        var label = new string('x', 400);
        var entries = Enumerable.Range(1, 5000).Select(number => Entry($"C{number}", "", label + number)).ToArray();
        await PublishAsync("parts", entries);
        using var germany = await _hub.EnrolAsync("DE");

        var codes = new List<string>();
        for (uint page = 1, pages = 1; page <= pages; page++)
        {
            var answer = await AskAsync(germany, new GetDictionaryRequest { Name = "parts", Page = page, Version = page == 1 ? 0U : 1U });
            Assert.InRange(answer.CalculateSize(), 1, 2 * DictionaryPages.PageBytes);
            var content = DictionaryVerifier.Open(answer.Dictionary, germany.Enrolment.PolicySigningKeySpki.Span)!;
            Assert.Equal((1U, page), (content.Version, content.Page));
            codes.AddRange(content.Entries.Select(entry => entry.Code));
            pages = content.Pages;
            if (page == 1)
            {
                await PublishAsync("parts", Entry("other", ""));
            }
        }

        Assert.Equal(entries.Select(entry => entry.Code), codes);
    }

    [PostgresTheory]
    [InlineData("nothing", 0U, 0U, RpcStatusCode.NotFound)]
    [InlineData("parts", 0U, 2U, RpcStatusCode.NotFound)]
    [InlineData("parts", 7U, 0U, RpcStatusCode.NotFound)]
    [InlineData("No Name", 0U, 0U, RpcStatusCode.InvalidArgument)]
    public async Task GetDictionary_OfWhatThereIsNot_IsRefusedByReason(string name, uint version, uint page, RpcStatusCode expected)
    {
        await PublishAsync("parts", Entry("A", ""));
        using var germany = await _hub.EnrolAsync("DE");

        var refused = await Assert.ThrowsAsync<RpcException>(() => AskAsync(germany, new GetDictionaryRequest { Name = name, Version = version, Page = page }));

        Assert.Equal(expected, refused.StatusCode);
        Assert.NotNull(refused.Reason);
    }

    [PostgresFact]
    public async Task GetDictionary_WithoutACertificate_IsRefused()
    {
        await PublishAsync("parts", Entry("A", ""));
        await using var channel = _hub.OpenChannel(null);

        var refused = await Assert.ThrowsAsync<RpcException>(() => channel.UnaryAsync<GetDictionaryRequest, GetDictionaryResponse>(
            TestHub.Method<GetDictionaryRequest>(PolicyReflection.Descriptor, "GetDictionary"), new GetDictionaryRequest { Name = "parts" }, new RpcCallOptions(), default));

        Assert.Equal(RpcStatusCode.Unauthenticated, refused.StatusCode);
    }

    [PostgresFact]
    public async Task Publish_TheSameTableAgain_MakesNoVersionAndFourAtOnceMakeFour()
    {
        var first = await PublishAsync("parts", Entry("A", ""));
        var same = await PublishAsync("parts", Entry("A", ""));
        var four = await Task.WhenAll(Enumerable.Range(1, 4).Select(number => PublishAsync("parts", Entry($"B{number}", ""))));

        Assert.Equal((1, true, 1, false), (first.Row.Version, first.IsNew, same.Row.Version, same.IsNew));
        Assert.Equal([2, 3, 4, 5], four.Select(result => result.Row.Version).Order());
    }

    [PostgresFact]
    public async Task Push_ConceptDictionaries_AreAnnouncedInTheWelcomeAndGivenAsSuch()
    {
        await PublishAsync("parts", Entry("A", ""));
        await PublishConceptsAsync("hazards", "smoke");
        await PublishConceptsAsync("hazards", "fire");
        using var germany = await _hub.EnrolAsync("DE");
        await _hub.PublishAsync();

        await using var push = await germany.PushAsync();
        var answer = await AskAsync(germany, new GetDictionaryRequest { Name = "hazards" });

        Assert.Equal(new DictionaryVersion { Name = "hazards", Version = 2, Kind = DictionaryKind.Concepts }, Assert.Single(push.Welcome.Dictionaries));
        Assert.Equal(DictionaryKind.Concepts, DictionaryVerifier.Open(answer.Dictionary, germany.Enrolment.PolicySigningKeySpki.Span)!.Kind);
    }

    [PostgresFact]
    public async Task Push_RetiredConcepts_AreAnnouncedNoMoreUntilThereIsAVersionAgain()
    {
        await PublishConceptsAsync("hazards", "smoke");
        await PublishConceptsAsync("own", "fire");
        await _hub.Services.GetRequiredService<DictionaryStore>().PublishAsync("hazards", [], "test", "retired", Make.Day, default, DictionaryKind.Concepts);
        using var germany = await _hub.EnrolAsync("DE");
        await _hub.PublishAsync();

        await using (var push = await germany.PushAsync())
        {
            Assert.Equal("own", Assert.Single(push.Welcome.Dictionaries).Name);
        }

        await PublishConceptsAsync("hazards", "smoke");
        var store = _hub.Services.GetRequiredService<DictionaryStore>();
        Assert.Equal([("hazards", 3u), ("own", 1u)], (await store.ConceptsInForceAsync(default)).Select(version => (version.Name, version.Version)));
    }

    [PostgresFact]
    public async Task Publish_ConceptsUnderTheNameOfACodeTable_IsRefused()
    {
        await PublishAsync("hazards", Entry("A", ""));

        var refused = await Assert.ThrowsAsync<HubException>(() => PublishConceptsAsync("hazards", "smoke"));

        Assert.Contains("'hazards' is a code table already", refused.Message, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task Push_CaseWithAConceptOfEndlessLength_IsRejectedAlone()
    {
        using var germany = await _hub.EnrolAsync("DE");
        await _hub.PublishAsync();
        await using var push = await germany.PushAsync();
        var (good, bad) = (Make.Case("DE", 1), Make.Case("DE", 2));
        good.Concepts.Add(new ConceptCode { Dictionary = "hazards", DictionaryVersion = 1, Code = "hazard.smoke", Count = 2 });
        bad.Concepts.Add(new ConceptCode { Dictionary = "hazards", DictionaryVersion = 1, Code = new string('x', 5000), Count = 1 });

        await push.SendAsync(new PushRequest { Batch = Make.Batch(push, Make.Record(good, 1), Make.Record(bad, 2)) });
        var ack = (await push.ReceiveAsync(PushResponse.MessageOneofCase.Ack)).Ack;

        Assert.Equal([Outcome.New, Outcome.Rejected], Make.Outcomes(ack));
        Assert.Equal(("too-long", "concepts"), (Assert.Single(ack.Exceptions).Reason, ack.Exceptions[0].Field));
    }

    private Task<(DictionaryVersionRow Row, bool IsNew)> PublishConceptsAsync(string name, string word) => _hub.Services.GetRequiredService<DictionaryStore>().PublishAsync(
        name, ConceptFile.Parse([("t.yaml", $"concepts: {{a: {{}}}}\nlanguages: {{en: {{concepts: {{a: {{patterns: [{word}]}}}}}}}}")]).Entries, "tester", "a test", Make.Day, default, DictionaryKind.Concepts);

    private static DictionaryEntry Entry(string code, string parent, string? label = null) =>
        new() { Code = code, Parent = parent, Labels = { label is null ? [] : [new DictionaryLabel { Language = "en", Text = label }] } };

    private static Task<GetDictionaryResponse> AskAsync(RegionClient region, GetDictionaryRequest request) =>
        region.CallAsync<GetDictionaryRequest, GetDictionaryResponse>(PolicyReflection.Descriptor, "GetDictionary", request);

    private Task<(DictionaryVersionRow Row, bool IsNew)> PublishAsync(string name, params DictionaryEntry[] entries) =>
        _hub.Services.GetRequiredService<DictionaryStore>().PublishAsync(name, entries, "tester", "a test", Make.Day, default);
}
