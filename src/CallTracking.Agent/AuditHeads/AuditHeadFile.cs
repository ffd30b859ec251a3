using System.Text.Json;
using CallTracking.Agent.Identity;
using CallTracking.Contracts;
using Google.Protobuf;

namespace CallTracking.Agent.AuditHeads;

/// <summary>A seal of the hub's audit log as this region saw it.</summary>
/// <param name="Number">Of the seal.</param>
/// <param name="Envelope">Protobuf SignedAuditSeal, base64.</param>
/// <param name="SeenAt">When the hub showed it.</param>
internal sealed record SeenHead(ulong Number, string Envelope, DateTimeOffset SeenAt)
{
    public static SeenHead Of(SignedAuditSeal envelope, AuditSeal seal, DateTimeOffset now) => new(seal.Number, envelope.ToByteString().ToBase64(), now);

    public SignedAuditSeal ToEnvelope() => SignedAuditSeal.Parser.ParseFrom(ByteString.FromBase64(Envelope));
}

/// <summary>The hub showed a history in which the head that was kept is not.</summary>
/// <param name="FoundAt">When.</param>
/// <param name="How">In words.</param>
/// <param name="Kept">The evidence: what the hub had signed before.</param>
/// <param name="Shown">What it showed instead; null where it showed nothing, or nothing that it signed.</param>
internal sealed record RewrittenHistory(DateTimeOffset FoundAt, string How, SeenHead Kept, SeenHead? Shown)
{
    /// <summary>When a person here said that it is known and explained; null until then.</summary>
    public DateTimeOffset? AcceptedAt { get; init; }

    /// <summary>The explanation.</summary>
    public string? Note { get; init; }
}

/// <summary>What this region keeps of the hub's audit log.</summary>
/// <param name="Kept">The newest head that followed on the ones before.</param>
/// <param name="Rewritten">What did not, the oldest first; nothing is ever taken out.</param>
internal sealed record KeptHeads(SeenHead? Kept, IReadOnlyList<RewrittenHistory> Rewritten)
{
    /// <summary>A sync that worked and whose look did not, or a newest seal that is older, is nothing yet: hubs are taken down for a weekend.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromDays(3);

    /// <summary>Longer than a running hub goes without a row and its seal.</summary>
    private static readonly TimeSpan OldestSeal = TimeSpan.FromHours(48);

    public static KeptHeads None { get; } = new(null, []);

    /// <summary>When the hub was last compared with what is kept; null before the first time.</summary>
    public DateTimeOffset? LookedAt { get; init; }

    /// <summary>The first sync since then after which it could not be looked; null when the last look was made.</summary>
    public DateTimeOffset? UnseenSince { get; init; }

    /// <summary>What keeps a rewritten history from being seen, in words; null when nothing does.</summary>
    /// <param name="now">For looks that fail.</param>
    public string? Blind(DateTimeOffset now) =>
        UnseenSince is { } since && now - since >= Patience
            ? FormattableString.Invariant($"Since {since:u} syncs reach the hub, and its audit log could not be looked at. A hub that keeps its log back looks the same; ask headquarters.")
            : Kept is { } kept && LookedAt is { } at && at - SealedAt(kept) >= OldestSeal
                ? FormattableString.Invariant($"The newest seal of the hub's audit log was made at {SealedAt(kept):u} and is still the newest at {at:u}: sealing has stopped there, or this region is shown an old end. Ask headquarters.")
                : null;

    private static DateTimeOffset SealedAt(SeenHead head) => AuditSeal.Parser.ParseFrom(head.ToEnvelope().Seal).SealedAt.ToDateTimeOffset();

    /// <summary>Those that nobody here accepted yet.</summary>
    public IEnumerable<RewrittenHistory> Open => Rewritten.Where(one => one.AcceptedAt is null);
}

/// <summary>
/// <c>audit-heads.json</c> in the state folder. Back it up: it is what headquarters cannot rewrite. What a person accepted stands in a file of its own beside it, as
/// a pause does: the service holds the folder for as long as it runs, and writes the other one after each sync.
/// </summary>
internal sealed class AuditHeadFile(string stateDirectory)
{
    private readonly string _accepted = Path.Combine(stateDirectory, "audit-accepted.json");

    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true };

    public string FullName { get; } = Path.Combine(stateDirectory, "audit-heads.json");

    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public KeptHeads Load()
    {
        if (!File.Exists(FullName))
        {
            return KeptHeads.None;
        }

        try
        {
            var heads = JsonSerializer.Deserialize<KeptHeads>(File.ReadAllBytes(FullName), Json);
            heads?.Kept?.ToEnvelope();
            return heads is { Rewritten: not null } ? heads with { Rewritten = Merge(heads.Rewritten) } : throw new JsonException();
        }
        catch (Exception damaged) when (damaged is JsonException or FormatException or InvalidProtocolBufferException)
        {
            throw new InvalidDataException($"{FullName} (or audit-accepted.json beside it) is damaged. Restore it from a backup; or delete it, and the region keeps the head that the hub shows next.", damaged);
        }
    }

    public void Save(KeptHeads heads) => PrivateFile.Write(FullName, JsonSerializer.SerializeToUtf8Bytes(heads, Json));

    /// <summary>Accepts all that are open, and says how many that were. May run beside the service.</summary>
    public int Accept(string note, DateTimeOffset now)
    {
        var open = Load().Open.ToList();
        if (open.Count > 0)
        {
            PrivateFile.WriteShared(_accepted, JsonSerializer.SerializeToUtf8Bytes(Acceptances().Concat(open.Select(one => new Acceptance(one.FoundAt, one.Kept.Number, now, note))), Json));
        }

        return open.Count;
    }

    private List<Acceptance> Acceptances() =>
        File.Exists(_accepted) ? JsonSerializer.Deserialize<List<Acceptance>>(File.ReadAllBytes(_accepted), Json) ?? throw new JsonException() : [];

    private List<RewrittenHistory> Merge(IReadOnlyList<RewrittenHistory> rewritten)
    {
        var accepted = Acceptances();
        return [.. rewritten.Select(one => one.AcceptedAt is null && accepted.FirstOrDefault(said => said.FoundAt == one.FoundAt && said.Kept == one.Kept.Number) is { } by
            ? one with { AcceptedAt = by.AcceptedAt, Note = by.Note } : one)];
    }

    /// <summary>That a person said it is known.</summary>
    /// <param name="FoundAt">Which: of the rewritten history.</param>
    /// <param name="Kept">The number of its kept seal.</param>
    private sealed record Acceptance(DateTimeOffset FoundAt, ulong Kept, DateTimeOffset AcceptedAt, string Note);
}
