using CallTracking.Agent.Alarms;
using CallTracking.Agent.Connection;
using CallTracking.Agent.Identity;
using CallTracking.Agent.Sources.Http;
using CallTracking.Agent.Sources.Sql;
using CallTracking.Contracts;
using CallTracking.Mapping.Packs;
using CallTracking.Rpc;

namespace CallTracking.Agent.Configuration;

/// <summary>What <c>agent.yaml</c> says, checked. Paths are absolute: the file's own folder is their root.</summary>
internal sealed record AgentSettings
{
    /// <summary>The configuration file itself.</summary>
    public required string File { get; init; }

    public required RegionCode Region { get; init; }

    public required string Centre { get; init; }

    /// <summary>ISO 3166-1 alpha-2. Centre and collection country of every case whose mapping leaves them empty.</summary>
    public required string Country { get; init; }

    /// <summary>The gRPC addresses of the hub, https: one, or those of several processes at the same database.</summary>
    public required RpcServers Hubs { get; init; }

    /// <summary>The one of them that the next call goes to.</summary>
    public Uri Hub => Hubs.Current;

    /// <summary>The HTTP proxy before the hub; null when there is none.</summary>
    public SecretText? Proxy { get; init; }

    /// <summary>The way to the hub.</summary>
    public HubDoor Door => new(Hubs, Proxy);

    /// <summary>Holds identity, keys, ledger. Mode 700.</summary>
    public required StateVault State { get; init; }

    /// <summary>The path of <see cref="State"/>.</summary>
    public string StateDirectory => State.Directory;

    /// <summary>The region's own policy document; its signature stands beside it. Null when the region has none.</summary>
    public string? Floor { get; init; }

    public required ScheduleSettings Schedule { get; init; }

    /// <summary>Whether and how often hazards are looked for between two nights; null: they come with the night.</summary>
    public FastLaneSettings? FastLane { get; init; }

    /// <summary>Whom the region's own alarms are told.</summary>
    public AlarmSettings Alarms { get; init; } = AlarmSettings.LogOnly;

    /// <summary>Bytes of batches that may wait for the hub. When reached, reading waits; nothing is dropped.</summary>
    public required long OutboxMaxBytes { get; init; }

    /// <summary>Whether every sync of all sources ends by comparing the ledger with what the hub has.</summary>
    public bool ComparesAfterSync { get; init; } = true;

    public required IReadOnlyList<SourceSettings> Sources { get; init; }
}

/// <summary>When the nightly run starts: a Quartz cron expression in a time zone, plus the region's own delay below <see cref="Jitter"/>.</summary>
internal sealed record ScheduleSettings(string Cron, TimeZoneInfo TimeZone, TimeSpan Jitter, TimeSpan CatchUp);

/// <summary>Between two nights, what is a hazard travels within minutes.</summary>
/// <param name="Every">How often it is looked.</param>
/// <param name="Concepts">Codes of concepts; one that ends in * means all that begin so.</param>
internal sealed record FastLaneSettings(TimeSpan Every, IReadOnlyList<string> Concepts)
{
    public bool Means(string code) => Concepts.Any(concept => concept.EndsWith('*') ? code.StartsWith(concept[..^1], StringComparison.Ordinal) : code == concept);
}

/// <summary>One mapping with where its records come from: exactly one of <see cref="Files"/>, <see cref="Sql"/> and <see cref="Http"/>.</summary>
/// <param name="Files">An absolute path whose last parts may hold wildcards.</param>
internal sealed record SourceSettings(string Mapping, string? Files, int Line, int Column)
{
    public SqlSettings? Sql { get; init; }

    public HttpSettings? Http { get; init; }

    /// <summary>The pack below the mapping; null where <see cref="Mapping"/> is all there is.</summary>
    public PackSettings? Pack { get; init; }

    /// <summary>Files that the mapping joins, by what it calls them: absolute paths, whose last part may hold wildcards.</summary>
    public IReadOnlyDictionary<string, string> Joined { get; init; } = new Dictionary<string, string>();

    public FileRules Rules { get; init; } = new();

    /// <summary>Null unless the files of a run together hold every case of the source.</summary>
    public SnapshotRule? Snapshot { get; init; }
}

/// <summary>How files are taken.</summary>
internal sealed record FileRules
{
    /// <summary>A file that changed within this time may still be being written. Zero: it is read at once.</summary>
    public TimeSpan Settle { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The pattern of the members of a zip file that are read; null for all.</summary>
    public string? Entries { get; init; }

    /// <summary>Bytes that one compressed file may expand to, all its members together.</summary>
    public long MaxExpanded { get; init; } = 20L << 30;

    /// <summary>How many times its own size a compressed file may expand to.</summary>
    public long MaxRatio { get; init; } = 1000;
}

/// <summary>Cases that a complete export no longer holds are gone.</summary>
/// <param name="MaxVanished">The share of the source's cases, 0 to 1, that may go at once without a person's consent.</param>
internal sealed record SnapshotRule(double MaxVanished)
{
    public const double DefaultMaxVanished = 0.02;

    // So few may go at once where the share would be less than a case or two, but never more than a quarter of all.
    private const long Few = 10;

    /// <summary>How many of so many cases may vanish in one run without a person's consent.</summary>
    public long MostOf(long cases) => MaxVanished == 0 ? 0 : Math.Max((long)(MaxVanished * cases), Math.Min(Few, cases / 4));
}

/// <summary>A pack, and what the region lays over it.</summary>
/// <param name="Pack">The one that the name and the files' ending mean.</param>
/// <param name="Inline">YAML that holds the region's keys; null when <see cref="SourceSettings.Mapping"/> is a file of them.</param>
/// <param name="At">Line and column where the keys begin in it, when it is the configuration itself.</param>
internal sealed record PackSettings(MappingPack Pack, string? Inline, (int Line, int Column)? At = null);
