using CallTracking.Contracts;
using CallTracking.Hub.Cases;
using CallTracking.Testing;
using Google.Protobuf.WellKnownTypes;
using Xunit;
using static CallTracking.Hub.Tests.Cases.PlantedCases;

namespace CallTracking.Hub.Tests.Cases;

public sealed class CaseStoreTests(PostgresCluster postgres) : IClassFixture<PostgresCluster>
{
    [PostgresFact]
    public async Task FindAsync_StoredCase_ComesBackWhole()
    {
        var planted = await CreateAsync(postgres);
        var @case = NewCase("DE", "DE", 3);
        var uid = await planted.AddAsync(@case);
        var store = new CaseStore(planted.DataSource);

        var stored = await store.FindAsync(uid, CaseScope.AllRegions, default);

        Assert.Equal(@case, stored!.Case);
        Assert.Equal(7UL, stored.PolicyVersion);
        Assert.Null(stored.AnonymizedAt);
        Assert.Null(await store.FindAsync(uid, CaseScope.Only(RegionCode.Parse("JP")), default));
    }

    [PostgresFact]
    public async Task ListAsync_EveryPageSize_GivesEachCaseOnceInOneOrder()
    {
        var planted = await CreateAsync(postgres);
        var uids = new List<CaseUid>();
        for (var index = 0; index < 23; index++)
        {
            // Ties of one opening time, and cases without any.
            uids.Add(await planted.AddAsync(NewCase("DE", "DE", index % 5 == 0 ? null : index % 3)));
        }

        var store = new CaseStore(planted.DataSource);
        var whole = (await store.ListAsync(new CaseFilter(), CaseScope.AllRegions, null, new PageSize(1000), default)).Cases.Select(Uid).ToList();
        Assert.Equal(uids.Order(), whole.Order());
        foreach (var size in new[] { 1, 2, 5, 18, 22, 23 })
        {
            var paged = new List<CaseUid>();
            CaseCursor? after = null;
            do
            {
                var page = await store.ListAsync(new CaseFilter(), CaseScope.AllRegions, after, new PageSize(size), default);
                Assert.InRange(page.Cases.Count, 1, size);
                paged.AddRange(page.Cases.Select(Uid));
                after = page.Next;
            }
            while (after is not null);
            Assert.Equal(whole, paged);
        }

        Assert.Equal(whole, (await store.StreamAsync(new CaseFilter(), CaseScope.AllRegions, null, default).ToListAsync()).Select(Uid));
    }

    [PostgresTheory]
    [InlineData(1L)]
    [InlineData(1_000L)]
    [InlineData(4_500L)]
    [InlineData(1_000_000L)]
    public async Task ListAsync_PageThatEndsByBytes_SkipsNothingAndKeepsTheOrder(long bytes)
    {
        var planted = await CreateAsync(postgres);
        for (var index = 0; index < 17; index++)
        {
            var @case = NewCase("DE", "DE", index % 4 == 0 ? null : index % 3);
            @case.Description.Masked = new string('x', index % 5 * 900);
            await planted.AddAsync(@case);
        }

        var store = new CaseStore(planted.DataSource);
        var whole = (await store.ListAsync(new CaseFilter(), CaseScope.AllRegions, null, new PageSize(1000), default)).Cases;
        var paged = new List<StoredCase>();
        CaseCursor? after = null;
        do
        {
            var page = await store.ListAsync(new CaseFilter(), CaseScope.AllRegions, after, new PageSize(6, bytes), default);
            Assert.InRange(page.Cases.Count, 1, 6);
            Assert.True(page.Cases.Count == 1 || page.Cases.Sum(stored => stored.Case.Description.Masked.Length) <= bytes);
            paged.AddRange(page.Cases);
            after = page.Next;
        }
        while (after is not null);

        Assert.Equal(17, whole.Count);
        Assert.Equal(whole, paged);
    }

