using System.Security.Cryptography;
using CallTracking.Agent.AuditHeads;
using CallTracking.Agent.Concepts;
using CallTracking.Agent.Configuration;
using CallTracking.Agent.Dictionaries;
using CallTracking.Agent.Identity;
using CallTracking.Agent.Ledger;
using CallTracking.Agent.Outbox;
using CallTracking.Agent.Sources;
using CallTracking.Agent.Spills;
using CallTracking.Agent.Sync;
using CallTracking.Agent.Tap;
using CallTracking.Contracts;
using CallTracking.Privacy;
using CallTracking.Rpc;

namespace CallTracking.Agent.Commands;

/// <summary>Everything that a sync needs, opened from a configuration; one process at a time holds it.</summary>
internal sealed partial class AgentWorkplace : IDisposable
{
    private readonly Lock _gate = new();
    private readonly FileStream _claim;
    private readonly IdentityStore _store;
    private readonly PayloadCipher _cipher;
    private readonly RegionKeys _keys;
    private readonly TapListener? _tap;
    private readonly SpillFolder _spills;
    private readonly CodeTableCache _tables;
    private AgentLedger? _ledger;

    private AgentWorkplace(AgentSettings settings, IReadOnlyList<Source> sources, SpillFolder spills, CodeTableCache tables, FileStream claim, bool areWhole)
    {
        (Settings, Sources, _spills, _tables, _claim) = (settings, sources, spills, tables, claim);
        _store = new IdentityStore(settings.State);
        _keys = new RegionSecret(settings.State).Load(settings.Region);
        _cipher = new PayloadCipher(_keys.StorageKey.Span);
        _tap = TapListener.Start(Progress.Tap, TapSocket.PathOf(settings));
        if (areWhole)
        {
            ForgetOlderTables();
        }
    }

    public AgentSettings Settings { get; }

    /// <summary>Read anew when the hub has another version of a code table that they use.</summary>
    public IReadOnlyList<Source> Sources { get; private set; }

    public RunProgress Progress { get; } = new();

    /// <summary>The path of the ledger's file for a state directory.</summary>
    public static string LedgerPath(AgentSettings settings) => Path.Combine(settings.StateDirectory, "ledger.db");

    /// <summary>Reads the configuration.</summary>
    /// <exception cref="AgentException">It has faults; the text holds all of them.</exception>
    public static AgentSettings LoadSettings(string file)
    {
        var load = AgentSettingsFile.Load(file);
        return load.Settings ?? throw Faulty(load.Faults);
    }

    /// <summary>Reads configuration and mappings and claims the state directory. Where they do not fit the code tables at hand, these are asked for anew.</summary>
    /// <exception cref="AgentException">Faults, no identity, another agent at work, or a state folder that cannot be written.</exception>
    public static async Task<AgentWorkplace> OpenAsync(string file, CancellationToken cancellationToken)
    {
        var settings = LoadSettings(file);
        var spills = new SpillFolder(settings.StateDirectory);
        var tables = new CodeTableCache(settings.State);
        var (sources, faults) = SourceLoad.Of(settings, spills, tables);
        if (faults.Count > 0 && tables.Asked.Count > 0 && tables.IsEnrolled)
        {
            // What is not here, or a newer version to which the mapping was fitted.
            using var identity = new IdentityStore(settings.State).Load();
            await new CodeTableFetch(settings, identity, tables, TimeProvider.System).RefreshAsync(tables.Asked, cancellationToken);
            (sources, faults) = SourceLoad.Of(settings, spills, tables);
        }

        if (faults.Count > 0)
        {
            throw Faulty(faults);
        }

        var claim = StateFolder.Claim(settings.StateDirectory);
        try
        {
            spills.RemoveLeftOvers();
            settings.State.RemoveLeftOvers();
            return new AgentWorkplace(settings, sources, spills, tables, claim, areWhole: true);
        }
        catch
        {
            claim.Dispose();
            throw;
        }
    }

    /// <summary>Counts of the run at work, as committed so far; null between runs.</summary>
    public RunReport? CurrentCounts()
    {
        lock (_gate)
        {
            return _ledger?.OpenRuns().FirstOrDefault(run => run.Number == Progress.Run)?.Report;
        }
    }

    /// <summary>One sync. A damaged ledger is moved aside and begun anew, once.</summary>
    /// <param name="wish">What of the sources to read.</param>
    public async Task<SyncResult> SyncAsync(
        ReadingWish wish, TimeSpan? timeout, TimeProvider clock, Action<string> say, ILogger logger, CancellationToken cancellationToken)
    {
        try
        {
            return await SyncOnceAsync(wish, timeout, clock, say, logger, cancellationToken);
        }
        catch (LedgerDamagedException damage)
        {
            var aside = LedgerFile.MoveAside(LedgerPath(Settings), clock.GetUtcNow());
            if (wish.Cases is not null)
            {
                // By day nothing is read but hazards.
                throw new AgentException(
                    ExitCode.RunFailed, $"{damage.Message} What is left of it is now {aside}; the next night begins a new one and reads everything again. Look at the disk, unless somebody changed the file.", damage);
            }

            say($"WARNING  {damage.Message} What is left of it is now {aside}; a new ledger begins, everything is read again, and the hub keeps each case once. "
                + "Gone with it: what waited to be sent (it is read again), rows in quarantine that no source has any more, consents to deletions, accepted columns. Look at the disk, unless somebody changed the file.");
            return await SyncOnceAsync(ReadingWish.Everything with { Comparing = wish.Comparing, TakesNewKeys = wish.TakesNewKeys }, timeout, clock, say, logger, cancellationToken);
        }
    }

