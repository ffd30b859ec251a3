using System.Threading.Channels;
using CallTracking.Contracts;
using CallTracking.Hub.Policies;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Npgsql;
using Channel = System.Threading.Channels.Channel;

namespace CallTracking.Hub.Ingest;

/// <summary>
/// One push stream after its Welcome, as steps side by side: read and redact, store in order, look for tasks, answer, and see
/// that it may still go on. While one batch is stored the next is redacted; two may wait between, so memory stays bounded
/// whatever the agent sends.
/// </summary>
internal sealed class PushStream(
    StreamRight right,
    Hello hello,
    RuleSource rules,
    BundleSource bundles,
    PushIntake intake,
    BatchWriter writer,
    TaskStore tasks,
    RunStore runs,
    NpgsqlDataSource dataSource,
    TimeProvider clock,
    ILogger logger)
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(2);

    // An agent that reads its sources for a while must not keep one of the database's connections.
    private static readonly TimeSpan IdleTime = TimeSpan.FromSeconds(2);

    private readonly Channel<PushWork> _work = Channel.CreateBounded<PushWork>(
        new BoundedChannelOptions(2) { SingleReader = true, SingleWriter = true });

    // Who does not read answers is not read either. More than the tasks that are queued before the answering begins.
    private readonly Channel<PushResponse> _answers = Channel.CreateBounded<PushResponse>(new BoundedChannelOptions(256) { SingleReader = true });
    private readonly HashSet<ByteString> _sentTasks = [];
    private ulong _agentPolicy = hello.PolicyVersion;
    private int _batches;
    private int _cases;

    /// <summary>Runs until the agent ends its side or the reading is cancelled, then stores and answers what was read.</summary>
    /// <param name="requests">Read under a token of its own that <paramref name="stop"/> cancels too.</param>
    /// <param name="answer">Says something to the agent; one call at a time.</param>
    /// <param name="stop">Cancelled when any step fails, so that all end.</param>
    /// <exception cref="Rpc.RpcException">The stream must end; the status says why.</exception>
    public async Task RunAsync(IAsyncEnumerator<PushRequest> requests, Func<PushResponse, CancellationToken, ValueTask> answer, CancellationTokenSource stop)
    {
        using var quiet = CancellationTokenSource.CreateLinkedTokenSource(stop.Token);
        await SendTasksAsync(stop.Token);
        // Apart from the tasks, which wait for an agent that does not read.
        var watching = Guarded(EachBeatAsync(token => right.LookAsync(dataSource, clock.GetUtcNow(), token), quiet.Token), stop);
        var looking = Guarded(EachBeatAsync(SendTasksAsync, quiet.Token), stop);
        var answering = Guarded(SendAnswersAsync(answer, stop.Token), stop);
        var storing = Guarded(StoreAsync(stop.Token), stop);
        var reading = Guarded(ReadAsync(requests, stop.Token), stop);
        try
        {
            await FirstFailureAsync(reading, storing);
            await quiet.CancelAsync();
            await FirstFailureAsync(watching, looking);
        }
        catch (OperationCanceledException)
        {
            // The beat may be what failed first: its reason is the one to tell.
            await quiet.CancelAsync();
            await FirstFailureAsync(watching, looking);
            throw;
        }
        finally
        {
            await quiet.CancelAsync();
            _answers.Writer.TryComplete();
            await FirstFailureAsync(answering).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            IngestLog.PushEnded(logger, right.Region, _batches, _cases);
        }

        await answering;
    }

    // When one step fails the others end too, so that the first failure is the one that is told.
    private static async Task Guarded(Task step, CancellationTokenSource stop)
    {
        try
        {
            await step;
        }
        catch
        {
            await stop.CancelAsync();
            throw;
        }
    }

    private static async Task FirstFailureAsync(params Task[] steps)
    {
        await Task.WhenAll(steps).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        var failed = steps.Where(step => step.IsFaulted).Select(step => step.Exception!.InnerException!).ToList();
        if ((failed.FirstOrDefault(error => error is not OperationCanceledException) ?? failed.FirstOrDefault()) is { } first)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(first);
        }

        foreach (var step in steps)
        {
            await step;
        }
    }

    private async Task ReadAsync(IAsyncEnumerator<PushRequest> requests, CancellationToken cancellationToken)
    {
        try
        {
            // Looking for room first: while two batches wait, nothing more is read from the wire.
            while (await _work.Writer.WaitToWriteAsync(cancellationToken) && await requests.MoveNextAsync())
            {
                await _work.Writer.WriteAsync(await intake.PrepareAsync(requests.Current, cancellationToken), cancellationToken);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The host is stopping: what was read is stored and answered before the stream ends.
        }

        _work.Writer.Complete();
    }

    private async Task StoreAsync(CancellationToken cancellationToken)
    {
        while (await WaitForWorkAsync(cancellationToken))
        {
            while (_work.Reader.TryRead(out var work))
            {
                await DoAsync(work, cancellationToken);
            }
        }
    }

    private async Task<bool> WaitForWorkAsync(CancellationToken cancellationToken)
    {
        var ready = _work.Reader.WaitToReadAsync(cancellationToken).AsTask();
        try
        {
            return await ready.WaitAsync(IdleTime, clock, cancellationToken);
        }
        catch (TimeoutException)
        {
            await writer.ReleaseAsync();
            return await ready;
        }
    }

    private async Task DoAsync(PushWork work, CancellationToken cancellationToken)
    {
        switch (work)
        {
            case PushWork.Store store:
                await StoreAsync(store.Batch, cancellationToken);
                break;
            case PushWork.Reshape reshape:
                IngestLog.Reshaped(logger, right.Region, reshape.ShapedUnder, reshape.Required);
                await AnswerAsync(new PushResponse { Reshape = new Reshape { BatchIds = { reshape.BatchId }, RequiredPolicyVersion = (ulong)reshape.Required } }, cancellationToken);
                break;
            case PushWork.Close close:
                await CloseAsync(close.Report, cancellationToken);
                break;
            case PushWork.Finish finish:
                IngestLog.TaskAnswered(logger, right.Region, finish.Result.Status, finish.Result.Reason, finish.Result.Count);
                await tasks.FinishAsync(right, finish.Result, clock.GetUtcNow(), cancellationToken);
                break;
        }
    }

    private async Task StoreAsync(IncomingBatch batch, CancellationToken cancellationToken)
    {
        var ack = await writer.ApplyAsync(batch, cancellationToken);
        Tell(batch, ack);
        await AnswerAsync(new PushResponse { Ack = ack }, cancellationToken);
    }

    private void Tell(IncomingBatch batch, BatchAck ack)
    {
        if (ack.RepeatedBatch)
        {
            IngestLog.BatchRepeated(logger, right.Region, batch.LastSequence);
            return;
        }

        _batches++;
        _cases += batch.Records.Count;
        IngestLog.BatchStored(logger, right.Region, batch.Records.Count, batch.LastSequence);
        if (ack.Exceptions.FirstOrDefault(exception => exception.Outcome == Outcome.Rejected) is { } first)
        {
            var rejected = ack.Exceptions.Count(exception => exception.Outcome == Outcome.Rejected);
            IngestLog.CasesRejected(logger, right.Region, rejected, batch.Records.Count, first.Reason, first.Field);
        }
    }

    private async Task CloseAsync(RunReport report, CancellationToken cancellationToken)
    {
        var count = await runs.CloseAsync(right, report, clock.GetUtcNow(), cancellationToken);
        if (count.Agrees && RunSums.Close(report))
        {
            IngestLog.RunClosed(logger, right.Region, report.Rows, report.Cases, report.New, report.Changed);
        }
        else
        {
            IngestLog.RunDiffers(logger, right.Region, RunSums.Close(report), count.Agrees);
        }

        await AnswerAsync(new PushResponse { RunReportAck = count }, cancellationToken);
    }

    private async Task EachBeatAsync(Func<CancellationToken, Task> step, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                await Task.Delay(Beat, clock, cancellationToken);
                await step(cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The stream ends: what was not sent is sent with the next push.
        }
    }

    private async Task SendTasksAsync(CancellationToken cancellationToken)
    {
        if (await rules.FindAsync(cancellationToken) is { } inForce && (ulong)inForce.Version > _agentPolicy
            && await bundles.FindAsync(right.Region, cancellationToken) is { } bundle)
        {
            await right.LookAsync(dataSource, clock.GetUtcNow(), cancellationToken);
            _agentPolicy = (ulong)inForce.Version;
            await AnswerAsync(new PushResponse { Task = PolicyTask(bundle) }, cancellationToken);
        }

        foreach (var task in await tasks.FindOpenAsync(right.Region, cancellationToken))
        {
            if (_sentTasks.Add(task.TaskId))
            {
                await right.LookAsync(dataSource, clock.GetUtcNow(), cancellationToken);
                await AnswerAsync(new PushResponse { Task = task }, cancellationToken);
                await tasks.MarkDeliveredAsync(task, clock.GetUtcNow(), cancellationToken);
            }
        }
    }

    // A policy needs no row of its own: it is due whenever the region's version is older than the one in force.
    private RegionTask PolicyTask(SignedPolicyBundle bundle)
    {
        var now = clock.GetUtcNow();
        return new RegionTask
        {
            TaskId = ByteString.CopyFrom(Guid.CreateVersion7(now).ToByteArray(bigEndian: true)),
            IssuedAt = Timestamp.FromDateTimeOffset(now),
            Policy = bundle,
        };
    }

    private ValueTask AnswerAsync(PushResponse response, CancellationToken cancellationToken) => _answers.Writer.WriteAsync(response, cancellationToken);

    private async Task SendAnswersAsync(Func<PushResponse, CancellationToken, ValueTask> answer, CancellationToken cancellationToken)
    {
        await foreach (var response in _answers.Reader.ReadAllAsync(cancellationToken))
        {
            await answer(response, cancellationToken);
        }
    }
}
