using CallTracking.Agent.Commands;
using CallTracking.Agent.Sync;

namespace CallTracking.Agent.Schedule;

/// <summary>Whether nights wait.</summary>
internal interface IPauses
{
    /// <summary>The pause that holds; null when there is none.</summary>
    Pause? Find(DateTimeOffset now);

    /// <summary>Tells the hub what it does not know yet; never throws but for cancellation.</summary>
    Task TellAsync(CancellationToken cancellationToken);
}

/// <summary>Those of a region: in its state folder, and told to its hub.</summary>
internal sealed class RegionPauses(PauseFile file, PauseTelling telling, ILogger logger) : IPauses
{
    public Pause? Find(DateTimeOffset now)
    {
        try
        {
            return file.Find(now);
        }
        catch (Exception unreadable) when (unreadable is AgentException or IOException or UnauthorizedAccessException)
        {
            // Somebody wanted something: running all the same might be what was not wanted.
            SyncLog.PauseUnreadable(logger, unreadable.Message, Environment.UserName);
            return new Pause("the file of the pause cannot be read", now, null);
        }
    }

    public async Task TellAsync(CancellationToken cancellationToken)
    {
        if (await telling.TryTellAsync(cancellationToken) is { } trouble)
        {
            SyncLog.PauseUntold(logger, trouble);
        }
    }
}
