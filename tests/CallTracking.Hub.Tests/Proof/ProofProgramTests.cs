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
        Assert.Equal((false, 2L, 2L), (scan.GetProperty("is_whole").GetBoolean(), scan.GetProperty("cases").GetInt64(), scan.GetProperty("without_receipt").GetInt64()));
        Assert.Contains("2 cases were looked at (a sample), 2 of them without a receipt", await File.ReadAllTextAsync(Report + ".md"), StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task Proof_ValueThatSlippedThrough_IsFoundInTextCodeAndTableAndNotRepeated()
    {
        await RunAsync(0, "policy", "publish", "--note", "test", "--by", "Legal");
        await PlantAsync("BR", $"Write to {Slipped}");
        await PlantAsync("BR", "It gets warm.", model: Slipped);
        await _planted.RunAsync("insert into region (code, name, centre, country, created_at) values ('BR', 'Brazil', $1, 'BR', now())", Slipped);

        await RunAsync(0, "proof", "--out", Report, "--cases", "0");

        using var report = JsonDocument.Parse(await File.ReadAllBytesAsync(Report));
        var finds = report.RootElement.GetProperty("scan").GetProperty("findings").EnumerateArray()
            .Select(row => $"{row.GetProperty("where").GetString()} {row.GetProperty("entity").GetString()} {row.GetProperty("count")}").Order(StringComparer.Ordinal);
        Assert.Equal(["description EMAIL_ADDRESS 1", "product.model EMAIL_ADDRESS 1", "region.centre EMAIL_ADDRESS 1"], finds);
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

    private async Task PlantAsync(string country, string description, string model = "M-1")
    {
        var @case = PlantedCases.NewCase(country, country, 1);
        @case.Description = new PersonalText { Masked = description };
        @case.Product.Model = model;
        @case.Customer = new Customer { Addresses = { new PostalAddress { Postcode = new PersonalText { Generalized = "04" } } } };
        @case.Redactions.Add(new RedactionReceipt { Place = RedactionPlace.Edge, PolicyVersion = "1", DetectorVersion = "test" });
        await _planted.AddAsync(@case);
    }

    private async Task<ProgramResult> RunAsync(int expected, params string[] arguments)
    {
        var result = await ProgramRun.RunAsync(
            "dotnet",
            [Path.Combine(AppContext.BaseDirectory, "calltracking-hub.dll"), .. arguments, "--config", Path.Combine(_folder.FullName, "hub.yaml")],
            Patience,
            new Dictionary<string, string?> { ["CALLTRACKING_HUB_DATABASE"] = _planted.ConnectionString });
        Assert.True(result.ExitCode == expected, result.All);
        return result;
    }
}
