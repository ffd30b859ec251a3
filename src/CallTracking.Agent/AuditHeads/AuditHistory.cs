using CallTracking.Contracts;
using CallTracking.Privacy;

namespace CallTracking.Agent.AuditHeads;

/// <summary>What became of comparing a kept head with what the hub shows.</summary>
/// <param name="Head">The newest that follows on the kept one; null where nothing is sealed yet, or the history is another.</param>
/// <param name="Rewritten">How it is another; null where it is not.</param>
internal sealed record AuditComparison(SignedAuditSeal? Head, string? Rewritten);

/// <summary>
/// Follows the chain of seals from the one that is kept to the hub's newest, page by page. Each is signed, and names the one before: a hub that changed
/// anything before the kept head has none that fits.
/// </summary>
/// <param name="policyKey">The hub's public key, trusted since enrolment.</param>
/// <param name="ask">Asks for seals from a number on; null where the hub offers none.</param>
internal sealed class AuditHistory(byte[] policyKey, Func<ulong, Task<GetAuditSealsResponse?>> ask)
{
    private const string Unsigned = "it showed a seal that is not signed by the key that this region trusts since it enrolled";

    /// <param name="kept">What this region keeps; null at the first look, which takes what it is shown.</param>
    public async Task<AuditComparison> CompareAsync(SignedAuditSeal? kept)
    {
        if (kept is null)
        {
            return await FirstAsync();
        }

        var (envelope, seal) = (kept, AuditSeal.Parser.ParseFrom(kept.Seal));
        while (true)
        {
            if (await ask(seal.Number) is not { } page)
            {
                return new AuditComparison(null, "it shows no seals any more: it is of a version from before there were any, or keeps them back");
            }

            if (page.Seals.Count == 0)
            {
                return new AuditComparison(null, $"its audit log ends with seal {page.Newest}, before the kept one");
            }

            if (page.Seals[0].Seal != envelope.Seal)
            {
                return new AuditComparison(null, AuditSealVerifier.Open(page.Seals[0], policyKey) is null ? Unsigned : $"its seal {seal.Number} is another than the kept one");
            }

            foreach (var next in page.Seals.Skip(1))
            {
                if (AuditSealVerifier.Open(next, policyKey) is not { } opened)
                {
                    return new AuditComparison(null, Unsigned);
                }

                if (!AuditSealVerifier.IsFollowedBy(envelope, seal, opened))
                {
                    return new AuditComparison(null, $"its seal {opened.Number} does not follow on seal {seal.Number}");
                }

                (envelope, seal) = (next, opened);
            }

            // A page that brings nothing new ends it, whatever the hub says of its newest.
            if (page.Seals.Count == 1 || seal.Number >= page.Newest)
            {
                return new AuditComparison(envelope, null);
            }
        }
    }

    /// <summary>The hub's newest; null where there is none, or none that it signed.</summary>
    public async Task<SignedAuditSeal?> NewestAsync() =>
        await ask(0) is { Seals: [.., var newest] } && AuditSealVerifier.Open(newest, policyKey) is not null ? newest : null;

    private async Task<AuditComparison> FirstAsync() => await ask(0) switch
    {
        { Seals: [.., var newest] } => AuditSealVerifier.Open(newest, policyKey) is null ? new AuditComparison(null, Unsigned) : new AuditComparison(newest, null),
        _ => new AuditComparison(null, null),
    };
}
