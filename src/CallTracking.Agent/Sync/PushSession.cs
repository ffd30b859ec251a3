using System.Threading.Channels;
using CallTracking.Agent.Configuration;
using CallTracking.Agent.Ledger;
using CallTracking.Contracts;
using CallTracking.Rpc;
using Google.Protobuf;
using PushCall = CallTracking.Rpc.RpcDuplexCall<CallTracking.Contracts.PushRequest, CallTracking.Contracts.PushResponse>;

namespace CallTracking.Agent.Sync;

/// <summary>
/// One Push stream, from Hello to its end: sends what stands in the outbox within the hub's credit, applies acknowledgements,
/// answers tasks. It ends by cancellation or by the exception that broke it; nothing is lost, since whatever was not
/// acknowledged still stands in the outbox.
/// </summary>
internal sealed class PushSession(
    AgentSettings settings,
    AgentLedger ledger,
    TaskDesk tasks,
    FurtherRun further,
    HubLink link,
    TimeProvider clock,
    ILogger logger)
{
    private static readonly TimeSpan ClosingTime = TimeSpan.FromSeconds(5);
    private readonly BatchesInFlight _inFlight = new(ledger);
    private readonly System.Threading.Channels.Channel<PushRequest> _replies =
        System.Threading.Channels.Channel.CreateUnbounded<PushRequest>(new UnboundedChannelOptions { SingleReader = true });

    private readonly System.Threading.Channels.Channel<BatchAck> _acks =
        System.Threading.Channels.Channel.CreateUnbounded<BatchAck>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });

    private readonly Pulse _poke = new();
    private long _credit;
    private int _owed;
    private long _silentSince;
    private TimeSpan _silence;
    private PushRequest? _sentReport;

    /// <summary>Runs the stream until it breaks or is cancelled, or until the link is closing and all is said.</summary>
    /// <exception cref="RpcException">The stream ended; <see cref="HubFailure"/> says what that means.</exception>
    /// <exception cref="SyncContractException">The hub broke the contract.</exception>
    public async Task RunAsync(PushCall call, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await call.WriteAsync(new PushRequest { Hello = AgentHello.Of(settings, ledger, tasks.AskedVersion, clock.GetUtcNow()) }, stop.Token);
        var welcome = (await call.ReadAsync(stop.Token))?.Welcome
            ?? throw new SyncContractException("The hub's first answer was no Welcome.");
        Take(welcome);

        var sending = SendAsync(call, stop.Token);
        var receiving = ReceiveAsync(call, stop.Token);
        var acknowledging = AcknowledgeAsync(stop.Token);
        var first = await Task.WhenAny(sending, receiving, acknowledging);
        if (first == sending && sending.IsCompletedSuccessfully)
        {
            // All is said: the hub ends its side when it has taken it.
            await Quiet(receiving.WaitAsync(ClosingTime, clock, CancellationToken.None));
            await stop.CancelAsync();
            await Quiet(Task.WhenAll(receiving, acknowledging));
            return;
        }

        await stop.CancelAsync();
        await Quiet(Task.WhenAll(sending, receiving, acknowledging));

        // A failed write says little; what the reader found is the hub's own word.
        await (receiving.IsFaulted ? receiving : first);
        cancellationToken.ThrowIfCancellationRequested();
        throw new RpcException(RpcStatusCode.Unavailable, "the hub closed the stream");
    }

    /// <summary>Wakes the sender: there is something new to say.</summary>
    public void Poke() => _poke.Beat();

    private void Take(Welcome welcome)
    {
        SyncLog.Welcomed(logger, settings.Hub, welcome.Epoch, welcome.LastSequence, welcome.CreditBytes);
        var change = ledger.Adopt(welcome);
        if (EpochText.Of(change, welcome) is { } news)
        {
            link.Tell(news);
        }

        switch (change)
        {
            case EpochChange.Restarted:
                SyncLog.EpochChanged(logger, welcome.Epoch, welcome.EpochNote.ToString());
                further.AskNow("the hub issued a new epoch");
                break;
            case EpochChange.HubBehind:
                further.AskNow("the hub lacks cases that it had acknowledged");
                break;
        }

        // Nothing is on its way yet: what other edge rules have shaped stays here.
        ledger.Discard(entry => !ledger.IsCurrentlyShaped(entry));
        _credit = (long)welcome.CreditBytes;
        link.Connected(this, welcome);
    }

    private async Task SendAsync(PushCall call, CancellationToken cancellationToken)
    {
        ulong sent = 0;
        while (true)
        {
            var changed = ledger.OutboxChanged.Next;
            var poked = _poke.Next;
            var isOwing = Volatile.Read(ref _owed) > 0;
            // Looked at once: a silence that ended between a look that kept a batch back and a look for how long to wait would be waited for without end.
            var pause = Silence();
            while (_replies.Reader.TryRead(out var reply))
            {
                await call.WriteAsync(reply, cancellationToken);
            }

            if (pause <= TimeSpan.Zero && await SendNextAsync(call, sent, cancellationToken) is { } upTo)
            {
                sent = upTo;
                continue;
            }

            if (link.Report is { } report && report != _sentReport)
            {
                await call.WriteAsync(report, cancellationToken);
                _sentReport = report;
                continue;
            }

            if (link.IsClosing && !isOwing)
            {
                await call.CompleteAsync();
                return;
            }

            var later = pause > TimeSpan.Zero ? Task.Delay(pause, clock, cancellationToken) : Task.Delay(Timeout.Infinite, cancellationToken);
            await (await Task.WhenAny(changed, poked, later));
        }
    }

    /// <summary>Sends the next batch above the sequence, and gives its own; null when there is none or the hub's credit is used up.</summary>
    private async Task<ulong?> SendNextAsync(PushCall call, ulong sent, CancellationToken cancellationToken)
    {
        // Without a valid bundle nothing leaves, also not what was shaped while there was one.
        if (!tasks.HasPolicy || ledger.NextBatch(sent) is not { } entry)
        {
            return null;
        }

        // A batch larger than the whole credit still has to go some day: alone.
        if (entry.Bytes > Volatile.Read(ref _credit) && !_inFlight.IsEmpty)
        {
            return null;
        }

        if (_inFlight.TakeOff(entry) is { } message)
        {
            Interlocked.Add(ref _credit, -entry.Bytes);
            await call.WriteSerialisedAsync(message, cancellationToken);
            SyncLog.BatchSent(logger, entry.Count, entry.Bytes, entry.FirstSequence);
        }

        return entry.FirstSequence;
    }

    private async Task ReceiveAsync(PushCall call, CancellationToken cancellationToken)
    {
        while (await call.ReadAsync(cancellationToken) is { } response)
        {
            switch (response.MessageCase)
            {
                case PushResponse.MessageOneofCase.Ack:
                    await _acks.Writer.WriteAsync(response.Ack, cancellationToken);
                    break;
                case PushResponse.MessageOneofCase.Credit:
                    Take(response.Credit);
                    break;
                case PushResponse.MessageOneofCase.Reshape:
                    Take(response.Reshape);
                    break;
                case PushResponse.MessageOneofCase.Task:
                    await TakeAsync(response.Task, cancellationToken);
                    break;
                case PushResponse.MessageOneofCase.RunReportAck:
                    link.Reported(response.RunReportAck);
                    break;
                case PushResponse.MessageOneofCase.Welcome:
                    throw new SyncContractException("The hub sent a second Welcome.");
            }
        }
    }

    private async ValueTask TakeAsync(RegionTask task, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _owed);
        var answer = AnswerAsync(task, cancellationToken);

        // Acknowledgements do not wait for what has to be fetched first.
        if (answer.IsCompleted)
        {
            await answer;
        }
    }

    private async Task AnswerAsync(RegionTask task, CancellationToken cancellationToken)
    {
        try
        {
            _replies.Writer.TryWrite(new PushRequest { TaskResult = await tasks.AnswerAsync(task, _inFlight.Has, cancellationToken) });
        }
        finally
        {
            Interlocked.Decrement(ref _owed);
            _poke.Beat();
        }
    }

    /// <summary>Applies acknowledgements: as many as have come in one transaction.</summary>
    private async Task AcknowledgeAsync(CancellationToken cancellationToken)
    {
        var acks = new List<BatchAck>();
        while (await _acks.Reader.WaitToReadAsync(cancellationToken))
        {
            acks.Clear();
            while (_acks.Reader.TryRead(out var ack))
            {
                acks.Add(ack);
            }

            ledger.Acknowledge(acks);
            foreach (var ack in acks)
            {
                _inFlight.Land(ack.BatchId);
                Interlocked.Add(ref _credit, (long)ack.CreditBytes);
            }

            link.Progressed();
            SyncLog.BatchesAcknowledged(logger, acks.Count);
            _poke.Beat();
        }
    }

    private void Take(Credit credit)
    {
        Interlocked.Add(ref _credit, (long)credit.CreditBytes);
        if (credit.Wait is { } wait)
        {
            (_silentSince, _silence) = (clock.GetTimestamp(), wait.ToTimeSpan());
        }

        _poke.Beat();
    }

    private void Take(Reshape reshape)
    {
        var named = reshape.BatchIds.ToHashSet();
        foreach (var batchId in named)
        {
            Interlocked.Add(ref _credit, _inFlight.Land(batchId));
        }

        // What is on its way and not named gets its own answer from the hub.
        var discarded = ledger.Discard(entry =>
            named.Contains(ByteString.CopyFrom(entry.BatchId))
            || (entry.PolicyVersion < reshape.RequiredPolicyVersion && !_inFlight.Has(entry.BatchId)));
        SyncLog.Reshaped(logger, discarded, reshape.RequiredPolicyVersion);
        further.AskNow("the hub asks for cases to be shaped under a newer policy");
        _poke.Beat();
    }

    // By time that passed: a clock that is set back does not make the silence longer.
    private TimeSpan Silence() => _silence - clock.GetElapsedTime(_silentSince);

    private static Task Quiet(Task task) =>
        task.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
}
