using System.Security.Cryptography;
using System.Text;

namespace CallTracking.Agent.Quarantine;

/// <summary>Which entries are meant; what is null does not narrow.</summary>
/// <param name="Id">The beginning of an entry's id.</param>
/// <param name="Before">Entries that have stood since before this instant.</param>
internal sealed record QuarantineFilter(string? Reason = null, string? Source = null, string? Id = null, DateTimeOffset? Before = null)
{
    private const int IdDigits = 10;

    /// <summary>True when it names anything.</summary>
    public bool IsNarrow => Reason is not null || Source is not null || Id is not null || Before is not null;

    /// <summary>A short name of an entry that stays the same as long as the entry does.</summary>
    public static string IdOf(QuarantineEntry entry) => Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes($"{entry.Source}\n{entry.File}\n{entry.Place}")))[..IdDigits];

    public bool Means(QuarantineEntry entry) =>
        (Reason is null || entry.Reason == Reason)
        && (Source is null || entry.Source == Source)
        && (Before is null || entry.At < Before)
        && (Id is null || IdOf(entry).StartsWith(Id, StringComparison.OrdinalIgnoreCase));
}
