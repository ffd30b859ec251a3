using CallTracking.Mapping;

namespace CallTracking.Agent.Sync;

/// <summary>A row with where it comes from.</summary>
/// <param name="Source">The mapping's name for the source; part of every case's key.</param>
/// <param name="File">Relative to the configuration's folder; of what is no file, its name.</param>
/// <param name="LatestWins">Whether of two rows with one key the later one wins.</param>
internal readonly record struct SourceRow(string Source, string File, bool LatestWins, RowOutcome Outcome)
{
    /// <summary>False when the row is met at another place on another day.</summary>
    public bool HasPlace { get; init; } = true;

    /// <summary>What its reader's mapping needs before the row's bytes to map them once more.</summary>
    public ReadOnlyMemory<byte> Head { get; init; }

    /// <summary>Its place, when the row is read alone.</summary>
    public string? KnownPlace { get; init; }

    /// <summary>Where in the file: stable for as long as the file is.</summary>
    public string Place => KnownPlace ?? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"row {Outcome.Position.Row}");
}
