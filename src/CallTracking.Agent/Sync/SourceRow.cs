using System.Globalization;
using System.Security.Cryptography;
using CallTracking.Agent.Outbox;
using CallTracking.Agent.Quarantine;
using CallTracking.Agent.Sources;
using CallTracking.Contracts;
using CallTracking.Mapping;
using CallTracking.Mapping.Shapes;

namespace CallTracking.Agent.Sync;

/// <summary>A row with where it comes from.</summary>
/// <param name="Of">What gave it.</param>
/// <param name="File">Relative to the configuration's folder; of what is no file, its name.</param>
internal readonly record struct SourceRow(Source Of, string File, RowOutcome Outcome)
{
    private const string RowPlace = "row ";

    /// <summary>The mapping's name for the source; part of every case's key.</summary>
    public string Source => Of.Name;

    /// <summary>What two rows with one key mean.</summary>
    public DuplicateRule Duplicates => Of.Mapping.Duplicates;

    /// <summary>False when the row is met at another place on another day.</summary>
    public bool HasPlace { get; init; } = true;

    /// <summary>It stands for several, and another one of them another night: what the quarantine knows of its case stood elsewhere.</summary>
    public bool IsOfManyRows => Of.Mapping.FoldsRows;

    /// <summary>Earlier rows of its case may be missing.</summary>
    public bool IsInDoubt { get; init; }

    /// <summary>Goes with the reading that it comes from; null when it is read alone.</summary>
    public ShapeWatch? Watch { get; init; }

    /// <summary>What its reader's mapping needs before the row's bytes to map them once more.</summary>
    public ReadOnlyMemory<byte> Head { get; init; }

    /// <summary>From behind which row its input was read: rows before are not met in this run.</summary>
    public long BehindRow { get; init; }

    /// <summary>False when the content that it stands in was read before.</summary>
    public bool IsNew { get; init; } = true;

    /// <summary>Its entry in the quarantine, when it is read for that.</summary>
    public QuarantineEntry? Entry { get; init; }

    /// <summary>True when the row is read alone, from what <see cref="Entry"/> kept of it.</summary>
    public bool IsKept { get; init; }

    /// <summary>Where in the file: stable for as long as the file is.</summary>
    public string Place => IsKept ? Entry!.Place : string.Create(CultureInfo.InvariantCulture, $"{RowPlace}{Outcome.Position.Row}");

    /// <summary>What the quarantine knows it by: its place, or the record itself where it has none.</summary>
    public string QuarantinePlace(CaseUid? uid, PayloadCipher cipher, ReadOnlySpan<byte> payload) => HasPlace || IsKept
        ? Place
        : $"record {Convert.ToHexStringLower(uid is { } known ? known.ToByteString().Span : cipher.HideName(Convert.ToHexString(SHA256.HashData(payload))))}";

    /// <summary>Which row of its input it was; null where it was kept without that.</summary>
    public long? Number => IsKept ? Entry!.Row : Outcome.Position.Row;
}
