using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace CallTracking.Rpc.Tests;

public sealed class DrainTests
{
    [Fact]
    public void DrainTimer_FiresWhileTheServerGoes_HarmsNobody()
    {
        var clock = new LateClock();
        var lifetime = new ApplicationLifetime(NullLogger<ApplicationLifetime>.Instance);
        var server = new RpcServer(Options.Create(new RpcServerOptions { Clock = clock }), lifetime, NullLogger<RpcServer>.Instance);
        lifetime.StopApplication();

        server.Dispose();

        clock.Fire();
    }

    /// <summary>Its timers fire when told, also after they were disposed: what a timer on another thread may do.</summary>
    private sealed class LateClock : TimeProvider
    {
        private TimerCallback? _callback;

        public void Fire() => _callback!(null);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            _callback = callback;
            return new LateTimer();
        }
    }

    private sealed class LateTimer : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
            // Too late: it fires all the same.
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
