using System.Security.Cryptography;
using System.Text.Json;
using CallTracking.Contracts;
using CallTracking.Hub.Tests.Cases;
using CallTracking.Testing;
using Xunit;

namespace CallTracking.Hub.Tests.Proof;

/// <summary>The signed report: it counts what is there, finds what slipped through, holds no value, and shows when it was touched.</summary>
public sealed class ProofProgramTests(PostgresCluster postgres) : IClassFixture<PostgresCluster>, IAsyncLifetime
{
    private const string Slipped = "zebulon.quackenbush@slipped.example";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ct-proof-");
    private PlantedCases _planted = null!;

    private string Report => Path.Combine(_folder.FullName, "proof.json");

    public async Task InitializeAsync()
    {
        _planted = await PlantedCases.CreateAsync(postgres);
        Directory.CreateDirectory(Path.Combine(_folder.FullName, "policies"));
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "hub.yaml"), "country: JP\nentity: Example Holdings\n");
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "policies", "hub.yaml"), "hub: {country: JP, entity: Example Holdings}\n");
    }

    public Task DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return Task.CompletedTask;
    }

    [PostgresFact]
    public async Task Proof_StoredCases_AreCountedByCountryFormReceiptAndLaw()
    {
        await RunAsync(0, "policy", "publish", "--note", "test", "--by", "Legal");
        await PlantAsync("DE", "It gets warm.");
        await PlantAsync("DE", "It gets warm.");
        await PlantAsync("BR", "It gets warm.");
        await _planted.RunAsync("insert into redaction_count values ('DE', gen_random_uuid(), 1, $1, 8, 'eea', 41)", (short)DataClass.Name);
        await _planted.RunAsync("insert into removed_case (case_uid, region, removed_at, reason, epoch, sequence) values (gen_random_uuid(), 'DE', now(), 'expired', 1, 1)");

        await RunAsync(0, "proof", "--out", Report);

        using var report = JsonDocument.Parse(await File.ReadAllBytesAsync(Report));
        var root = report.RootElement;
        var cases = root.GetProperty("cases").EnumerateArray().ToDictionary(row => row.GetProperty("country").GetString()!, row => row.GetProperty("cases").GetInt64());
        Assert.Equal(new Dictionary<string, long> { ["BR"] = 1, ["DE"] = 2 }, cases);
        Assert.Contains("eea", root.GetProperty("policies").GetProperty("laws").EnumerateArray().Select(law => law.GetProperty("code").GetString()));
        Assert.Equal(64, root.GetProperty("policies").GetProperty("sha256").GetString()!.Length);
        var form = root.GetProperty("forms").EnumerateArray().Single(row => row.GetProperty("country").GetString() == "DE" && row.GetProperty("class").GetString() == "postcode");
        Assert.Equal(("generalized", 2L), (form.GetProperty("form").GetString(), form.GetProperty("values").GetInt64()));
        var rule = root.GetProperty("rules").EnumerateArray().Single(row => row.GetProperty("country").GetString() == "DE" && row.GetProperty("class").GetString() == "national_id");
        Assert.Equal(("drop at the edge", "eea", "Art. 87"), (rule.GetProperty("rule").GetString(), rule.GetProperty("law").GetString(), rule.GetProperty("article").GetString()));
        var removed = root.GetProperty("removed")[0];
        Assert.Equal(("edge", "name", "drop", "eea", 41L), (removed.GetProperty("place").GetString(), removed.GetProperty("class").GetString(), removed.GetProperty("action").GetString(), removed.GetProperty("law").GetString(), removed.GetProperty("values").GetInt64()));
        Assert.Equal(1, root.GetProperty("gone")[0].GetProperty("cases").GetInt64());
        Assert.Equal(3, root.GetProperty("receipts")[0].GetProperty("cases").GetInt64());
        Assert.Contains("+names.", root.GetProperty("detectors").GetString(), StringComparison.Ordinal);
        var scan = root.GetProperty("scan");
        Assert.Equal((true, 3L, 0L, 0), (scan.GetProperty("is_whole").GetBoolean(), scan.GetProperty("cases").GetInt64(), scan.GetProperty("without_receipt").GetInt64(), scan.GetProperty("findings").GetArrayLength()));
        Assert.Contains("| DE | postcode | generalized | 2 |", await File.ReadAllTextAsync(Report + ".md"), StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task Proof_WhatRulesAndTimeTook_IsThereWhollyInBothFiles()
    {
        await RunAsync(0, "policy", "publish", "--note", "test", "--by", "Legal");
        await RunAsync(0, "policy", "law", "review", "eea", "--by", "Counsel", "--note", "sound");
        await PlantAsync("DE", "It gets warm.", receipts: 2);
        await PlantAsync("DE", "It gets warm.");
        await _planted.RunAsync("update cases set anonymized_at = now() where case_uid = (select min(case_uid::text)::uuid from cases)");
        await _planted.RunAsync("insert into redaction_count values ('DE', gen_random_uuid(), 1, 10, 8, 'eea', 41), ('DE', gen_random_uuid(), 1, 10, 8, 'eea', 1), ('DE', gen_random_uuid(), 2, 10, 4, 'eea', 3)");
        await _planted.RunAsync("insert into removed_case select gen_random_uuid(), 'DE', now(), reason, 1, 1 from unnest(array['expired', 'erased', 'gone', 'gone', 'lost']) reason");
        await _planted.RunAsync("""
            insert into policy_tightening (version, since, started_at, finished_at, concerned, looked, changed, removed)
            values (1, '2026-01-01', '2026-01-02', '2026-01-03', 9, 9, 7, '{"gender drop": 7}'), (2, '2026-02-01', '2026-02-02', null, 5, 2, 1, '{}')
            """);
        await _planted.RunAsync("""
            insert into retention_run (run_id, previewed_at, as_of, policy_version, confirmed_at, finished_at, preview, result)
            values (gen_random_uuid(), '2026-03-01', '2026-03-01', 1, '2026-03-02', '2026-03-03', '[]', '[4]'), (gen_random_uuid(), '2026-04-01', '2026-04-01', 1, null, null, '[]', null)
            """);

        await RunAsync(0, "proof", "--out", Report);

        using var report = JsonDocument.Parse(await File.ReadAllBytesAsync(Report));
        Assert.Equal(["DE 7 2 1"], Rows(report, "cases"));
        Assert.Equal(["edge 1 test 2"], Rows(report, "receipts"));
        Assert.Equal(["edge gender drop eea 42", "hub gender mask eea 3"], Rows(report, "removed"));
        Assert.Equal(["DE erased 1", "DE expired 1", "DE gone 2"], Rows(report, "gone"));
        Assert.Equal(["1 2026-01-01 2026-01-03T00:00:00+00:00 7 {\"gender drop\": 7}", "2 2026-02-01  1 {}"], Rows(report, "tightened"));
        Assert.Equal(
            ["2026-03-01T00:00:00+00:00 2026-03-02T00:00:00+00:00 2026-03-03T00:00:00+00:00 [4]", "2026-04-01T00:00:00+00:00   "],
            Rows(report, "retention").Select(row => row[(row.IndexOf(' ', StringComparison.Ordinal) + 1)..]));
        var law = Assert.Single(report.RootElement.GetProperty("policies").GetProperty("laws").EnumerateArray());
        Assert.Equal("eea", law.GetProperty("code").GetString());
        Assert.StartsWith("reviewed by Counsel", law.GetProperty("review").GetString(), StringComparison.Ordinal);
        var text = await File.ReadAllTextAsync(Report + ".md");
        Assert.All(
            ["| DE | 7 | 2 | 1 |", "| edge | 1 | test | 2 |", "| DE | gone | 2 |", "| 1 | 2026-01-01 | 2026-01-03 00:00:00Z | 7 | {\"gender drop\": 7} |", "| 2026-03-01 00:00:00Z | 2026-03-02 00:00:00Z | 2026-03-03 00:00:00Z | [4] |"],
            line => Assert.Contains(line, text, StringComparison.Ordinal));
    }

    [PostgresFact]
    public async Task Proof_SampleOfCasesWithoutReceipt_SaysBoth()
    {
        await RunAsync(0, "policy", "publish", "--note", "test", "--by", "Legal");
        for (var number = 0; number < 3; number++)
        {
            await _planted.AddAsync(PlantedCases.NewCase("DE", "DE", 1));
        }

        await RunAsync(0, "proof", "--out", Report, "--cases", "2");

        using var report = JsonDocument.Parse(await File.ReadAllBytesAsync(Report));
        var scan = report.RootElement.GetProperty("scan");
        Assert.Equal((false, 2L, 3L), (scan.GetProperty("is_whole").GetBoolean(), scan.GetProperty("cases").GetInt64(), scan.GetProperty("without_receipt").GetInt64()));
        Assert.Contains("2 cases were looked through (a sample)", await File.ReadAllTextAsync(Report + ".md"), StringComparison.Ordinal);
        Assert.Contains("Of all stored cases 3 have no receipt.", await File.ReadAllTextAsync(Report + ".md"), StringComparison.Ordinal);
        Assert.All(report.RootElement.GetProperty("forms").EnumerateArray(), form => Assert.Equal(0, form.GetProperty("values").GetInt64() % 3));
        Assert.NotEqual(0, report.RootElement.GetProperty("forms").GetArrayLength());
    }

    [PostgresFact]
    public async Task Proof_CasesWithoutCountry_StandUnderTheLawsThatHoldForThem()
    {
        await RunAsync(0, "policy", "publish", "--note", "test", "--by", "Legal");
        await PlantAsync("", "It gets warm.", shape: @case => @case.CentreCountry = "DE");
        await PlantAsync("", "It gets warm.", shape: @case => (@case.CentreCountry, @case.CollectionCountry) = ("DE", "BR"));
        await PlantAsync("", "It gets warm.");

        await RunAsync(0, "proof", "--out", Report);

        using var report = JsonDocument.Parse(await File.ReadAllBytesAsync(Report));
        Assert.Equal(["none 7 1 0", "none (centre in DE) 7 1 0", "none (collected in BR, centre in DE) 7 1 0"], Rows(report, "cases"));
        Assert.Equal(
            ["none drop at the edge default", "none (centre in DE) generalize to year at the edge eea", "none (collected in BR, centre in DE) generalize to year at the edge eea"],
            report.RootElement.GetProperty("rules").EnumerateArray().Where(row => row.GetProperty("class").GetString() == "birth_date")
                .Select(row => $"{row.GetProperty("country")} {row.GetProperty("rule")} {row.GetProperty("law")}"));
        Assert.Equal(["br", "default", "eea"], report.RootElement.GetProperty("policies").GetProperty("laws").EnumerateArray().Select(law => law.GetProperty("code").GetString()));
        Assert.Contains("none (centre in DE) postcode generalized 1", Rows(report, "forms"));
        Assert.Contains("| none (centre in DE) | birth_date | generalize to year at the edge | eea |", await File.ReadAllTextAsync(Report + ".md"), StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task Proof_TextThatReadsAsAName_IsLookedThroughInTheLanguageAndCountryOfItsCase()
    {
        await RunAsync(0, "policy", "publish", "--note", "test", "--by", "Legal");
        await PlantAsync("DE", "Gerät Fuchs defekt", shape: @case => @case.Language = "de");
        await PlantAsync("FR", "Gerät Fuchs defekt", shape: @case => @case.Language = "en");
        await PlantAsync("", "bitte 01712345678", shape: @case => @case.CentreCountry = "DE");

        await RunAsync(0, "proof", "--out", Report);

        using var report = JsonDocument.Parse(await File.ReadAllBytesAsync(Report));
        Assert.Equal(
            ["description FR PERSON 1 True", "description none (centre in DE) PHONE_NUMBER 1 True"],
            report.RootElement.GetProperty("scan").GetProperty("findings").EnumerateArray().Select(row => string.Join(' ', row.EnumerateObject().Select(cell => cell.Value.ToString()))));
    }

    [PostgresFact]
    public async Task Proof_ValueThatSlippedThrough_IsFoundInTextCodeAndTableAndNotRepeated()
    {
        await RunAsync(0, "policy", "publish", "--note", "test", "--by", "Legal");
        await PlantAsync("BR", $"Write to {Slipped}");
        await PlantAsync("BR", "It gets warm.", model: Slipped);
        await PlantAsync("BR", "It gets warm.", note: $"ask {Slipped}");
        await _planted.RunAsync("insert into region (code, name, centre, country, created_at) values ('BR', 'Brazil', $1, 'BR', now())", Slipped);
        await _planted.RunAsync("insert into region_task (task_id, region, issued_at, body, reason) values (gen_random_uuid(), 'BR', now(), '', $1)", Slipped);
        await _planted.RunAsync("insert into retention_run (run_id, previewed_at, as_of, policy_version, preview) values (gen_random_uuid(), now(), now(), 1, jsonb_build_array($1::text))", Slipped);
        await _planted.RunAsync("insert into case_events values (gen_random_uuid(), 1, 1, 0, 'BR', now(), now(), 0, 1, 1, array[$1::text])", Slipped);

        await RunAsync(0, "proof", "--out", Report, "--cases", "0");

        using var report = JsonDocument.Parse(await File.ReadAllBytesAsync(Report));
        var finds = report.RootElement.GetProperty("scan").GetProperty("findings").EnumerateArray()
            .Select(row => $"{row.GetProperty("where").GetString()} {row.GetProperty("entity").GetString()} {row.GetProperty("count")}").Order(StringComparer.Ordinal);
        Assert.Equal(
            ["case_events.changed EMAIL_ADDRESS 1", "custom_fields.text EMAIL_ADDRESS 1", "description EMAIL_ADDRESS 1", "product.model EMAIL_ADDRESS 1",
                "region.centre EMAIL_ADDRESS 1", "region_task.reason EMAIL_ADDRESS 1", "retention_run.preview EMAIL_ADDRESS 1"],
            finds);
        foreach (var file in Directory.EnumerateFiles(_folder.FullName, "proof.json*"))
        {
            Assert.DoesNotContain("quackenbush", await File.ReadAllTextAsync(file), StringComparison.OrdinalIgnoreCase);
        }
    }

    [PostgresFact]
    public async Task Verify_AnyFileTouchedOrAnotherKey_IsSeen()
    {
        await RunAsync(0, "policy", "publish", "--note", "test", "--by", "Legal");
        await PlantAsync("DE", "It gets warm.");
        await RunAsync(0, "proof", "--out", Report);
        using var stranger = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var (own, other) = (Path.Combine(_folder.FullName, "own.spki"), Path.Combine(_folder.FullName, "other.spki"));
        using (var key = ECDsa.Create())
        {
            key.ImportFromPem(await File.ReadAllTextAsync(Path.Combine(_folder.FullName, "state", "policy-signing.pem")));
            await File.WriteAllBytesAsync(own, key.ExportSubjectPublicKeyInfo());
        }

        await File.WriteAllBytesAsync(other, stranger.ExportSubjectPublicKeyInfo());

        Assert.StartsWith("Good", (await RunAsync(0, "proof", "verify", Report)).Output, StringComparison.Ordinal);
        await RunAsync(0, "proof", "verify", Report, "--key", own);
        Assert.Contains("not that of this key", (await RunAsync(1, "proof", "verify", Report, "--key", other)).Error, StringComparison.Ordinal);
        foreach (var (file, words) in new[] { (Report, "JSON report was changed"), (Report + ".md", "readable report was changed"), (Report + ".sig", "") })
        {
            var before = await File.ReadAllBytesAsync(file);
            var touched = (byte[])before.Clone();
            touched[touched.Length / 2] ^= 1;
            await File.WriteAllBytesAsync(file, touched);
            Assert.Contains(words, (await RunAsync(1, "proof", "verify", Report)).Error, StringComparison.Ordinal);
            await File.WriteAllBytesAsync(file, before);
        }

        var seal = await File.ReadAllTextAsync(Report + ".sig");
        await File.WriteAllTextAsync(Report + ".sig", System.Text.RegularExpressions.Regex.Replace(seal, "\"key_id\": \"[0-9a-f]+\"", "\"key_id\": \"the regulator\""));
        Assert.DoesNotContain("the regulator", (await RunAsync(0, "proof", "verify", Report)).Output, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task CasesVerify_CasesWithoutSeal_FailUnlessAllowed()
    {
        await PlantAsync("DE", "It gets warm.");

        Assert.Contains("it has no seal", (await RunAsync(1, "cases", "verify")).Output, StringComparison.Ordinal);
        Assert.DoesNotContain("it has no seal", (await RunAsync(0, "cases", "verify", "--allow-unsealed")).Output, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task Proof_NoPolicyOrNoPlace_IsRefusedInWords()
    {
        Assert.Contains("policy publish", (await RunAsync(1, "proof", "--out", Report)).Error, StringComparison.Ordinal);
        await RunAsync(0, "policy", "publish", "--note", "test", "--by", "Legal");
        Assert.Contains("--out", (await RunAsync(2, "proof", "--out", Path.Combine(_folder.FullName, "nowhere", "proof.json"))).Error, StringComparison.Ordinal);
        Assert.Contains("cannot be used", (await RunAsync(2, "proof", "verify", Report)).Error, StringComparison.Ordinal);
    }

    // A list of the report, a line an entry.
    private static IEnumerable<string> Rows(JsonDocument report, string list) =>
        report.RootElement.GetProperty(list).EnumerateArray().Select(row => string.Join(' ', row.EnumerateObject().Select(cell => cell.Value.ToString())));

    private async Task PlantAsync(string country, string description, string model = "M-1", string? note = null, int receipts = 1, Action<Case>? shape = null)
    {
        var @case = PlantedCases.NewCase(country, country, 1);
        @case.Description = new PersonalText { Masked = description };
        @case.Product.Model = model;
        @case.Customer = new Customer { Addresses = { new PostalAddress { Postcode = new PersonalText { Generalized = "04" } } } };
        @case.CustomFields.Add(note is null ? [] : [new CustomField { Name = "note", DataClass = DataClass.FreeText, Text = new PersonalText { Masked = note } }]);
        @case.Redactions.Add(Enumerable.Range(0, receipts).Select(_ => new RedactionReceipt { Place = RedactionPlace.Edge, PolicyVersion = "1", DetectorVersion = "test" }));
        shape?.Invoke(@case);
        await _planted.AddAsync(@case);
    }

    private async Task<ProgramResult> RunAsync(int expected, params string[] arguments)
    {
        await using var run = HubProgram.Start(Path.Combine(_folder.FullName, "hub.yaml"), _planted.ConnectionString, arguments);
        var result = await run.WaitForExitAsync(Patience);
        Assert.True(result.ExitCode == expected, result.All);
        return result;
    }
}