    [PostgresFact]
    public async Task ListAsync_LargestCases_EndsAPageBeforeItsBytesAreManyMebibytes()
    {
        var planted = await CreateAsync(postgres);
        for (var index = 0; index < 8; index++)
        {
            var @case = NewCase("DE", "DE", index);
            @case.Resolution = new PersonalText { Masked = new string('x', 3_000_000) };
            await planted.AddAsync(@case);
        }

        var store = new CaseStore(planted.DataSource);
        var first = await store.ListAsync(new CaseFilter(), CaseScope.AllRegions, null, new PageSize(1000), default);
        var all = await store.StreamAsync(new CaseFilter(), CaseScope.AllRegions, null, default).Select(Uid).ToListAsync();

        Assert.Equal(2, first.Cases.Count);
        Assert.NotNull(first.Next);
        Assert.Equal(8, all.Distinct().Count());
        Assert.Equal(8, all.Count);
    }

    [PostgresFact]
    public async Task ListAsync_CasesArriveBetweenPages_NoneIsMissedOrDoubled()
    {
        var planted = await CreateAsync(postgres);
        for (var day = 1; day <= 6; day++)
        {
            await planted.AddAsync(NewCase("DE", "DE", day));
        }

        var store = new CaseStore(planted.DataSource);
        var first = await store.ListAsync(new CaseFilter(), CaseScope.AllRegions, null, new PageSize(3), default);
        await planted.AddAsync(NewCase("DE", "DE", 20));
        var second = await store.ListAsync(new CaseFilter(), CaseScope.AllRegions, first.Next, new PageSize(3), default);

        Assert.Equal([At(3), At(2), At(1)], second.Cases.Select(stored => stored.Case.Opened.At.ToDateTimeOffset()));
        Assert.Null(second.Next);
    }

    [PostgresFact]
    public async Task ListAsync_EveryFilter_ChoosesExactlyItsCases()
    {
        var planted = await CreateAsync(postgres);
        var other = NewCase("JP", "JP", 10, "CAMERA", CaseStatus.Closed);
        other.Kind = RecordKind.Repair;
        other.Priority = Priority.Urgent;
        other.Channel = Channel.Phone;
        other.Language = "ja";
        other.Product.Model = "M'2";
        other.Brand = "Brand";
        other.InquiryType = "DEFECT";
        other.Hazards.Add(["SMOKE", "BURN"]);
        other.Concepts.Add(Found("hazard.smoke"));
        other.Updated = Time(12);
        var wanted = await planted.AddAsync(other);
        await planted.AddAsync(NewCase("US", "US-CA", 5));
        await planted.RunAsync("insert into dictionary_version values ('hazards', 1, now(), 'ana', 'a test', 1, 1, '', 1)");
        var store = new CaseStore(planted.DataSource);
        CaseFilter[] filters =
        [
            new() { Regions = { "JP" } }, new() { Countries = { "JP", "CN" } }, new() { Statuses = { CaseStatus.Closed } },
            new() { Priorities = { Priority.Urgent } }, new() { Channels = { Channel.Phone } }, new() { Kinds = { RecordKind.Repair } },
            new() { ProductCategories = { "CAMERA" } }, new() { ProductModels = { "M'2" } }, new() { Languages = { "ja" } },
            new() { Hazards = { "BURN", "SWELLING" } }, new() { Brands = { "Brand" } }, new() { InquiryTypes = { "DEFECT" } },
            new() { Concepts = { "hazards:hazard.smoke", "hazard.fire" } }, new() { Concepts = { "hazard.smoke" } },
            new() { OpenedFrom = At(6).ToTimestamp() }, new() { OpenedFrom = At(10).ToTimestamp(), OpenedBefore = At(10.5).ToTimestamp() },
            new() { UpdatedFrom = At(12).ToTimestamp() }, new() { UpdatedBefore = At(13).ToTimestamp() },
        ];

        foreach (var filter in filters)
        {
            var page = await store.ListAsync(filter, CaseScope.AllRegions, null, new PageSize(10), default);
            Assert.Equal([wanted], page.Cases.Select(Uid));
        }

        Assert.Empty((await store.ListAsync(new CaseFilter { Regions = { "JP' or true --" } }, CaseScope.AllRegions, null, new PageSize(10), default)).Cases);
        Assert.Empty((await store.ListAsync(new CaseFilter { OpenedBefore = At(5).ToTimestamp() }, CaseScope.AllRegions, null, new PageSize(10), default)).Cases);
        Assert.Single((await store.ListAsync(new CaseFilter { Countries = { "US" } }, CaseScope.AllRegions, null, new PageSize(10), default)).Cases);
    }

