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

    public DateTimeOffset? LastWholeNight()
    {
        try
        {
            return LedgerGlance.LastWholeNight(AgentWorkplace.LedgerPath(settings));
        }
        catch (Exception unreadable) when (unreadable is LedgerDamagedException or LedgerUnusableException or SqliteException or IOException)
        {
            // Then no night is known to be whole: doctor says why.
            return null;
        }
    }

    public IAsyncEnumerable<Diagnosis> ExamineAsync(CancellationToken cancellationToken) => DoctorCommand.ExamineAsync(settings.File, cancellationToken);
}
