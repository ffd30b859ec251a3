using System.Globalization;
using CallTracking.Contracts;
using CallTracking.Hub.Audit;
using Npgsql;

namespace CallTracking.Hub.Doctor;

/// <summary>Computes the audit log anew, as far as a look takes, and sees whether it is sealed in time.</summary>
internal sealed class AuditLook(NpgsqlDataSource database, byte[] signingKey, SealMemory memory, TimeProvider clock)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    // A hub seals every minute.
    private static readonly TimeSpan Late = TimeSpan.FromMinutes(10);

    public async Task<IReadOnlyList<Diagnosis>> LookAsync(CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        var (seals, rows) = (0L, 0L);
        try
        {
            var log = await AuditVerification.RunAsync(database, signingKey, memory.Load(), head: null, (sealsSoFar, rowsSoFar) => (seals, rows) = (sealsSoFar, rowsSoFar), patience.Token);
            return [.. Judge(log)];
        }
        catch (HubException unreadable)
        {
            return [Diagnosis.Fault(HubExit.Failed, "audit-memory-damaged", "what this hub remembers of its last seal cannot be read: it seals nothing", unreadable.Message)];
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return [Diagnosis.Well("audit", string.Create(CultureInfo.InvariantCulture, $"{seals:N0} seals, {rows:N0} rows are as sealed; for more than a look can take there is 'audit verify'"))];
        }
    }

    private IEnumerable<Diagnosis> Judge(VerifiedLog log)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{log.Seals:N0} seals, {log.Rows:N0} rows");
        if (log.Fault is { } fault)
        {
            yield return Diagnosis.Fault(
                HubExit.Failed, "audit-not-as-sealed", $"the audit log is not as it was sealed ({fault.Kind}): {fault.Text}",
                "Keep everything as it is and tell the data protection officer; 'audit verify --head FILE' compares with what regions keep. If a backup was restored, that explains it.");
            yield break;
        }

        yield return log.UnsealedSince is { } since && clock.GetUtcNow() - since > Late
            ? Diagnosis.Doubt(
                "audit-not-sealed", string.Create(CultureInfo.InvariantCulture, $"{text}; {log.Unsealed:N0} more are not sealed, the oldest of {since:u}"),
                "A running hub seals every minute: if one runs, a transaction has been open since then (pg_stat_activity), or its log has event 2802.")
            : Diagnosis.Well("audit", string.Create(CultureInfo.InvariantCulture, $"{text}, all as sealed; {log.Unsealed:N0} more are to be sealed"));
    }
}
