using CallTracking.Hub.Alarms;

namespace CallTracking.Hub.Tests.Alarms;

/// <summary>A channel that remembers, and refuses, breaks or waits as a test says.</summary>
internal sealed class KeptChannel(string name = "kept") : IAlarmChannel
{
    private readonly Lock _gate = new();
    private readonly List<string> _taken = [];

    public int Refusals { get; set; }

    public int Attempts { get; private set; }

    /// <summary>Called before each notice is taken; may throw, or wait.</summary>
    public Func<AlarmNotice, Task> Before { get; set; } = _ => Task.CompletedTask;

    public List<string> Taken => _taken;

    public string Name => name;

    public async Task<string> SendAsync(AlarmNotice notice, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            Attempts++;
        }

        await Before(notice);
        lock (_gate)
        {
            if (Refusals-- > 0)
            {
                throw new AlarmChannelException("HTTP 503");
            }

            _taken.Add(notice.Key);
            return "taken";
        }
    }
}
