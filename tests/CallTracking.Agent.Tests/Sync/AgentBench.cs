using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using CallTracking.Agent.Commands;
using CallTracking.Agent.Connection;
using CallTracking.Agent.Identity;
using CallTracking.Agent.Sources;
using CallTracking.Agent.Sync;
using CallTracking.Contracts;
using CallTracking.Testing;

namespace CallTracking.Agent.Tests.Sync;

/// <summary>One row of the test desk's export.</summary>
internal sealed record DeskRow(string Id, string Subject = "It hums", string Status = "open", string Updated = "2024-11-20 10:00");

/// <summary>A region's agent in a folder of its own, enrolled at a test hub, with a small CSV mapping.</summary>
internal sealed class AgentBench : IDisposable
{
    private readonly TempFolder _folder = new();

    /// <summary>Most tests are about what becomes of rows: they are read each night, though nothing in their file changed.</summary>
    private static readonly ReadingWish Again = new(Reread: true);

    private AgentBench()
    {
    }

    public string Config => _folder.File("agent.yaml");

    public string Folder => _folder.Path;

    public string State => _folder.File("state");

    public string LedgerFile => Path.Combine(State, "ledger.db");

    public LogScope Log { get; } = new();

    public List<string> Said { get; } = [];

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    public string FloorFile => _folder.File("floor.yaml");

    public AgentWorkplace? Workplace { get; private set; }

    /// <summary>A folder with configuration and mapping, enrolled at the hub.</summary>
    public static async Task<AgentBench> AtAsync(TestHub hub, string duplicates = "reject", string outbox = "256MB", TimeProvider? clock = null)
    {
        var bench = new AgentBench { Clock = clock ?? TimeProvider.System };
        bench.PointTo(hub, outbox);
        bench._folder.Write("mapping.yaml", $$$"""
            source: desk
            format: {type: delimited, encoding: utf-8, delimiter: ","}
            time_zone: UTC
            key: id
            updated: {from: updated, format: "yyyy-MM-dd HH:mm"}
            duplicates: {{{duplicates}}}
            fields:
              case_number: id
              kind: {const: inquiry}
              opened: {from: updated, format: "yyyy-MM-dd HH:mm"}
              status: {from: status, values: {open: open, closed: closed}}
              subject: subject
            """);
        await bench.EnrolAsync(hub);
        return bench;
    }

    public void PointTo(
        TestHub hub, string outbox = "256MB", bool hasFloor = false, string files = "inbox/*.csv", string settle = "0", string more = "", string? at = null) => _folder.Write("agent.yaml", $$"""
        region: DE
        centre: Berlin
        country: DE
        hub: {{at ?? hub.Address.GetLeftPart(UriPartial.Authority)}}
        outbox: {max_bytes: {{outbox}}}
        {{(hasFloor ? "floor: floor.yaml" : "# no floor")}}
        sources:
          - mapping: mapping.yaml
            files: {{files}}
            settle: {{settle}}
        {{more}}
        """);

    /// <summary>Reads another source from now on; <paramref name="source"/> is the entry's own lines behind its mapping.</summary>
    public void UseSource(TestHub hub, string source, string mapping)
    {
        PointTo(hub);
        var settings = File.ReadAllText(Config);
        _folder.Write("agent.yaml", settings.Replace("files: inbox/*.csv\n    settle: 0", source.ReplaceLineEndings("\n    "), StringComparison.Ordinal));
        _folder.Write("mapping.yaml", mapping);
    }

    public async Task EnrolAsync(TestHub hub)
    {
        if (!EnrolmentToken.TryParse(hub.Token, out var token))
        {
            throw new InvalidOperationException("The test hub's token is none.");
        }

        await new Enrolment(new HubDoor(hub.Address), TimeSpan.FromSeconds(20)).RunAsync(token!, new IdentityStore(StateVault.InClear(State)), CancellationToken.None);
    }

