using System.Security.Cryptography;
using CallTracking.Agent.Configuration;
using CallTracking.Agent.Ledger;
using CallTracking.Agent.Sync;
using CallTracking.Contracts;
using CallTracking.Rpc;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using Call = CallTracking.Rpc.RpcDuplexCall<CallTracking.Contracts.ReconcileRequest, CallTracking.Contracts.ReconcileResponse>;

namespace CallTracking.Agent.Reconciliation;

/// <summary>A range that is to be asked about.</summary>
/// <param name="Seals">Whether the hub looks at the seals of its rows, too.</param>
internal readonly record struct AskedRange(UidRange Range, bool Seals);

/// <summary>
/// One Reconcile call: asks about ranges, a window of them at a time, and takes what was found of a window before it asks about the next. What
/// breaks on the way leaves the window where it was.
/// </summary>
/// <param name="isHealed">The cases were sent again already.</param>
internal sealed class ReconcileCall(AgentSettings settings, AgentLedger ledger, ReconcileCount count, bool isHealed, TimeProvider clock)
{
    // So many questions are on their way: enough for a long wire, and what differs of them fits in memory.
    private const int Window = 128;

    // The most that the hub takes at once.
    private const int MostMissing = 4096;

    private static readonly MethodDescriptor Reconcile =
        SyncReflection.Descriptor.Services.Single(service => service.Name == "SyncService").FindMethodByName("Reconcile");

    private readonly byte[] _key = RandomNumberGenerator.GetBytes(RangeSum.KeyBytes);

    /// <summary>Asks until nothing is pending; what is done leaves the queue.</summary>
    /// <exception cref="RpcException">The call ended; <see cref="HubFailure"/> says what that means.</exception>
    /// <exception cref="SyncContractException">The hub broke the contract.</exception>
    public async Task RunAsync(RpcChannel channel, Queue<AskedRange> pending, CancellationToken cancellationToken)
    {
        using var call = channel.OpenDuplex<ReconcileRequest, ReconcileResponse>(Reconcile, new RpcCallOptions(), cancellationToken);
        await WriteAsync(call, new ReconcileRequest { Hello = Hello(), Key = ByteString.CopyFrom(_key) }, cancellationToken);
        if ((await AnswerAsync(call, cancellationToken)).Welcome is null)
        {
            throw new SyncContractException("The hub's first answer to a reconciliation was no Welcome.");
        }

        while (pending.Count > 0)
        {
            await AskAsync(call, pending, cancellationToken);
        }

        await call.CompleteAsync();
        await call.ReadAsync(cancellationToken);
    }

    private Hello Hello() => new()
    {
        Region = settings.Region.Value,
        Centre = settings.Centre,
        AgentVersion = AgentVersion.Text,
        Epoch = ledger.Meta.Epoch,
        Lease = ByteString.CopyFrom(ledger.Meta.Lease),
        AgentTime = Timestamp.FromDateTimeOffset(clock.GetUtcNow()),
    };

    private async Task AskAsync(Call call, Queue<AskedRange> pending, CancellationToken cancellationToken)
    {
        var window = pending.Take(Window).ToList();
        var sum = new RangeSum(_key);
        var cases = new List<long>();
        foreach (var asked in window)
        {
            sum.Clear();
            Add(ledger.Claims(asked.Range), sum);
            cases.Add((long)sum.Count);
            await WriteAsync(call, new ReconcileRequest { Range = Digest(asked, sum) }, cancellationToken);
        }

        var (findings, parts, unsealed, split) = (new List<RangeFinding>(), new List<AskedRange>(), 0L, 0);
        for (var index = 0; index < window.Count; index++)
        {
            var verdict = await VerdictAsync(call, window[index], cancellationToken);
            if (verdict.TooMany)
            {
                parts.AddRange(window[index].Range.Split().Select(part => window[index] with { Range = part }));
                (cases[index], split) = (0, split + 1);
            }
            else
            {
                unsealed += verdict.Unsealed;
                findings.AddRange(Judge(window[index].Range, verdict));
            }
        }

        await TellMissingAsync(call, findings, cancellationToken);
        ledger.Take(findings);
        count.Add(window.Count - split, cases.Sum(), unsealed);
        findings.ForEach(count.Add);
        window.ForEach(_ => pending.Dequeue());
        parts.ForEach(pending.Enqueue);
    }

    private static void Add(IReadOnlyList<LedgerClaim> claims, RangeSum sum)
    {
        foreach (var claim in claims)
        {
            if (claim.AtHub is { } hash)
            {
                sum.Add(claim.Uid, hash.ToBytes());
            }
        }
    }

    private static RangeDigest Digest(AskedRange asked, RangeSum sum) => new()
    {
        Prefix = asked.Range.Prefix,
        PrefixBits = (uint)asked.Range.Bits,
        Count = sum.Count,
        Digest = sum.Digest,
        CheckSeals = asked.Seals,
    };

    private static async Task<RangeVerdict> VerdictAsync(Call call, AskedRange asked, CancellationToken cancellationToken)
    {
        var verdict = (await AnswerAsync(call, cancellationToken)).Verdict;
        return verdict is not null && verdict.PrefixBits == asked.Range.Bits && verdict.Prefix == asked.Range.Prefix
            && verdict.Stored.All(stored => Fits(stored, asked.Range))
            ? verdict
            : throw new SyncContractException("The hub answered otherwise than about the range that was asked.");
    }

    // A hub must not have cases sent again, or called erased, that nobody asked it about.
    private static bool Fits(StoredVersion stored, UidRange range) =>
        stored.CaseUid.Length == CaseUid.Size
        && (stored.State != Outcome.Unspecified || stored.ChangeHash.Length == ChangeHash.Size)
        && UidRange.Of(CaseUid.FromBytes(stored.CaseUid.Span), range.Bits) == range;

    // Claims are looked up again: to keep those of a whole window would be most of the memory, and few ranges differ.
    private IEnumerable<RangeFinding> Judge(UidRange range, RangeVerdict verdict) =>
        verdict.Equal && verdict.Stored.Count == 0 ? [] : RangeJudge.Judge(ledger.Claims(range), verdict.Stored, verdict.Equal, isHealed);

    // Before the ledger knows: the hub has to have noted them when they come.
    private static async Task TellMissingAsync(Call call, List<RangeFinding> findings, CancellationToken cancellationToken)
    {
        foreach (var some in findings.Where(finding => finding.Kind == FindingKind.Missing).Select(finding => finding.Uid.ToByteString()).Chunk(MostMissing))
        {
            await WriteAsync(call, new ReconcileRequest { Missing = new MissingCases { CaseUids = { some } } }, cancellationToken);
            if ((await AnswerAsync(call, cancellationToken)).MissingNoted is null)
            {
                throw new SyncContractException("The hub did not say that it noted what is missing.");
            }
        }
    }

    // A failed write says little; reading on gives the hub's own word.
    private static async Task WriteAsync(Call call, ReconcileRequest request, CancellationToken cancellationToken)
    {
        try
        {
            await call.WriteAsync(request, cancellationToken);
        }
        catch (RpcException)
        {
            while (await call.ReadAsync(cancellationToken) is not null)
            {
            }

            throw;
        }
    }

    private static async Task<ReconcileResponse> AnswerAsync(Call call, CancellationToken cancellationToken) =>
        await call.ReadAsync(cancellationToken) ?? throw new RpcException(RpcStatusCode.Unavailable, "the hub closed the reconciliation");
}
