using CallTracking.Contracts;
using CallTracking.Hub.Policies;
using CallTracking.Hub.Tests.Cases;
using CallTracking.Testing;
using Xunit;

namespace CallTracking.Hub.Tests.Policies;

/// <summary>The commands of the real program that say what rules do.</summary>
public sealed class PolicyProgramTests(PostgresCluster postgres) : IClassFixture<PostgresCluster>, IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ct-policy-");
    private PlantedCases _planted = null!;

    public async Task InitializeAsync()
    {
        _planted = await PlantedCases.CreateAsync(postgres);
        Directory.CreateDirectory(Path.Combine(_folder.FullName, "policies"));
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "hub.yaml"), "country: JP\nentity: Example Holdings\n");
    }

    public Task DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return Task.CompletedTask;
    }

    [PostgresFact]
    public async Task LawDiff_OverTheDayOnWhichChileTurnsOn_SaysSoInEffects()
    {
        await _planted.AddAsync(PlantedCases.NewCase("CL", "CL", 1));

        var diff = await EndAsync("policy", "law", "diff", "2026-11-30", "2026-12-01");

        Assert.Contains("CL: falls under 'cl' instead of 'default'", diff.Output, StringComparison.Ordinal);
        Assert.Contains("postcode: generalize to prefix:2 instead of drop", diff.Output, StringComparison.Ordinal);
        Assert.Contains("up to 1 cases of CL may bring postcode", diff.Output, StringComparison.Ordinal);
        Assert.Contains("1 cases of 1 have another form at the edge", diff.Output, StringComparison.Ordinal);
        Assert.Contains("not reviewed by counsel: ae, ar,", diff.Output, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task Diff_TighterDraft_CountsTheCasesThatHoldTheClass()
    {
        for (var number = 0; number < 3; number++)
        {
            var @case = PlantedCases.NewCase("BR", "BR", 1);
            @case.Customer = new Customer { Addresses = { new PostalAddress { Postcode = number < 2 ? new PersonalText { Generalized = "01" } : null } } };
            await _planted.AddAsync(@case);
        }

        Draft("br-own.yaml", "jurisdiction: br-own\nparent: br\ncountries: [BR]\nrules:\n  postcode: {action: drop, at: edge}\n");

        var diff = await EndAsync("policy", "diff");

        Assert.Contains("2 cases of BR lose postcode", diff.Output, StringComparison.Ordinal);
        Assert.Contains("3 cases of 3 have another form at the edge", diff.Output, StringComparison.Ordinal);
        Assert.Contains("Nothing changes.", (await EndAsync("policy", "diff", "draft", "draft")).Output, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task Diff_DraftLetsRecordsStay_CountsTheCasesThatLeave()
    {
        await _planted.AddAsync(PlantedCases.NewCase("BR", "BR", 1));
        await _planted.AddAsync(PlantedCases.NewCase("BR", "BR", 2));
        await _planted.AddAsync(PlantedCases.NewCase("DE", "DE", 3));
        Draft("br-own.yaml", "jurisdiction: br-own\nparent: br\ncountries: [BR]\nresidency: {records: stay, aggregates: leave, k: 10}\n");

        var diff = await EndAsync("policy", "diff");

        Assert.Contains("2 cases of BR leave headquarters: their records stay in the region", diff.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("No stored case", diff.Output, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task LawReview_Recorded_IsShownUntilTheTextChanges()
    {
        Assert.Contains("not reviewed by counsel", (await EndAsync("policy", "law", "show", "CL")).Output, StringComparison.Ordinal);

        await EndAsync("policy", "law", "review", "cl", "--by", "Counsel of Example", "--note", "sound");

        Assert.Contains("reviewed by Counsel of Example", (await EndAsync("policy", "law", "show", "cl")).Output, StringComparison.Ordinal);
        Assert.Contains("reviewed by Counsel of Example", (await EndAsync("policy", "show", "CL", "--on", "2026-12-01")).Output, StringComparison.Ordinal);
        Draft("cl.yaml", Privacy.PolicySet.BuiltInPacks.Single(pack => pack.Name == "cl.yaml").Yaml + "# edited\n");
        Assert.Contains("since its text changed", (await EndAsync("policy", "law", "list", "--of", "draft")).Output, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task Validate_DocumentOfALaterDay_SaysFromWhenItHolds()
    {
        Draft("br-own.yaml", "jurisdiction: br-own\nparent: br\ncountries: [BR]\nin_force: 2099-01-01\nrules:\n  postcode: {action: drop, at: edge}\n");

        var validated = (await EndAsync("policy", "validate")).Error;

        Assert.Contains("note: br-own.yaml holds from 2099-01-01 on; its effects: calltracking-hub policy diff --on 2099-01-01", validated, StringComparison.Ordinal);
        Assert.DoesNotContain("cl.yaml holds", validated, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task Validate_WithoutADatabase_ChecksAllTheSame()
    {
        Draft("fr-own.yaml", "jurisdiction: fr-own\nparent: eea\ncountries: [FR]\nlaw: x\n");

        var checkedWithout = await HubProgram.RunAsync(_folder.FullName, "Host=127.0.0.1;Port=9;Username=hub;Password=none", "policy", "validate");

        Assert.True(checkedWithout.ExitCode == 0, checkedWithout.All);
        Assert.Contains("documents are good.", checkedWithout.Output, StringComparison.Ordinal);
        Assert.Contains("note: the database does not answer as a hub's does", checkedWithout.Error, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task Status_PublishedDocumentLeavesALaw_HoldsAsBeforeAndSaysSo()
    {
        const string Stray = "jurisdiction: zz\nparent: eea\ncountries: [RU]\nrules:\n  postcode: {action: drop, at: edge}\n";
        Draft("zz.yaml", Stray);
        Assert.Contains("RU is claimed by ru and zz", (await RunAsync("policy", "validate")).Error, StringComparison.Ordinal);
        PolicyDocument[] documents = [.. Privacy.PolicySet.BuiltInPacks, new() { Name = "hub.yaml", Yaml = "hub: {country: JP, entity: Example Holdings}" }, new() { Name = "zz.yaml", Yaml = Stray }];
        await new PolicyStore(_planted.DataSource).PublishAsync(documents, "counsel", "as an earlier version let through", isRequired: true, TimeProvider.System.GetUtcNow(), CancellationToken.None);

        var status = await EndAsync("policy", "status");

        Assert.Contains("note: zz.yaml:3:13: Country RU is claimed by ru and zz.", status.Output, StringComparison.Ordinal);
        Assert.Contains("\nzz: ", (await EndAsync("policy", "show", "RU", "--of", "1")).Output, StringComparison.Ordinal);
        Assert.Contains("\nzz: ", (await EndAsync("policy", "show", "RU")).Output, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task LawShow_AsYaml_IsADocumentToCopyThatValidateAccepts()
    {
        var (shown, copied) = (await EndAsync("policy", "law", "show", "eea"), await EndAsync("policy", "law", "show", "DE", "--yaml", "--of", "packs"));

        Assert.Contains("lets loosen   nothing", shown.Output, StringComparison.Ordinal);
        Assert.Contains("Save it as eea.yaml", copied.Error, StringComparison.Ordinal);
        Assert.Equal(Privacy.PolicySet.BuiltInPacks.Single(pack => pack.Name == "eea.yaml").Yaml.TrimEnd(), copied.Output.TrimEnd());
        Draft("eea.yaml", copied.Output.Replace("may_loosen: []", "may_loosen: [locality, gender]", StringComparison.Ordinal));
        Assert.Contains("note: eea.yaml takes the place of the pack of that name.", (await EndAsync("policy", "validate")).Error, StringComparison.Ordinal);
        Assert.Contains("lets loosen   locality, gender", (await EndAsync("policy", "law", "show", "eea", "--of", "draft")).Output, StringComparison.Ordinal);
    }

    [PostgresTheory]
    [InlineData("", "sound")]
    [InlineData("  ", "sound")]
    [InlineData("Counsel", "")]
    [InlineData("Counsel\u001b[31m", "sound")]
    [InlineData("Counsel", "sound\n\n## Stored cases")]
    public async Task LawReview_WithoutAPersonOrAWord_IsRefused(string by, string note)
    {
        foreach (string[] command in new[] { new[] { "policy", "law", "review", "cl" }, ["policy", "publish"], ["dictionary", "import", "--starter"] })
        {
            var result = await RunAsync([.. command, "--by", by, "--note", note]);
            Assert.True(result.ExitCode == 2, result.All);
        }

        Assert.Contains("not reviewed by counsel", (await EndAsync("policy", "law", "show", "CL")).Output, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task Validate_DocumentThatCannotBeRead_IsSaidInWords()
    {
        File.CreateSymbolicLink(Path.Combine(_folder.FullName, "policies", "gone.yaml"), Path.Combine(_folder.FullName, "nowhere.yaml"));

        var result = await RunAsync("policy", "validate");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("gone.yaml", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Unhandled", result.Error, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task Show_ACountry_SaysRulesLawsAndWhoSaysSo()
    {
        var shown = (await EndAsync("policy", "show", "BR", "--centre", "DE", "--of", "packs")).Output;

        Assert.Contains("br: LGPD", shown, StringComparison.Ordinal);
        Assert.Contains("eea: GDPR", shown, StringComparison.Ordinal);
        Assert.Matches("national_id +drop at the edge +br +Art. 6 III", shown);
    }

    [PostgresFact]
    public async Task Test_ExamplesBesideThePolicy_PassOrSayWhere()
    {
        Draft("br.test.yaml", "cases:\n  - name: owner\n    case: {customer_country: BR, customer: {name: Ana}}\n    expect: {customer.name: absent}\n");
        Assert.Contains("1 passed, 0 failed under the draft", (await EndAsync("policy", "test")).Output, StringComparison.Ordinal);

        Draft("br.test.yaml", "cases:\n  - name: owner\n    case: {customer_country: BR, customer: {name: Ana}}\n    expect: {customer.name: masked}\n");
        var failed = await RunAsync("policy", "test");

        Assert.Equal(1, failed.ExitCode);
        Assert.Contains("br.test.yaml:4:29", failed.Output, StringComparison.Ordinal);
        Assert.Equal(2, (await RunAsync("policy", "test", "nowhere.yaml")).ExitCode);
    }

    [PostgresFact]
    public async Task Explain_AStoredCase_SaysWhatWasDoneByWhichLaw()
    {
        await EndAsync("policy", "publish", "--note", "first", "--by", "legal");
        var @case = PlantedCases.NewCase("BR", "BR", 1);
        @case.Redactions.Add(new RedactionReceipt
        {
            Place = RedactionPlace.Edge,
            PolicyVersion = "1",
            DetectorVersion = "2026.11",
            Counts = { new RedactionCount { DataClass = DataClass.Name, Action = RedactionAction.Drop, Jurisdiction = "br", Count = 2 } },
        });
        var uid = await _planted.AddAsync(@case);
        await _planted.RunAsync("update cases set policy_version = 1");

        var told = (await EndAsync("cases", "explain", uid.ToString())).Output;

        Assert.Contains("br: LGPD, Law 13.709/2018; ANPD Resolution 19/2024  [not reviewed by counsel]", told, StringComparison.Ordinal);
        Assert.Contains("policy version 1, detectors 2026.11", told, StringComparison.Ordinal);
        Assert.Contains("name: drop, 2 values; rule of 'br'; Art. 6 III; LGPD", told, StringComparison.Ordinal);
        Assert.Contains("rule of 'br': LGPD Art. 15-16", told, StringComparison.Ordinal);
        Assert.Equal(1, (await RunAsync("cases", "explain", new string('0', 32))).ExitCode);
    }

    [PostgresFact]
    public async Task Explain_ByTheNumberThatHeadquartersHolds_FindsTheCaseOrSaysWhichThereAre()
    {
        await EndAsync("policy", "publish", "--note", "first", "--by", "legal");
        var pseudonym = Google.Protobuf.ByteString.CopyFrom(Enumerable.Range(1, 16).Select(number => (byte)number).ToArray());
        var uids = new List<CaseUid>();
        foreach (var number in new PersonalText?[] { new() { Clear = "TN-4711" }, new() { Pseudonym = new Pseudonym { Value = pseudonym } }, new() { Generalized = "TN-99" }, new() { Generalized = "TN-99" }, null })
        {
            var @case = PlantedCases.NewCase("BR", "BR", 1);
            @case.CaseNumber = number;
            @case.Subject = new PersonalText { Masked = "see TN-4711" };
            @case.Resolution = new PersonalText { Masked = "as in TN-4711" };
            uids.Add(await _planted.AddAsync(@case));
        }

        Assert.Contains(uids[0].ToString(), (await EndAsync("cases", "explain", "TN-4711")).Output, StringComparison.Ordinal);
        Assert.Contains(uids[1].ToString(), (await EndAsync("cases", "explain", "pseudonym:0102030405060708090a0b0c0d0e0f10")).Output, StringComparison.Ordinal);
        Assert.Contains(uids[1].ToString(), (await EndAsync("cases", "explain", "0102030405060708090a0b0c0d0e0f10")).Output, StringComparison.Ordinal);
        var several = await RunAsync("cases", "show", "TN-99");
        Assert.Equal(2, several.ExitCode);
        Assert.Contains(uids[2].ToString(), several.Error, StringComparison.Ordinal);
        Assert.Contains(uids[3].ToString(), several.Error, StringComparison.Ordinal);
        Assert.Contains("neither by uid nor by number", (await RunAsync("cases", "show", "TN-4712")).Error, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task Publish_AnotherPurposeOfHeadquarters_IsSaidByShowDiffExplainAndProof()
    {
        const string Hub = "hub: {country: JP, entity: Example Holdings, purposes: [PURPOSES]}\ntransfers:\n  - {from: [DE], to: JP, basis: adequacy, reference: \"test\", since: 2019-01-23}\n";
        Draft("de-own.yaml", "jurisdiction: de-own\nparent: default\ncountries: [DE]\npurposes: [safety, marketing]\nrules:\n  serial_number: [{action: keep, for: [safety], article: \"Art. 6(1)(f)\"}, {action: drop, at: edge}]\n");
        Draft("hub.yaml", Hub.Replace("PURPOSES", "safety", StringComparison.Ordinal));
        Draft("eea.yaml", Privacy.PolicySet.BuiltInPacks.Single(pack => pack.Name == "eea.yaml").Yaml.Replace(", DE,", ",", StringComparison.Ordinal));
        await EndAsync("policy", "publish", "--note", "for safety", "--by", "legal");
        _planted.PolicyVersion = 1;
        var @case = PlantedCases.NewCase("DE", "DE", 1);
        @case.Product.Serial = new PersonalText { Clear = "SN-1" };
        @case.Redactions.Add(new RedactionReceipt { Place = RedactionPlace.Hub, PolicyVersion = "1", Counts = { new RedactionCount { DataClass = DataClass.SerialNumber, Action = RedactionAction.Keep, Jurisdiction = "de-own", Count = 1 } } });
        var uid = await _planted.AddAsync(@case);
        var proof = Path.Combine(_folder.FullName, "proof.json");

        var shown = (await EndAsync("policy", "show", "DE")).Output;
        var told = (await EndAsync("cases", "explain", uid.ToString())).Output;
        await EndAsync("proof", "--out", proof);
        Draft("hub.yaml", Hub.Replace("PURPOSES", "safety, marketing", StringComparison.Ordinal));
        var diff = (await EndAsync("policy", "diff")).Output;
        var validated = (await EndAsync("policy", "validate")).All;

        Assert.Contains("Headquarters processes cases for safety.", shown, StringComparison.Ordinal);
        Assert.Matches("serial_number +keep \\(for safety\\) +de-own +Art. 6\\(1\\)\\(f\\)", shown);
        Assert.Contains("headquarters processed cases for safety", told, StringComparison.Ordinal);
        Assert.Contains("rule of 'de-own' (for safety); Art. 6(1)(f)", told, StringComparison.Ordinal);
        Assert.Contains("keep (for safety)", await File.ReadAllTextAsync(proof + ".md"), StringComparison.Ordinal);
        Assert.Contains("Cases are processed for safety.", await File.ReadAllTextAsync(proof + ".md"), StringComparison.Ordinal);
        Assert.Contains("Headquarters processes cases for marketing, safety instead of safety.", diff, StringComparison.Ordinal);
        Assert.Contains("serial_number: drop instead of keep (for safety)", diff, StringComparison.Ordinal);
        Assert.Contains("1 cases of DE lose serial_number", diff, StringComparison.Ordinal);
        Assert.Contains("gives way to 'drop at the edge'", validated, StringComparison.Ordinal);
    }

    private void Draft(string name, string yaml) => File.WriteAllText(Path.Combine(_folder.FullName, "policies", name), yaml);

    private async Task<ProgramResult> EndAsync(params string[] arguments)
    {
        var result = await RunAsync(arguments);
        Assert.True(result.ExitCode == 0, result.All);
        return result;
    }

    private async Task<ProgramResult> RunAsync(params string[] arguments)
    {
        await using var run = HubProgram.Start(Path.Combine(_folder.FullName, "hub.yaml"), _planted.ConnectionString, arguments);
        return await run.WaitForExitAsync(Patience);
    }
}