    [PostgresFact]
    public async Task ListAsync_ScopeOfARegion_NeverShowsAnothersWhateverTheFilter()
    {
        var planted = await CreateAsync(postgres);
        await planted.AddAsync(NewCase("DE", "DE", 1));
        var own = await planted.AddAsync(NewCase("JP", "JP", 1));
        var store = new CaseStore(planted.DataSource);
        var scope = CaseScope.Only(RegionCode.Parse("JP"));

        Assert.Equal([own], (await store.ListAsync(new CaseFilter(), scope, null, new PageSize(10), default)).Cases.Select(Uid));
        Assert.Empty((await store.ListAsync(new CaseFilter { Regions = { "DE" } }, scope, null, new PageSize(10), default)).Cases);
        Assert.Equal([own], (await store.StreamAsync(new CaseFilter { Regions = { "DE", "JP" } }, scope, null, default).ToListAsync()).Select(Uid));
        Assert.Equal(1UL, Assert.Single(await new CaseCounts(planted.DataSource).CountAsync(new CaseFilter(), scope, [CountBy.Region], default)).Count);
    }

    [PostgresFact]
    public async Task CountAsync_ByCountryAndCategory_CountsEachCombination()
    {
        var planted = await CreateAsync(postgres);
        for (var copies = 0; copies < 3; copies++)
        {
            await planted.AddAsync(NewCase("DE", "DE", 1, "BATTERY"));
        }

        await planted.AddAsync(NewCase("DE", "AT", 40, "BATTERY", CaseStatus.PendingCustomer));
        await planted.AddAsync(NewCase("DE", "DE", null, ""));
        var counts = new CaseCounts(planted.DataSource);

        var found = await counts.CountAsync(new CaseFilter(), CaseScope.AllRegions, [CountBy.Country, CountBy.ProductCategory], default);
        var coded = await counts.CountAsync(new CaseFilter(), CaseScope.AllRegions, [CountBy.Status, CountBy.MonthOpened, CountBy.Kind], default);

        Assert.Equal(["DE/BATTERY=3", "AT/BATTERY=1", "DE/=1"], found.Select(count => $"{string.Join('/', count.Keys)}={count.Count}"));
        Assert.Equal(["open/2026-01/inquiry=3", "open//inquiry=1", "pending_customer/2026-02/inquiry=1"],
            coded.Select(count => $"{string.Join('/', count.Keys)}={count.Count}").Order(StringComparer.Ordinal).OrderByDescending(text => text[^1]));
    }

    [PostgresFact]
    public async Task CountAsync_ByConcept_CountsACaseUnderEachOfItsConcepts()
    {
        var planted = await CreateAsync(postgres);
        foreach (string[] codes in (string[][])[["hazard.smoke", "hazard.child"], ["hazard.smoke"], []])
        {
            var @case = NewCase("DE", "DE", 1);
            @case.Concepts.Add(codes.Select(Found));
            await planted.AddAsync(@case);
        }

        var counts = new CaseCounts(planted.DataSource);
        var found = await counts.CountAsync(new CaseFilter(), CaseScope.AllRegions, [CountBy.Concept], default);
        var child = await counts.CountAsync(new CaseFilter { Concepts = { "hazards:hazard.child" } }, CaseScope.AllRegions, [CountBy.Country, CountBy.Concept], default);

        Assert.Equal(["hazards:hazard.smoke=2", "=1", "hazards:hazard.child=1"], found.Select(count => $"{count.Keys[0]}={count.Count}"));
        Assert.Equal(["DE/hazards:hazard.child=1", "DE/hazards:hazard.smoke=1"], child.Select(count => $"{string.Join('/', count.Keys)}={count.Count}"));
    }

