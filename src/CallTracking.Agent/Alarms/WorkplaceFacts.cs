using CallTracking.Agent.Commands;
using CallTracking.Agent.Configuration;
using CallTracking.Agent.Ledger;
using CallTracking.Agent.Schedule;
using CallTracking.Contracts;
using Microsoft.Data.Sqlite;

namespace CallTracking.Agent.Alarms;

/// <summary>The facts of the region whose configuration this is, read anew each time.</summary>
internal sealed class WorkplaceFacts(AgentSettings settings, IPauses pauses) : IRegionFacts
{
    public bool IsPaused(DateTimeOffset now) => pauses.Find(now) is not null;

    public bool TryFindLastWholeNight(out DateTimeOffset? began)
    {
        try
        {
            began = LedgerGlance.LastWholeNight(AgentWorkplace.LedgerPath(settings));
            return true;
        }
        catch (Exception unreadable) when (unreadable is LedgerDamagedException or LedgerUnusableException or SqliteException or IOException or UnauthorizedAccessException)
        {
            // Busy, or damaged: doctor says which.
            began = null;
            return false;
        }
    }

    public IAsyncEnumerable<Diagnosis> ExamineAsync(CancellationToken cancellationToken) => DoctorCommand.ExamineAsync(settings.File, cancellationToken);
}
