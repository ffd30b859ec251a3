using System.Text.RegularExpressions;
using CallTracking.Hub.Retention;
using CallTracking.Testing;
using Xunit;

namespace CallTracking.Hub.Tests.Retention;

/// <summary>The commands of the real program, and what a kill in the middle leaves.</summary>
public sealed partial class RetentionProgramTests(PostgresCluster postgres) : IClassFixture<PostgresCluster>, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ct-retention-");

    public void Dispose() => _folder.Delete(recursive: true);

    [PostgresFact]
    public async Task Run_KilledInTheMiddleAndConfirmedAgain_EndsWithThePreviewsCounts()
    {
        const int Planted = 20_000;
        var kit = await RetentionKit.CreateAsync(postgres);
        await kit.PlantManyAsync(Planted);
        var preview = await EndAsync(Start(kit, "retention", "preview"));
        Assert.Contains("20,000 cases", preview.Output, StringComparison.Ordinal);
        var runId = Confirmation().Match(preview.Output).Groups[1].Value;

        await using (var killed = Start(kit, "retention", "run", "--confirm", runId))
        {
            while (await kit.CountAsync("removed_case") == 0 && !killed.HasExited)
            {
                await Task.Delay(1);
            }

            killed.Kill();
        }

        var half = (await new RetentionRunStore(kit.Planted.DataSource).FindAsync(Guid.Parse(runId), default))!;
        Assert.InRange(half.ResultCount, 1, Planted - 1);
        Assert.Equal(half.ResultCount, await kit.CountAsync("removed_case"));
        Assert.Contains("confirm it again", (await EndAsync(Start(kit, "retention", "list", "--limit", "1"))).Output, StringComparison.Ordinal);

        var resumed = await EndAsync(Start(kit, "retention", "run", "--confirm", runId));

        Assert.Contains("20,000 cases, the same as previewed.", resumed.Output, StringComparison.Ordinal);
        Assert.Equal(Planted, await kit.CountAsync("removed_case"));
        Assert.Equal(0, await kit.CountAsync("cases"));
        await using var again = Start(kit, "retention", "run", "--confirm", runId);
        var refused = await again.WaitForExitAsync(Patience);
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("was done on", refused.LastErrorLine, StringComparison.Ordinal);
    }

    [PostgresTheory]
    [InlineData("--confirm: expected the id", "retention", "run", "--confirm", "abc")]
    [InlineData("--limit: expected a whole number from 1", "retention", "list", "--limit", "lots")]
    public async Task AnyCommand_ValueOfAnotherKind_IsRefusedInPlainWords(string said, params string[] arguments)
    {
        await using var run = Start(await RetentionKit.CreateAsync(postgres), arguments);

        var refused = await run.WaitForExitAsync(Patience);

        Assert.Equal(2, refused.ExitCode);
        Assert.Contains(said, refused.All, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", refused.All, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task CasesQuery_RegionThatNobodyKnows_IsSaid()
    {
        await using var run = Start(await RetentionKit.CreateAsync(postgres), "cases", "query", "--region", "ZZ");

        var result = await run.WaitForExitAsync(Patience);

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("no region ZZ is known", result.Error, StringComparison.Ordinal);
    }

    [GeneratedRegex("--confirm ([0-9a-f-]{36})")]
    private static partial Regex Confirmation();

    private static async Task<ProgramResult> EndAsync(ProgramRun run)
    {
        await using (run)
        {
            var result = await run.WaitForExitAsync(Patience);
            Assert.True(result.ExitCode == 0, result.All);
            return result;
        }
    }

    private ProgramRun Start(RetentionKit kit, params string[] arguments)
    {
        var config = Path.Combine(_folder.FullName, "hub.yaml");
        File.WriteAllText(config, "country: JP\nentity: Example Holdings\n");
        return HubProgram.Start(config, kit.Planted.ConnectionString, arguments);
    }
}
