using CallTracking.Hub.Tests.Cases;
using CallTracking.Testing;
using Xunit;

namespace CallTracking.Hub.Tests.Audit;

/// <summary>The real program is killed between what it did and the seal of it.</summary>
public sealed class KilledHubTests(PostgresCluster postgres) : IClassFixture<PostgresCluster>, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private readonly string _folder = Directory.CreateTempSubdirectory("ct-killed-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [PostgresFact]
    public async Task Hub_KilledBetweenActsAndTheirSeal_LosesNoRowAndSealsAllAtTheNextStart()
    {
        const int Rounds = 2;
        const int Looks = 60;
        var planted = await PlantedCases.CreateAsync(postgres);
        await File.WriteAllTextAsync(Path.Combine(_folder, "hub.yaml"), $"country: JP\nentity: Example Holdings\ndatabase: {{connection: \"{planted.ConnectionString}\"}}\n");
        var answered = 0;
        for (var round = 0; round < Rounds; round++)
        {
            await using var hub = Start("serve", "--grpc-listen", "127.0.0.1:0", "--web-listen", "127.0.0.1:0");
            var address = await AddressAsync(hub);
            using var http = new HttpClient { BaseAddress = address };
            var looks = Enumerable.Range(0, Looks).Select(async number =>
            {
                using var answer = await http.GetAsync("/api/v1/counts?by=region");
                if (answer.IsSuccessStatusCode && Interlocked.Increment(ref answered) % Looks == Looks / 2)
                {
                    hub.Kill();
                }
            }).ToList();
            await Task.WhenAll(looks).ContinueWith(static _ => { }, TaskScheduler.Default);
            Assert.True(hub.HasExited || answered > 0);
        }

        Assert.InRange(await planted.ScalarAsync<long>("select count(*) from audit_log where what = 'cases.read'"), answered, Rounds * Looks);
        Assert.True(answered >= Looks / 2);
        await using (var hub = Start("serve", "--grpc-listen", "127.0.0.1:0", "--web-listen", "127.0.0.1:0"))
        {
            await AddressAsync(hub);
            var since = TimeProvider.System.GetTimestamp();
            while (await planted.ScalarAsync<long>("select count(*) from audit_log where sequence > (select coalesce(max(last_sequence), 0) from audit_seal)") > 0)
            {
                Assert.True(TimeProvider.System.GetElapsedTime(since) < Patience, "the hub did not seal at its start");
                await Task.Delay(100);
            }

            hub.Kill();
        }

        await using var verify = Start("audit", "verify");
        var verified = await verify.WaitForExitAsync(Patience);
        Assert.Equal(0, verified.ExitCode);
        Assert.Contains("all as sealed; nothing is unsealed", verified.Output, StringComparison.Ordinal);
        await planted.RunAsync("set session_replication_role = replica; update audit_log set who = 'x' where what = 'hub.started'");
        await using var again = Start("audit", "verify");
        var broken = await again.WaitForExitAsync(Patience);
        Assert.Equal(1, broken.ExitCode);
        Assert.Contains("NOT AS SEALED (changed): row ", broken.Output, StringComparison.Ordinal);
    }

    private static async Task<Uri> AddressAsync(ProgramRun hub)
    {
        var output = await hub.WaitForOutputAsync("web   http", Patience);
        return new Uri(output.Split('\n').First(line => line.StartsWith("web   ", StringComparison.Ordinal))[6..].Trim().Split(' ')[0]);
    }

    private ProgramRun Start(params string[] arguments) => HubProgram.Start(Path.Combine(_folder, "hub.yaml"), connectionString: null, arguments);
}
