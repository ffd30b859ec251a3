using System.Threading.RateLimiting;
using CallTracking.Hub.Audit;
using Npgsql;

namespace CallTracking.Hub.People;

/// <summary>
/// Looks whether somebody may sign in. Whether the name is unknown, the account disabled or locked, or the password wrong: the work,
/// the time and the answer are the same.
/// </summary>
internal sealed class SignInDesk(AccountStore accounts, SignInGuard guard, Passwords passwords, NpgsqlDataSource dataSource, TimeProvider clock, ILogger<SignInDesk> logger) : IDisposable
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
        var claim = await guard.ClaimAsync(guarded, now, cancellationToken);
        var check = passwords.Check(found?.PasswordHash, password);
        if (found is null || !claim.IsFree || found.IsDisabled || check is PasswordCheck.Wrong)
        {
            var (id, why) = (found?.Id ?? "none", !claim.IsFree ? "locked" : found is { IsDisabled: true } ? "disabled" : "wrong");
            PeopleLog.SignInRefused(logger, id, why);
            await NoteRefusedAsync(id, why, claim.Locks, cancellationToken);
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
        await dataSource.NoteAsync(AuditEntry.Of(AuditCode.SignedIn, found.Id), cancellationToken);
        return new SignedInAccount(found.Id, kept);
    }

    // The name that was typed is not written down: where there is no such account, it may be a password.
    private async Task NoteRefusedAsync(string account, string why, bool locks, CancellationToken cancellationToken)
    {
        await dataSource.NoteAsync(AuditEntry.Of(AuditCode.SignInRefused, account, ("why", why)), cancellationToken);
        if (locks)
        {
            await dataSource.NoteAsync(AuditEntry.Of(AuditCode.SignInLocked, account), cancellationToken);
        }
    }

    public void Dispose() => _atOnce.Dispose();
}