    /// <summary>Puts a certificate of an authority in place of the agent's.</summary>
    public void ReplaceCertificate(TestAuthority authority, DateTimeOffset? until = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=DE", key, HashAlgorithmName.SHA256).CreateSigningRequest();
        File.WriteAllText(Path.Combine(State, "identity", "agent.key"), key.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(Path.Combine(State, "identity", "agent.crt"), PemEncoding.WriteString("CERTIFICATE", until is { } end ? authority.Sign(request, end) : authority.Sign(request)));
    }

    /// <summary>Writes the region's floor, names it in the configuration and signs it.</summary>
    public void SetFloor(TestHub hub, string rules)
    {
        PointTo(hub, hasFloor: true);
        _folder.Write("floor.yaml", $"jurisdiction: works-council\nrules:\n  {rules}\n");
        var signature = new FloorKey(StateVault.InClear(State), RegionCode.Parse("DE")).Sign(File.ReadAllBytes(FloorFile), null, TimeProvider.System.GetUtcNow());
        File.WriteAllText(RegionFloor.SignatureFile(FloorFile), signature);
    }

    /// <summary>Puts another bundle in place of the one that enrolment brought.</summary>
    public void StoreBundle(SignedPolicyBundle bundle) => new IdentityStore(StateVault.InClear(State)).SaveBundle(bundle);

    public void Write(IEnumerable<DeskRow> rows, string file = "cases.csv")
    {
        var text = new StringBuilder("id,subject,status,updated\n");
        foreach (var row in rows)
        {
            text.Append(CultureInfo.InvariantCulture, $"{row.Id},{row.Subject},{row.Status},{row.Updated}\n");
        }

        _folder.Write("inbox/" + file, text.ToString());
    }

    /// <summary>A path below the folder of exports.</summary>
    public string Inbox(string file) => _folder.File("inbox/" + file);

    public void WriteBytes(string file, byte[] content)
    {
        WriteText(file, string.Empty);
        File.WriteAllBytes(_folder.File("inbox/" + file), content);
    }

    public void WriteText(string file, string text) => _folder.Write("inbox/" + file, text);

    public void WriteMapping(Func<string, string> change) => _folder.Write("mapping.yaml", change(File.ReadAllText(_folder.File("mapping.yaml"))));

    public void Delete(string file) => File.Delete(_folder.File("inbox/" + file));

    public static IEnumerable<DeskRow> Rows(int count, string subject = "It hums") =>
        Enumerable.Range(1, count).Select(number => new DeskRow(string.Create(CultureInfo.InvariantCulture, $"C{number}"), subject));

    public async Task<SyncResult> SyncAsync(TimeSpan? timeout = null, ReadingWish? wish = null, CancellationToken cancellationToken = default)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(90));
        using var workplace = await AgentWorkplace.OpenAsync(Config, limit.Token);
        Workplace = workplace;
        return await workplace.SyncAsync(wish ?? Again, timeout ?? TimeSpan.FromMinutes(1), Clock, Say, Log.For<AgentBench>(), limit.Token);
    }

    /// <summary>One sync; gives its last run after checking that the sums hold and the hub agrees.</summary>
    public async Task<RunReport> NightAsync(ReadingWish? wish = null)
    {
        var result = await SyncAsync(wish: wish);
        Xunit.Assert.True(result.Closes, $"The run does not close: {string.Join(" / ", ReportText.Lines(result.Runs[^1], "DE"))}");
        return result.Runs[^1].Report;
    }

    /// <summary>The first column of what the ledger's file answers.</summary>
    public async Task<List<string>> QueryAsync(string sql)
    {
        await using var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={LedgerFile};Pooling=false");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync();
        var values = new List<string>();
        while (await reader.ReadAsync())
        {
            values.Add(reader.GetString(0));
        }

        return values;
    }

    /// <summary>The entries of the quarantine as lines, sorted.</summary>
    public Task<List<string>> QuarantinedAsync(Func<CallTracking.Agent.Quarantine.QuarantineEntry, string> line)
    {
        using var desk = CallTracking.Agent.Quarantine.QuarantineDesk.Open(AgentWorkplace.LoadSettings(Config));
        return Task.FromResult(desk.Find(new CallTracking.Agent.Quarantine.QuarantineFilter()).Select(line).Order(StringComparer.Ordinal).ToList());
    }

    /// <summary>Changes the ledger in ways that its sum does not tell: for what has to be found behind it. Gives the number of rows.</summary>
    public async Task<int> EditLedgerAsync(string sql)
    {
        File.Delete(LedgerFile + "-sum");
        await using var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={LedgerFile};Pooling=false");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Texts of these tests.
        command.CommandText = sql;
#pragma warning restore CA2100
        return await command.ExecuteNonQueryAsync();
    }

    public void Dispose()
    {
        Log.Dispose();
        _folder.Dispose();
    }

    private void Say(string text)
    {
        lock (Said)
        {
            Said.Add(text);
        }
    }
}