    [PostgresFact]
    public async Task CountAsync_EveryField_IsKnownToTheDatabase()
    {
        var planted = await CreateAsync(postgres);
        await planted.AddAsync(NewCase("DE", "DE", 1));
        var counts = new CaseCounts(planted.DataSource);

        foreach (var field in CaseCounts.Fields.Values)
        {
            Assert.Equal(1UL, Assert.Single(await counts.CountAsync(new CaseFilter(), CaseScope.AllRegions, [field], default)).Count);
        }

        Assert.Equal(System.Enum.GetValues<CountBy>().Length - 1, CaseCounts.Fields.Count);
    }

    [PostgresFact]
    public async Task BacklogAsync_History_GivesWhatWasOpenAtEachInstant()
    {
        var planted = await CreateAsync(postgres);
        var (early, late) = (CaseUid.FromGuid(Guid.NewGuid()), CaseUid.FromGuid(Guid.NewGuid()));
        await planted.AddEventAsync(early, "DE", 1, +1);
        await planted.AddEventAsync(early, "DE", 4.5, -1);
        await planted.AddEventAsync(late, "DE", 4, +1);
        await planted.AddEventAsync(late, "JP", 2, +1);
        await planted.AddEventAsync(late, "JP", 99, +1);
        var store = new BacklogStore(planted.DataSource);

        var points = await store.CountAsync(new BacklogQuestion([], At(3), At(5), TimeSpan.FromDays(1)), CaseScope.AllRegions, default);
        var own = await store.CountAsync(new BacklogQuestion([], At(3), At(3), TimeSpan.FromHours(1)), CaseScope.Only(RegionCode.Parse("JP")), default);
        var none = await store.CountAsync(new BacklogQuestion(["DE"], At(3), At(3), TimeSpan.FromHours(1)), CaseScope.Only(RegionCode.Parse("JP")), default);

        // An event at the very instant counts: at day 4 both cases of DE are open.
        Assert.Equal([("DE", 1L), ("DE", 2L), ("DE", 1L), ("JP", 1L), ("JP", 1L), ("JP", 1L)], points.Select(point => (point.Region, point.OpenCases)));
        Assert.Equal([At(3), At(4), At(5)], points.Take(3).Select(point => point.At.ToDateTimeOffset()));
        Assert.Equal([("JP", 1L)], own.Select(point => (point.Region, point.OpenCases)));
        Assert.Empty(none);
    }

    [PostgresFact]
    public async Task ListAsync_DeepPage_WalksTheIndexInsteadOfSorting()
    {
        var planted = await CreateAsync(postgres);
        await planted.RunAsync("""
            insert into cases (case_uid, region, epoch, sequence, change_hash, received_at, policy_version, kind, customer_country, centre_country,
                collection_country, centre, company, brand, service, requester_kind, status, priority, channel, language, product_category,
                product_line, product_model, product_lot, product_firmware, inquiry_type, severity, hazards, concepts, opened_at, subject, description, record)
            select gen_random_uuid(), 'DE', 1, n, gen_random_uuid(), now(), 1, 1, 'DE', 'DE', '', '', '', '', '', 0, 2, 0, 0, '', '', '', '', '', '', '', 0,
                '{}', '{}', timestamptz '2026-01-01' + n * interval '1 minute', '', '', '' from generate_series(1, 20000) n
            """);
        await planted.RunAsync("analyze cases");

        var plan = string.Join('\n', await planted.DataSource.ReadTextsAsync("""
            explain select case_uid, opened_at, case when fits then record end from (
                select *, bytes_so_far <= 8000000 or (true and bytes_so_far = bytes) as fits from (
                    select case_uid, opened_at, record, octet_length(record) as bytes,
                           sum(octet_length(record)) over (order by opened_at desc, case_uid desc rows unbounded preceding) as bytes_so_far
                    from cases where true and opened_at is not null and (opened_at, case_uid) < (timestamptz '2026-01-05', gen_random_uuid())
                    order by opened_at desc, case_uid desc limit 100
                ) sized
            ) page
            order by opened_at desc, case_uid desc
            """));

        Assert.Contains("Index", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("Sort", plan, StringComparison.Ordinal);
    }

    private static CaseUid Uid(StoredCase stored) => CaseUid.FromBytes(stored.Case.CaseUid.Span);

    private static ConceptCode Found(string code) => new() { Dictionary = "hazards", DictionaryVersion = 1, Code = code, Count = 1 };
}
