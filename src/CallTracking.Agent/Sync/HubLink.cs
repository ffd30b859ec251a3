using CallTracking.Agent.Commands;
using CallTracking.Agent.Configuration;
using CallTracking.Agent.Identity;
using CallTracking.Agent.Ledger;
using CallTracking.Contracts;
using CallTracking.Rpc;
using Google.Protobuf.Reflection;
using Polly;
using Polly.Retry;

namespace CallTracking.Agent.Sync;

/// <summary>
/// Keeps a Push stream open for as long as a sync takes: connects, and connects again after every loss, with growing pauses
/// that everyone can see, until the time allowed is over.
/// </summary>
/// <param name="timeout">How long the hub may be away at a stretch; null for ever.</param>
/// <param name="say">Takes each line that a person should see.</param>
internal sealed class HubLink(
    AgentSettings settings,
    AgentIdentity identity,
    AgentLedger ledger,
    TaskDesk tasks,
    FurtherRun further,
    TimeSpan? timeout,
    TimeProvider clock,
    Action<string> say,
    ILogger logger)
{
    private const int ShutDoorsToBelieve = 3;
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(60);
    private static readonly MethodDescriptor Push =
        SyncReflection.Descriptor.Services.Single(service => service.Name == "SyncService").FindMethodByName("Push");

    private readonly TaskCompletionSource<Welcome> _connected = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource<RunReportAck>? _reported;
    private PushSession? _session;
    private int _failures;
    // A timestamp of the clock, since a wall clock may be set; 0 while the hub is there.
    private long _awaySince;
    private bool _isWelcome;
    private int _shutDoors;

    /// <summary>Completes with the first Welcome.</summary>
    public Task<Welcome> FirstWelcome => _connected.Task;

    /// <summary>The report that waits for the hub's count; null when none does.</summary>
    public PushRequest? Report { get; private set; }

    /// <summary>Runs until cancelled or closed.</summary>
    /// <exception cref="AgentException">The hub refused for good, or was away for too long.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var channel = settings.Door.Open(identity, gzip: true);
        await Retry().ExecuteAsync(async token => await RunSessionAsync(channel, token), cancellationToken);
    }

    /// <summary>True when nothing more will be asked of the hub: the stream ends once its last answers are sent.</summary>
    public bool IsClosing { get; private set; }

    /// <summary>Has the stream end in good order.</summary>
    public void Close()
    {
        IsClosing = true;
        Volatile.Read(ref _session)?.Poke();
    }

    /// <summary>Sends a run's report and waits for the hub's count, over as many connections as it takes.</summary>
    public async Task<RunReportAck> ReportAsync(RunReport report, CancellationToken cancellationToken)
    {
        _reported = new TaskCompletionSource<RunReportAck>(TaskCreationOptions.RunContinuationsAsynchronously);
        Report = new PushRequest { RunReport = report };
        Volatile.Read(ref _session)?.Poke();
        try
        {
            return await _reported.Task.WaitAsync(cancellationToken);
        }
        finally
        {
            Report = null;
        }
    }

    /// <summary>The session says that the hub welcomed it.</summary>
    public void Connected(PushSession session, Welcome welcome)
    {
        Volatile.Write(ref _session, session);
        (_isWelcome, _shutDoors) = (true, 0);
        if (Volatile.Read(ref _awaySince) != 0)
        {
            say("connected again");
        }

        _connected.TrySetResult(welcome);
    }

    /// <summary>The session has something to say to a person.</summary>
    public void Tell(string text) => say(text);

    /// <summary>The session says that the hub took something: the next loss starts with a short pause again.</summary>
    public void Progressed()
    {
        Volatile.Write(ref _failures, 0);
        Volatile.Write(ref _awaySince, 0);
    }

    /// <summary>The session brings the hub's count.</summary>
    public void Reported(RunReportAck ack)
    {
        Progressed();
        if (Report?.RunReport.RunId == ack.RunId)
        {
            _reported?.TrySetResult(ack);
        }
    }

    private async ValueTask RunSessionAsync(RpcChannel channel, CancellationToken cancellationToken)
    {
        var startedAt = clock.GetTimestamp();
        _isWelcome = false;
        try
        {
            using var call = channel.OpenDuplex<PushRequest, PushResponse>(Push, new RpcCallOptions(), cancellationToken);
            await new PushSession(settings, ledger, tasks, further, this, clock, logger).RunAsync(call, cancellationToken);
        }
        finally
        {
            // A stream that held for long was a healthy one, also when there was nothing to send.
            if (clock.GetElapsedTime(startedAt) > LongestPause)
            {
                Progressed();
            }
        }
    }

    private ResiliencePipeline Retry() => new ResiliencePipelineBuilder { TimeProvider = clock }
        .AddRetry(new RetryStrategyOptions
        {
            MaxRetryAttempts = int.MaxValue,
            ShouldHandle = new PredicateBuilder().Handle<RpcException>(),
            DelayGenerator = async next => await PauseAsync((RpcException)next.Outcome.Exception!, next.Context.CancellationToken),
        })
        .Build();

    /// <summary>How long to wait after a loss; says it.</summary>
    /// <exception cref="AgentException">Waiting is no use.</exception>
    private async Task<TimeSpan> PauseAsync(RpcException error, CancellationToken cancellationToken)
    {
        var failure = HubFailure.Of(error, settings.Hub);
        if (failure.IsFinal)
        {
            throw failure.ToException();
        }

        await RequireOpenDoorAsync(error, cancellationToken);
        Interlocked.CompareExchange(ref _awaySince, Math.Max(clock.GetTimestamp(), 1), 0);
        var doubled = TimeSpan.FromSeconds(Math.Pow(2, Math.Min(_failures++, 6)));
        var pause = failure.RetryAfter ?? (doubled < LongestPause ? doubled : LongestPause) * (0.5 + (Random.Shared.NextDouble() / 2));
        if (timeout is { } limit && clock.GetElapsedTime(Volatile.Read(ref _awaySince)) + pause > limit)
        {
            throw new AgentException(
                ExitCode.HubNotReachable,
                $"The hub {settings.Hub} was not reachable for {Spoken(limit)} ({failure.Text}). What was read waits in the outbox; the next sync goes on from there.",
                error);
        }

        say($"hub not reachable: {failure.Text}; next try in {Spoken(pause)}");
        return pause;
    }

    /// <exception cref="AgentException">The hub is there, and shuts this region out again and again.</exception>
    private async Task RequireOpenDoorAsync(RpcException error, CancellationToken cancellationToken)
    {
        if (_isWelcome
            || HubFailure.IsAnswer(error)
            || HubFailure.IsConnectFault(error)
            || !await HubProbe.AnswersStrangersAsync(settings.Door, identity.Roots, cancellationToken))
        {
            _shutDoors = 0;
            return;
        }

        if (++_shutDoors >= ShutDoorsToBelieve)
        {
            throw new AgentException(
                ExitCode.Identity,
                $"The hub {settings.Hub} is there and shuts out this region's certificate (good until {identity.Certificate.NotAfter.ToUniversalTime():u}). It was revoked, has expired, or is another hub's: enrol again with a new token.",
                error);
        }
    }

    private static string Spoken(TimeSpan time) => time >= TimeSpan.FromMinutes(2)
        ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{time.TotalMinutes:0} min")
        : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Math.Max(time.TotalSeconds, 0.1):0.#} s");
}
