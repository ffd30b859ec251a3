using CallTracking.Contracts;
using CallTracking.Hub.Ingest;

namespace CallTracking.Hub.Reconciliation;

/// <summary>What one call came to.</summary>
internal sealed class ReconcileTally
{
    public long Ranges { get; set; }

    public long Differing { get; set; }

    /// <summary>Rows that were not as the hub wrote them, void since.</summary>
    public long Altered { get; set; }

    /// <summary>Cases that were here and are not.</summary>
    public long Lost { get; set; }

    public long Unsealed { get; set; }
}

/// <summary>
/// Answers the questions of one call, one at a time: memory holds one range. The turns are of the process: comparing must leave the database
/// to those who push.
/// </summary>
internal sealed class ReconcileStream(RangeStore store, byte[] key, SemaphoreSlim turns)
{
    private readonly RangeSum _sum = new(key);

    public ReconcileTally Tally { get; } = new();

    /// <exception cref="Rpc.RpcException">The request breaks the contract, or the caller may not go on.</exception>
    public async Task<ReconcileResponse> AnswerAsync(ReconcileRequest request, CancellationToken cancellationToken)
    {
        await turns.WaitAsync(cancellationToken);
        try
        {
            return request.MessageCase switch
            {
                ReconcileRequest.MessageOneofCase.Range => new ReconcileResponse { Verdict = await CompareAsync(request.Range, cancellationToken) },
                ReconcileRequest.MessageOneofCase.Missing => new ReconcileResponse { MissingNoted = await NoteAsync(request.Missing, cancellationToken) },
                _ => throw SyncStatus.OutOfTurn("Behind Hello come ranges and missing cases."),
            };
        }
        finally
        {
            turns.Release();
        }
    }

    private async Task<RangeVerdict> CompareAsync(RangeDigest asked, CancellationToken cancellationToken)
    {
        if (!UidRange.TryParse(asked.Prefix, asked.PrefixBits, out var range))
        {
            throw SyncStatus.InvalidBatch($"prefix: expected the bytes that hold {asked.PrefixBits} bits, of at most {UidRange.MostBits}, and zeros behind them; got {asked.Prefix.Length} bytes.");
        }

        _sum.Clear();
        var found = await store.ReadAsync(range, asked.CheckSeals, _sum, cancellationToken);
        if (found.Broken.Count > 0)
        {
            Tally.Altered += await store.VoidAsync(found, cancellationToken);
        }

        var verdict = new RangeVerdict { Prefix = asked.Prefix, PrefixBits = asked.PrefixBits, Equal = _sum.Matches(asked), Unsealed = found.Unsealed };
        Tally.Ranges++;
        Tally.Unsealed += found.Unsealed;
        if (verdict.Equal)
        {
            verdict.Stored.Add(found.Versions.Where(version => version.Altered));
            return verdict;
        }

        Tally.Differing++;
        if (!found.IsTooMany)
        {
            await store.AddRemovedAsync(range, found, cancellationToken);
        }

        // One case is never too many.
        verdict.TooMany = found.IsTooMany;
        verdict.Stored.Add(found.IsTooMany ? [] : found.Versions);
        return verdict;
    }

    private async Task<MissingNoted> NoteAsync(MissingCases missing, CancellationToken cancellationToken)
    {
        if (missing.CaseUids.Count > RangeStore.MostVersions || missing.CaseUids.Any(uid => uid.Length != CaseUid.Size))
        {
            throw SyncStatus.InvalidBatch($"case_uids: expected at most {RangeStore.MostVersions} of {CaseUid.Size} bytes each, got {missing.CaseUids.Count}.");
        }

        var lost = await store.NoteLostAsync([.. missing.CaseUids.Select(BatchIntake.Uuid)], cancellationToken);
        Tally.Lost += lost;
        return new MissingNoted { Count = (uint)lost };
    }
}
