using CallTracking.Agent.Concepts;
using CallTracking.Agent.Dictionaries;
using CallTracking.Agent.Identity;
using CallTracking.Agent.Ledger;
using CallTracking.Agent.Sources;
using CallTracking.Agent.Spills;
using CallTracking.Agent.Sync;
using CallTracking.Agent.Transfer;

namespace CallTracking.Agent.Commands;

/// <summary>Work without a line to the hub: nobody is asked for anything.</summary>
internal sealed partial class AgentWorkplace
{
    // Without these no mapping can be read that names them.
    private IReadOnlyList<string> _lacking = [];

    /// <summary>Reads configuration and mappings and claims the state directory.</summary>
    /// <param name="file">The configuration.</param>
    /// <param name="needsSources">Whether faults of the mappings count; those that only a code table mends, which has to be asked for, do not.</param>
    /// <exception cref="AgentException">Faults, no identity, another agent at work, or a state folder that cannot be written.</exception>
    public static AgentWorkplace OpenWithoutLine(string file, bool needsSources)
    {
        var settings = LoadSettings(file);
        var spills = new SpillFolder(settings.StateDirectory);
        var tables = new CodeTableCache(settings.State);
        var (sources, faults) = SourceLoad.Of(settings, spills, tables);
        var lacking = tables.Missing.ToList();
        if (faults.Count > 0 && needsSources && lacking.Count == 0)
        {
            throw Faulty(faults);
        }

        var claim = StateFolder.Claim(settings.StateDirectory);
        try
        {
            spills.RemoveLeftOvers();
            return new AgentWorkplace(settings, faults.Count == 0 ? sources : [], spills, tables, claim, areWhole: faults.Count == 0) { _lacking = faults.Count > 0 ? lacking : [] };
        }
        catch
        {
            claim.Dispose();
            throw;
        }
    }

    /// <summary>One export. A damaged ledger is moved aside and begun anew, once.</summary>
    public async Task<ExportResult> ExportAsync(ReadingWish wish, string to, string? hubKey, TimeProvider clock, Action<string> say, CancellationToken cancellationToken)
    {
        try
        {
            return await ExportOnceAsync(wish, to, hubKey, clock, say, cancellationToken);
        }
        catch (LedgerDamagedException damage)
        {
            var aside = LedgerFile.MoveAside(LedgerPath(Settings), clock.GetUtcNow());
            say($"WARNING  {damage.Message} What is left of it is now {aside}; a new ledger begins, and everything is exported again once headquarters has begun a new order.");
            return await ExportOnceAsync(ReadingWish.Everything with { TakesNewKeys = wish.TakesNewKeys }, to, hubKey, clock, say, cancellationToken);
        }
    }

    /// <summary>Applies receipts.</summary>
    public async Task<ReceiptResult> ImportReceiptsAsync(string file, TimeProvider clock, Action<string> say, ILogger logger, CancellationToken cancellationToken)
    {
        using var identity = _store.Load();
        var policy = new EdgePolicy(_store, identity.PolicyKey, Settings.Region, RegionFloor.Load(Settings), _keys, clock);
        policy.Load();
        using var ledger = AgentLedger.Open(LedgerPath(Settings), _cipher, clock, thorough: true);
        using var further = new FurtherRun();
        var noFetch = new NoTableFetch();
        var desk = new TaskDesk(policy, ledger, new PushedTables(noFetch, _tables, clock, say), further, logger);
        var tasks = new ReceiptTasks(
            identity, new CertificateRenewal(Settings.Door, _store, clock), ledger, desk, _tables, new ConceptRefresh(noFetch, _tables, say), clock, say);
        return await new ReceiptImport(Settings, identity, _keys, ledger, tasks, clock, say).RunAsync(file, cancellationToken);
    }

    private async Task<ExportResult> ExportOnceAsync(ReadingWish wish, string to, string? hubKey, TimeProvider clock, Action<string> say, CancellationToken cancellationToken)
    {
        var floor = RegionFloor.Load(Settings);
        RegionFloor.Remember(Settings);
        using var identity = _store.Load();
        var key = new HubKeyStore(Settings.StateDirectory, identity.PolicyKey);
        if (hubKey is not null)
        {
            key.Take(hubKey);
        }

        var encryptTo = key.Require();
        var policy = new EdgePolicy(_store, identity.PolicyKey, Settings.Region, floor, _keys, clock);
        if (policy.Load() is { } refusal)
        {
            say($"the stored policy bundle is not in force ({refusal})");
        }

        using var ledger = AgentLedger.Open(LedgerPath(Settings), _cipher, clock, thorough: true);
        RequireNewestKeys(ledger);
        Show(ledger);
        try
        {
            var reading = new RunReading(Settings, Sources, _keys, _cipher, ledger, new PolicyWatch(policy, Settings.Region, clock), Progress, clock, say, hasLine: false);
            return await new BatchExport(Settings, identity, _keys, policy, ledger, _tables, reading, new CertificateRenewal(Settings.Door, _store, clock), clock, say)
                .RunAsync(wish, to, encryptTo, _lacking, cancellationToken);
        }
        finally
        {
            Show(null);
        }
    }
}