    public void Dispose()
    {
        _tap?.Dispose();
        _cipher.Dispose();
        _claim.Dispose();
    }

    private async Task<SyncResult> SyncOnceAsync(
        ReadingWish wish, TimeSpan? timeout, TimeProvider clock, Action<string> say, ILogger logger, CancellationToken cancellationToken)
    {
        var floor = RegionFloor.Load(Settings);
        RegionFloor.Remember(Settings);
        await RenewCertificateAsync(clock, say, cancellationToken);
        using var identity = _store.Load();
        var fetch = new CodeTableFetch(Settings, identity, _tables, clock);
        await RefreshTablesAsync(fetch, clock, say, cancellationToken);
        var policy = new EdgePolicy(_store, identity.PolicyKey, Settings.Region, floor, _keys, clock);
        if (policy.Load() is { } refusal)
        {
            say($"the stored policy bundle is not in force ({refusal}); asking the hub for another");
        }

        using var ledger = AgentLedger.Open(LedgerPath(Settings), _cipher, clock, thorough: true);
        RequireNewestKeys(ledger);
        Show(ledger);
        try
        {
            var pushed = new PushedTables(fetch, _tables, clock, say);
            var concepts = new ConceptRefresh(fetch, _tables, say);
            var result = await new SyncRun(Settings, Sources, wish, identity, _keys, _cipher, policy, ledger, pushed, concepts, Progress, timeout, clock, say, logger)
                .RunAsync(cancellationToken);
            await new AuditWatch(Settings.StateDirectory, clock, say, logger).LookAsync(Settings, identity, cancellationToken);
            return result;
        }
        finally
        {
            Show(null);
        }
    }

    // Pseudonyms of an older version would make one customer two, and tell again what a rotation was to end.
    private void RequireNewestKeys(AgentLedger ledger)
    {
        if (!ledger.AdoptPseudonymVersion(_keys.PseudonymVersion))
        {
            throw new AgentException(
                ExitCode.Identity,
                $"The region's keys of pseudonyms have version {_keys.PseudonymVersion}, and cases were sent under version {ledger.Meta.PseudonymVersion}: the key came from a backup made before a rotation. "
                    + $"Run 'calltracking-agent keys rotate --to {ledger.Meta.PseudonymVersion}', or import the newer backup. Nothing was read and nothing left.");
        }
    }

    /// <summary>Another version of a table is another mapping. Without the hub the kept one is used, and said.</summary>
    private async Task RefreshTablesAsync(CodeTableFetch fetch, TimeProvider clock, Action<string> say, CancellationToken cancellationToken)
    {
        if (_tables.Asked.Count == 0)
        {
            return;
        }

        var news = await fetch.RefreshAsync(_tables.Asked, cancellationToken);
        foreach (var line in news.Select(one => CodeTableText.Of(one, _tables.Look(one.Name), clock.GetUtcNow())).OfType<string>())
        {
            say(line);
        }

        // Also one that was pushed while the last run was at work.
        if (_tables.HasNewer)
        {
            var (sources, faults) = SourceLoad.Of(Settings, _spills, _tables);
            Sources = faults.Count == 0 ? sources : throw Faulty(faults);
            ForgetOlderTables();
        }

        foreach (var held in Sources.SelectMany(source => source.HeldBack).Distinct())
        {
            say($"WARNING  {held}");
        }
    }

    private void ForgetOlderTables() => _tables.ForgetBefore(_tables.Asked.Except(Sources.SelectMany(source => source.HeldBack).Select(held => held.Name)));

    private async Task RenewCertificateAsync(TimeProvider clock, Action<string> say, CancellationToken cancellationToken)
    {
        using var identity = _store.Load();
        var renewal = new CertificateRenewal(Settings.Door, _store, clock);
        if (!renewal.IsDue(identity))
        {
            return;
        }

        try
        {
            await renewal.RunAsync(identity, cancellationToken);
            say("the region's certificate was renewed");
        }
        catch (Exception failed) when (failed is RpcException or CryptographicException)
        {
            say($"the region's certificate is good until {identity.Certificate.NotAfter.ToUniversalTime():u} and could not be renewed: {failed.Message}");
        }
    }

    private void Show(AgentLedger? ledger)
    {
        lock (_gate)
        {
            _ledger = ledger;
        }
    }

    private static AgentException Faulty(IReadOnlyList<Fault> faults) =>
        new(ExitCode.Configuration, string.Join(Environment.NewLine, faults));
}
