using System.Net;
using CallTracking.Hub.Alarms;
using CallTracking.Hub.People;
using CallTracking.Hub.Retention;
using CallTracking.Hub.Telemetry;
using CallTracking.Privacy;

namespace CallTracking.Hub.Configuration;

/// <summary>What <c>hub.yaml</c> says, checked. Paths are absolute.</summary>
internal sealed record HubOptions
{
    /// <summary>An agent needs one connection; a connection can hold 4 MiB of what nobody has read yet.</summary>
    public const int DefaultMaxConnections = 500;

    /// <summary>Where the hub stands, ISO 3166-1 alpha-2: receiving here what was collected elsewhere is a transfer.</summary>
    public required string Country { get; init; }

    /// <summary>The legal entity that runs the hub.</summary>
    public required string Entity { get; init; }

    /// <summary>Holds the keys and certificates of this installation, and <c>addresses.json</c>.</summary>
    public required string StateDirectory { get; init; }

    /// <summary>Locks the keys in <see cref="StateDirectory"/>; without a key where they lie in clear.</summary>
    public StateLock StateLock { get; init; } = StateLock.None;

    /// <summary>Npgsql connection string. Holds a secret: never logged.</summary>
    public required string ConnectionString { get; init; }

    /// <summary>Where agents connect: TLS, HTTP/2. Port 0 lets the system choose.</summary>
    public required IPEndPoint GrpcListen { get; init; }

    /// <summary>So many connections of agents at once; one too many is closed.</summary>
    public int GrpcMaxConnections { get; init; } = DefaultMaxConnections;

    /// <summary>Names and addresses by which agents reach the hub; they stand in its TLS certificate.</summary>
    public required IReadOnlyList<string> GrpcHostNames { get; init; }

    /// <summary>Where pages and REST are served. Port 0 lets the system choose.</summary>
    public required IPEndPoint WebListen { get; init; }

    /// <summary>So many connections of browsers and programs at once; one too many is closed.</summary>
    public int WebMaxConnections { get; init; } = DefaultMaxConnections;

    /// <summary>Folder of policy documents that stand beside the built-in packs. It need not exist.</summary>
    public required string PoliciesDirectory { get; init; }

    /// <summary>File with the one token that opens all of pages and REST; null when there is none.</summary>
    public string? WebAccessTokenFile { get; init; }

    /// <summary>Whether and how people say who they are before they see pages and REST.</summary>
    public PeopleOptions People { get; init; } = new();

    /// <summary>When the nightly retention looks for expired cases, and whether it may remove them by itself.</summary>
    public RetentionSchedule Retention { get; init; } = new();

    /// <summary>Whom alarms are sent to, beside page, log and metric.</summary>
    public AlarmOptions Alarms { get; init; } = new();

    /// <summary>Where metrics are sent.</summary>
    public TelemetryOptions Telemetry { get; init; } = new();
}
