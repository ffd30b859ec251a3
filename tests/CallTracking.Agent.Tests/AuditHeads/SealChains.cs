using System.Security.Cryptography;
using CallTracking.Contracts;
using CallTracking.Privacy;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace CallTracking.Agent.Tests.AuditHeads;

/// <summary>Seals as a hub makes them.</summary>
internal static class SealChains
{
    /// <param name="key">Signs them.</param>
    /// <param name="count">So many.</param>
    /// <param name="root">Another root is another history.</param>
    /// <param name="sealedAt">Of each.</param>
    /// <param name="newestAt">Of the last one.</param>
    public static List<SignedAuditSeal> Make(ECDsa key, int count, byte root = 1, DateTimeOffset? sealedAt = null, DateTimeOffset? newestAt = null)
    {
        var seals = new List<SignedAuditSeal>();
        for (var number = 1; number <= count; number++)
        {
            seals.Add(AuditSealSigner.Sign(
                new AuditSeal
                {
                    Number = (ulong)number,
                    FirstSequence = (ulong)((number * 10) - 9),
                    LastSequence = (ulong)(number * 10),
                    Rows = 10,
                    Root = ByteString.CopyFrom(root, (byte)number),
                    Previous = seals.Count == 0 ? ByteString.Empty : AuditSealVerifier.HashOf(seals[^1]),
                    SealedAt = Timestamp.FromDateTimeOffset((number == count ? newestAt : null) ?? sealedAt ?? DateTimeOffset.UnixEpoch),
                },
                key));
        }

        return seals;
    }
}
