using CallTracking.Hub.Policies;
using Npgsql;

namespace CallTracking.Hub.Audit;

/// <summary>
/// Seals the audit log at start and every minute, and says so when that does not happen. Where nothing else was written for a day it writes a row of its own.
/// </summary>
internal sealed class SealingService(AuditSealer sealer, AuditLogStore log, NpgsqlDataSource dataSource, TimeProvider clock, ILogger<SealingService> logger) : BackgroundService
{
    private static readonly TimeSpan Beat = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan SaidAgainAfter = TimeSpan.FromHours(1);

    private (string Words, long At)? _said;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await SealAsync(stoppingToken);
            await Task.Delay(Beat, clock, stoppingToken);
        }
    }

    /// <summary>One beat. What goes wrong is logged and ends nothing: a hub without seals still takes cases.</summary>
    public async Task SealAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (await log.IsSilentAsync(cancellationToken))
            {
                await dataSource.NoteAsync(AuditEntry.Of(AuditCode.HubRunning, BundleSource.Version), cancellationToken);
            }

            await sealer.SealAsync(Patience, cancellationToken);
            if (await log.OldestUnsealedAsync(cancellationToken) is { IsLate: true } late)
            {
                Say($"late {late.At:O}", () => AuditEvents.LongUnsealed(logger, late.At));
            }
        }
        catch (HubException refused)
        {
            Say(refused.Message, () => AuditEvents.Refused(logger, refused.Message));
        }
        catch (Exception trouble) when (!cancellationToken.IsCancellationRequested)
        {
            // PostgreSQL's own words can quote a row.
            AuditEvents.NotSealed(logger, trouble.GetType().Name);
        }
    }

    // Once an hour, or when it is another: the same line each minute hides all others.
    private void Say(string words, Action say)
    {
        if (_said is not { } before || before.Words != words || clock.GetElapsedTime(before.At) >= SaidAgainAfter)
        {
            _said = (words, clock.GetTimestamp());
            say();
        }
    }
}

internal static partial class AuditEvents
{
    [LoggerMessage(2801, LogLevel.Information, "Sealed the audit log up to row {Row}: seal {Number} {Hash}")]
    public static partial void Sealed(ILogger logger, long row, long number, string hash);

    [LoggerMessage(2802, LogLevel.Warning, "The audit log could not be sealed; tried again in a minute: {Why}")]
    public static partial void NotSealed(ILogger logger, string why);

    [LoggerMessage(2803, LogLevel.Error, "A look at cases could not be written down ({Why}): the audit log lacks it")]
    public static partial void NotNoted(ILogger logger, string why);

    [LoggerMessage(2804, LogLevel.Information, "The hub has another {Key} key or certificate than at its last start")]
    public static partial void KeyChanged(ILogger logger, string key);

    [LoggerMessage(2805, LogLevel.Error, "The audit log is not sealed any more: {Why}")]
    public static partial void Refused(ILogger logger, string why);

    [LoggerMessage(2808, LogLevel.Warning, "Rows of the audit log since {Since:O} are not sealed: a transaction is open for long on the database server (pg_stat_activity), or sealing fails")]
    public static partial void LongUnsealed(ILogger logger, DateTimeOffset since);
}
