using System.Threading.RateLimiting;

namespace CallTracking.Hub.People;

/// <summary>
/// Looks whether somebody may sign in. Whether the name is unknown, the account disabled or locked, or the password wrong: the work,
/// the time and the answer are the same.
/// </summary>
internal sealed class SignInDesk(AccountStore accounts, SignInGuard guard, Passwords passwords, TimeProvider clock, ILogger<SignInDesk> logger) : IDisposable
{
    private const int MostWaiting = 20;

    // A hash costs a tenth of a second of a processor: half of them are left for everybody else.
    private readonly ConcurrencyLimiter _atOnce = new(new ConcurrencyLimiterOptions { PermitLimit = Math.Max(1, Environment.ProcessorCount / 2), QueueLimit = MostWaiting });

    /// <summary>The account; null when he may not, or when too many others wait.</summary>
    public async Task<SignedInAccount?> TryAsync(string name, string password, BrowserSecret browser, CancellationToken cancellationToken)
    {
        using var turn = await _atOnce.AcquireAsync(1, cancellationToken);
        if (!turn.IsAcquired)
        {
            PeopleLog.HeldOff(logger);
            return null;
        }

        var (key, now) = (AccountName.KeyOf(name), clock.GetUtcNow());
        var found = await accounts.FindAsync(key, browser.Hash, cancellationToken);
        var guarded = found is { IsKnownBrowser: true } ? SignInGuard.KeyOf(key, browser.Hash) : SignInGuard.KeyOf(key);
        var isFree = await guard.TryClaimAsync(guarded, now, cancellationToken);
        var check = passwords.Check(found?.PasswordHash, password);
        if (found is null || !isFree || found.IsDisabled || check is PasswordCheck.Wrong)
        {
            PeopleLog.SignInRefused(logger, found?.Id ?? "none", !isFree ? "locked" : found is { IsDisabled: true } ? "disabled" : "wrong");
            return null;
        }

        await guard.ClearAsync(guarded, cancellationToken);
        var kept = found.PasswordHash;
        if (check is PasswordCheck.RightAndWeaklyKept)
        {
            kept = passwords.Hash(password);
            await accounts.RehashAsync(found.Id, found.PasswordHash, kept, cancellationToken);
        }

        await accounts.NoteSignInAsync(found.Id, browser.Hash, now, cancellationToken);
        PeopleLog.SignedIn(logger, found.Id);
        return new SignedInAccount(found.Id, kept);
    }

    public void Dispose() => _atOnce.Dispose();
}
