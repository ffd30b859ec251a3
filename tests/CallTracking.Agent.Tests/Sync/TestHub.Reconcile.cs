using System.Collections.Concurrent;
using CallTracking.Contracts;
using CallTracking.Rpc;
using Google.Protobuf;

namespace CallTracking.Agent.Tests.Sync;

/// <summary>Compares what it has stored.</summary>
internal sealed partial class TestHub
{
    /// <summary>Ranges that were asked about.</summary>
    public ConcurrentQueue<RangeDigest> Ranges { get; } = new();

    /// <summary>Cases that the region missed.</summary>
    public ConcurrentQueue<ByteString> Missed { get; } = new();

    /// <summary>Cases that may not be here (any more).</summary>
    public ConcurrentDictionary<ByteString, bool> Erased { get; } = new();

    /// <summary>Cases whose rows are not as they were written.</summary>
    public ConcurrentDictionary<ByteString, bool> Altered { get; } = new();

    /// <summary>More cases than this are not named.</summary>
    public int MostNamed { get; set; } = 4096;

    /// <summary>Called before each answer; may throw to break the call.</summary>
    public Action<ReconcileRequest> BeforeAnswer { get; set; } = _ => { };

    /// <summary>Changes a verdict before it is sent.</summary>
    public Func<RangeVerdict, RangeVerdict> Twist { get; set; } = verdict => verdict;

    private async Task ReconcileAsync(IAsyncEnumerable<ReconcileRequest> requests, RpcStreamWriter<ReconcileResponse> responses, RpcContext context)
    {
        RangeSum? sum = null;
        await foreach (var request in requests.WithCancellation(context.CancellationToken))
        {
            BeforeAnswer(request);
            if (request.Hello is { } hello)
            {
                sum = hello.Epoch == Epoch ? new RangeSum(request.Key.Span) : throw RpcException.WithReason(RpcStatusCode.FailedPrecondition, "epoch-fenced", "A newer push of this region has begun.");
            }

            await responses.WriteAsync(
                request.MessageCase switch
                {
                    ReconcileRequest.MessageOneofCase.Hello => new ReconcileResponse { Welcome = new Welcome { Epoch = Epoch } },
                    ReconcileRequest.MessageOneofCase.Missing => new ReconcileResponse { MissingNoted = Note(request.Missing) },
                    _ => new ReconcileResponse { Verdict = Twist(Compare(request.Range, sum!)) },
                },
                context.CancellationToken);
        }
    }

    private MissingNoted Note(MissingCases missing)
    {
        missing.CaseUids.ToList().ForEach(Missed.Enqueue);
        return new MissingNoted { Count = (uint)missing.CaseUids.Count };
    }

    private RangeVerdict Compare(RangeDigest asked, RangeSum sum)
    {
        Ranges.Enqueue(asked);
        sum.Clear();
        if (!UidRange.TryParse(asked.Prefix, asked.PrefixBits, out var range))
        {
            throw RpcException.WithReason(RpcStatusCode.InvalidArgument, "invalid-batch", "No range.");
        }

        var verdict = new RangeVerdict { Prefix = asked.Prefix, PrefixBits = asked.PrefixBits };
        foreach (var (uid, record) in Stored.Where(entry => IsIn(entry.Key, range)))
        {
            var isAltered = asked.CheckSeals && Altered.ContainsKey(uid);
            var hash = isAltered ? ByteString.CopyFrom(new byte[16]) : record.ChangeHash;
            sum.Add(CaseUid.FromBytes(uid.Span), hash.Span);
            verdict.Stored.Add(new StoredVersion { CaseUid = uid, ChangeHash = hash, Altered = isAltered });
        }

        verdict.Stored.Add(Erased.Keys.Where(uid => IsIn(uid, range)).Select(uid => new StoredVersion { CaseUid = uid, State = Outcome.Suppressed }));
        verdict.Equal = sum.Matches(asked);
        verdict.TooMany = !verdict.Equal && verdict.Stored.Count > MostNamed;
        if (verdict.Equal || verdict.TooMany)
        {
            // What is altered is named whatever the sums say.
            var altered = verdict.Equal ? verdict.Stored.Where(version => version.Altered).ToList() : [];
            verdict.Stored.Clear();
            verdict.Stored.Add(altered);
        }

        return verdict;
    }

    private static bool IsIn(ByteString uid, UidRange range) => UidRange.Of(CaseUid.FromBytes(uid.Span), range.Bits) == range;
}
