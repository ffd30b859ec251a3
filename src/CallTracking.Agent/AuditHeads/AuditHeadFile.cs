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
    public static KeptHeads None { get; } = new(null, []);

    /// <summary>Those that nobody here accepted yet.</summary>
    public IEnumerable<RewrittenHistory> Open => Rewritten.Where(one => one.AcceptedAt is null);
}

/// <summary><c>audit-heads.json</c> in the state folder. Back it up: it is what headquarters cannot rewrite.</summary>
internal sealed class AuditHeadFile(string stateDirectory)
{
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
            return heads is { Rewritten: not null } ? heads : throw new JsonException();
        }
        catch (Exception damaged) when (damaged is JsonException or FormatException or InvalidProtocolBufferException)
        {
            throw new InvalidDataException($"{FullName} is damaged. Restore it from a backup; or delete it, and the region keeps the head that the hub shows next.", damaged);
        }
    }

    public void Save(KeptHeads heads) => PrivateFile.Write(FullName, JsonSerializer.SerializeToUtf8Bytes(heads, Json));
}
