using System.Security.Cryptography;
using CallTracking.Contracts;
using CallTracking.Hub.Tests.Kit;
using CallTracking.Rpc;
using Google.Protobuf;

namespace CallTracking.Hub.Tests.Reconciliation;

/// <summary>An open reconciliation, spoken by hand.</summary>
internal sealed class ReconcileClient : IAsyncDisposable
{
    private readonly RpcChannel _channel;
    private readonly RpcDuplexCall<ReconcileRequest, ReconcileResponse> _call;
    private readonly CancellationTokenSource _patience = new(TimeSpan.FromSeconds(30));

    private ReconcileClient(RpcChannel channel) =>
        (_channel, _call) = (channel, channel.OpenDuplex<ReconcileRequest, ReconcileResponse>(TestHub.Method<ReconcileRequest>(SyncReflection.Descriptor, "Reconcile"), new RpcCallOptions(), default));

    public byte[] Key { get; } = RandomNumberGenerator.GetBytes(RangeSum.KeyBytes);

    public static async Task<ReconcileClient> OpenAsync(TestHub hub, RegionClient region, Welcome welcome, string? claimed = null)
    {
        var client = new ReconcileClient(hub.OpenChannel(region.Certificate));
        try
        {
            await client.AskAsync(new ReconcileRequest
            {
                Hello = new Hello { Region = claimed ?? region.Region.Value, Epoch = welcome.Epoch, Lease = welcome.Lease },
                Key = ByteString.CopyFrom(client.Key),
            });
            return client;
        }
        catch
        {
            await client.DisposeAsync();
            throw;
        }
    }

    public async Task<ReconcileResponse> AskAsync(ReconcileRequest request)
    {
        try
        {
            await _call.WriteAsync(request, _patience.Token);
        }
        catch (RpcException broken) when (broken.Reason is null)
        {
            // Reading on says why.
        }

        return await _call.ReadAsync(_patience.Token) ?? throw new InvalidOperationException("The hub ended the call.");
    }

    /// <summary>Asks for a range in which the region believes to have these versions.</summary>
    public async Task<RangeVerdict> CompareAsync(UidRange range, bool seals, params (ByteString Uid, ByteString Hash)[] versions)
    {
        var sum = new RangeSum(Key);
        foreach (var (uid, hash) in versions)
        {
            sum.Add(CaseUid.FromBytes(uid.Span), hash.Span);
        }

        var digest = new RangeDigest { Prefix = range.Prefix, PrefixBits = (uint)range.Bits, Count = sum.Count, Digest = sum.Digest, CheckSeals = seals };
        return (await AskAsync(new ReconcileRequest { Range = digest })).Verdict;
    }

    public async Task<uint> MissAsync(params IEnumerable<ByteString> uids) =>
        (await AskAsync(new ReconcileRequest { Missing = new MissingCases { CaseUids = { uids } } })).MissingNoted.Count;

    public async ValueTask DisposeAsync()
    {
        _call.Dispose();
        await _channel.DisposeAsync();
        _patience.Dispose();
    }
}
