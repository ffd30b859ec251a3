using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using CallTracking.Contracts;
using CallTracking.Rpc;
using CallTracking.Testing;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ServiceDescriptor = Google.Protobuf.Reflection.ServiceDescriptor;

namespace CallTracking.Agent.Tests.Sync;

/// <summary>
/// A small hub on a real TLS port: it keeps the contract of <c>SyncService</c> in memory, and can be told to misbehave the way
/// networks, policies and restored backups do. The real hub is met in the end-to-end tests.
/// </summary>
internal sealed partial class TestHub : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<ByteString, BatchAck> _receipts = new();
    private readonly ConcurrentDictionary<ByteString, ConcurrentQueue<BatchAck>> _runs = new();

    private TestHub(WebApplication app, TestAuthority authority) => (_app, Authority, TablePage, SignTable) = (app, authority, page => Table[(int)page - 1], authority.Sign);

    public TestAuthority Authority { get; }

    public Uri Address { get; private set; } = null!;

    /// <summary>What is stored: case by uid.</summary>
    public ConcurrentDictionary<ByteString, CaseRecord> Stored { get; } = new();

    /// <summary>Batches as they came, repeated ones too.</summary>
    public ConcurrentQueue<Batch> Received { get; } = new();

    public ConcurrentQueue<Hello> Hellos { get; } = new();

    public ConcurrentQueue<TaskResult> TaskResults { get; } = new();

    public ConcurrentQueue<RunReport> Reports { get; } = new();

    /// <summary>Sent after the next Welcome, once.</summary>
    public ConcurrentQueue<RegionTask> Tasks { get; } = new();

    public ulong Epoch { get; set; }

    public ulong LastSequence { get; set; }

    public ulong PolicyVersion { get; set; } = 1;

    public long CreditBytes { get; set; } = 8 << 20;

    /// <summary>Decides over a record in place of storing it.</summary>
    public Func<CaseRecord, Outcome?> Judge { get; set; } = _ => null;

    /// <summary>Called with each batch before it is applied; may throw to break the stream.</summary>
    public Func<Batch, RpcStreamWriter<PushResponse>, Task> BeforeBatch { get; set; } = (_, _) => Task.CompletedTask;

    /// <summary>Called after a batch was applied and before its acknowledgement is sent.</summary>
    public Func<Batch, Task> BeforeAck { get; set; } = _ => Task.CompletedTask;

    /// <summary>The pages of the one code table that it has, as they are sent.</summary>
    public IReadOnlyList<Dictionary> Table { get; set; } = [];

    /// <summary>Gives a page of it, by its number from 1.</summary>
    public Func<uint, Dictionary> TablePage { get; set; }

    /// <summary>Signs a page of it.</summary>
    public Func<Dictionary, SignedDictionary> SignTable { get; set; }

    /// <summary>What was asked of code tables.</summary>
    public ConcurrentQueue<GetDictionaryRequest> TableRequests { get; } = new();

    /// <summary>Answers acknowledgements in the reverse order of pairs.</summary>
    public bool SwapAcks { get; set; }

    public string Token => $"ct1.DE.{Base64Url.EncodeToString(new byte[32])}.{Base64Url.EncodeToString(SHA256.HashData(Authority.Certificate.RawData))}";

    private const int MostTries = 50;

    public static async Task<TestHub> StartAsync(int port = 0, TestAuthority? authority = null, bool canReconcile = false)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return await StartAtAsync(port > 0 ? port : FreePort.Find(), authority, canReconcile);
            }
            catch (IOException) when (tries < MostTries)
            {
                await Task.Delay(port > 0 ? 100 : 1);
            }
        }
    }

    private static async Task<TestHub> StartAtAsync(int port, TestAuthority? authority, bool canReconcile)
    {
        authority ??= new TestAuthority();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddRpc(options =>
        {
            options.MaxReceiveMessageBytes = SyncLimits.MessageBytes;
            options.DrainTime = TimeSpan.Zero;
        });
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.ConfigureRpc();
            kestrel.Listen(IPAddress.Loopback, port, listener =>
            {
                listener.Protocols = HttpProtocols.Http2;
                listener.UseRpcTls(authority.Server(), [authority.Certificate], required: false);
            });
        });
        var app = builder.Build();
        var hub = new TestHub(app, authority);
        app.MapRpc(new RpcServiceBinder(Service(AdminReflection.Descriptor, "EnrolmentService"))
            .Unary<GetAuthorityRequest, GetAuthorityResponse>("GetAuthority", (_, _) => Task.FromResult(
                new GetAuthorityResponse { CaCertificateDer = ByteString.CopyFrom(authority.Certificate.RawData) }))
            .Unary<EnrolRequest, EnrolResponse>("Enrol", hub.EnrolAsync));
        app.MapRpc(new RpcServiceBinder(Service(AdminReflection.Descriptor, "RegionService"))
            .Unary<RenewCertificateRequest, RenewCertificateResponse>("RenewCertificate", (request, _) => Task.FromResult(
                new RenewCertificateResponse { CertificateDer = ByteString.CopyFrom(authority.Sign(request.CertificateRequestDer.ToByteArray())) }))
            .Unary<GetRegionStatusRequest, RegionStatus>("GetStatus", (_, _) => Task.FromResult(
                new RegionStatus { Region = "DE", StoredCases = (ulong)hub.Stored.Count }))
            .Unary<TellPauseRequest, TellPauseResponse>("TellPause", (request, _) =>
            {
                hub.Pauses.Add(request.Pause);
                return Task.FromResult(new TellPauseResponse());
            }));
        app.MapRpc(new RpcServiceBinder(Service(QueryReflection.Descriptor, "QueryService"))
            .Unary<GetCaseRequest, StoredCase>("GetCase", (request, _) => hub.Stored.TryGetValue(request.CaseUid, out var record)
                ? Task.FromResult(new StoredCase { Case = record.Case, Sequence = record.Sequence, Epoch = hub.Epoch, PolicyVersion = hub.PolicyVersion })
                : throw RpcException.WithReason(RpcStatusCode.NotFound, "no-such-case", "The hub has no such case.")));
        app.MapRpc(new RpcServiceBinder(Service(PolicyReflection.Descriptor, "PolicyService"))
            .Unary<GetDictionaryRequest, GetDictionaryResponse>("GetDictionary", hub.GiveTableAsync));
        var sync = new RpcServiceBinder(Service(SyncReflection.Descriptor, "SyncService")).Duplex<PushRequest, PushResponse>("Push", hub.PushAsync);
        app.MapRpc(canReconcile ? sync.Duplex<ReconcileRequest, ReconcileResponse>("Reconcile", hub.ReconcileAsync) : sync);
        try
        {
            await app.StartAsync();
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }

        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        hub.Address = new Uri($"https://localhost:{new Uri(address).Port}");
        return hub;
    }

    /// <summary>What it was told of pauses, in order; null for the end of one.</summary>
    public List<RegionPause?> Pauses { get; } = [];

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }

    private static ServiceDescriptor Service(FileDescriptor file, string name) => file.Services.Single(service => service.Name == name);

    /// <summary>How often somebody wanted in.</summary>
    public int Enrolments => _enrolments;

    private int _enrolments;

    private Task<EnrolResponse> EnrolAsync(EnrolRequest request, RpcContext context) => Interlocked.Increment(ref _enrolments) > 0 && request.Token == Token
        ? Task.FromResult(Authority.Enrol(request))
        : throw RpcException.WithReason(RpcStatusCode.Unauthenticated, "unknown-token", "The token is not known, used or over.");

    private Task<GetDictionaryResponse> GiveTableAsync(GetDictionaryRequest request, RpcContext context)
    {
        TableRequests.Enqueue(request);
        return Table.Count == 0 || Table[0].Name != request.Name
            ? throw RpcException.WithReason(RpcStatusCode.NotFound, "unknown-dictionary", $"The hub has no code table '{request.Name}'.")
            : Task.FromResult(request.HaveVersion == Table[0].Version && request.Version == 0
                ? new GetDictionaryResponse()
                : new GetDictionaryResponse { Dictionary = SignTable(TablePage(Math.Max(request.Page, 1))) });
    }

    private async Task PushAsync(IAsyncEnumerable<PushRequest> requests, RpcStreamWriter<PushResponse> responses, RpcContext context)
    {
        if (context.ClientCertificate is null)
        {
            throw RpcException.WithReason(RpcStatusCode.Unauthenticated, "no-certificate", "A client certificate is required.");
        }

        var token = context.CancellationToken;
        PushResponse? kept = null;
        await foreach (var request in requests.WithCancellation(token))
        {
            switch (request.MessageCase)
            {
                case PushRequest.MessageOneofCase.Hello:
                    await WelcomeAsync(request.Hello, responses, token);
                    break;
                case PushRequest.MessageOneofCase.TaskResult:
                    TaskResults.Enqueue(request.TaskResult);
                    break;
                case PushRequest.MessageOneofCase.RunReport:
                    Reports.Enqueue(request.RunReport);
                    await responses.WriteAsync(new PushResponse { RunReportAck = Count(request.RunReport) }, token);
                    break;
                case PushRequest.MessageOneofCase.Batch:
                    Received.Enqueue(request.Batch);
                    await BeforeBatch(request.Batch, responses);
                    if (Refuse.TryRemove(request.Batch.BatchId, out _))
                    {
                        break;
                    }

                    var ack = new PushResponse { Ack = Apply(request.Batch) };
                    await BeforeAck(request.Batch);
                    if (SwapAcks && kept is null)
                    {
                        kept = ack;
                        break;
                    }

                    await responses.WriteAsync(ack, token);
                    if (kept is not null)
                    {
                        await responses.WriteAsync(kept, token);
                        kept = null;
                    }

                    break;
            }
        }
    }

    /// <summary>Batches that are neither applied nor acknowledged.</summary>
    public ConcurrentDictionary<ByteString, bool> Refuse { get; } = new();

    private async Task WelcomeAsync(Hello hello, RpcStreamWriter<PushResponse> responses, CancellationToken token)
    {
        Hellos.Enqueue(hello);
        var note = EpochNote.Continued;
        if (hello.Epoch == 0 || hello.Epoch != Epoch || hello.LastSequence < LastSequence)
        {
            note = Epoch == 0 ? EpochNote.First : hello.Epoch == 0 ? EpochNote.LedgerNew : EpochNote.LedgerBehind;
            Epoch++;
            LastSequence = 0;
        }

        await responses.WriteAsync(
            new PushResponse
            {
                Welcome = new Welcome
                {
                    Epoch = Epoch,
                    Lease = ByteString.CopyFromUtf8($"lease {Epoch}"),
                    LastSequence = LastSequence,
                    CreditBytes = (ulong)CreditBytes,
                    PolicyVersion = PolicyVersion,
                    EpochNote = note,
                    Dictionaries = { Table.Take(1).Where(page => page.Kind == DictionaryKind.Concepts).Select(page => new DictionaryVersion { Name = page.Name, Version = page.Version, Kind = page.Kind }) },
                },
            },
            token);
        while (Tasks.TryDequeue(out var task))
        {
            await responses.WriteAsync(new PushResponse { Task = task }, token);
        }
    }

    private BatchAck Apply(Batch batch)
    {
        if (_receipts.TryGetValue(batch.BatchId, out var known))
        {
            var repeated = known.Clone();
            repeated.RepeatedBatch = true;
            repeated.CreditBytes = (ulong)batch.CalculateSize();
            return repeated;
        }

        var ack = new BatchAck { BatchId = batch.BatchId, CreditBytes = (ulong)batch.CalculateSize() };
        foreach (var record in batch.Records)
        {
            var outcome = Apply(batch.Epoch, record);
            ack.Runs.Add(new OutcomeRun { Outcome = outcome, Count = 1 });
            if (outcome == Outcome.Rejected)
            {
                ack.Exceptions.Add(new RecordOutcome { Sequence = record.Sequence, Outcome = outcome, Reason = "clear-under-edge-rule", Field = "customer.name" });
            }

            LastSequence = Math.Max(LastSequence, record.Sequence);
        }

        _receipts[batch.BatchId] = ack;
        _runs.GetOrAdd(batch.RunId, _ => new ConcurrentQueue<BatchAck>()).Enqueue(ack);
        return ack;
    }

    private Outcome Apply(ulong epoch, CaseRecord record)
    {
        if (Judge(record) is { } judged)
        {
            return judged;
        }

        if (record.BodyCase == CaseRecord.BodyOneofCase.Tombstone)
        {
            Stored.TryRemove(record.CaseUid, out _);
            return Outcome.Gone;
        }

        var before = Stored.GetValueOrDefault(record.CaseUid);
        Stored[record.CaseUid] = record;
        return before is null ? Outcome.New : before.ChangeHash == record.ChangeHash ? Outcome.Unchanged : Outcome.Changed;
    }

    private RunReportAck Count(RunReport report)
    {
        var outcomes = _runs.GetValueOrDefault(report.RunId)?.SelectMany(ack => ack.Runs).ToLookup(run => run.Outcome, run => (ulong)run.Count);
        ulong Of(Outcome outcome) => outcomes?[outcome].Aggregate(0UL, (sum, count) => sum + count) ?? 0;
        var ack = new RunReportAck
        {
            RunId = report.RunId,
            Received = outcomes?.SelectMany(group => group).Aggregate(0UL, (sum, count) => sum + count) ?? 0,
            New = Of(Outcome.New),
            Changed = Of(Outcome.Changed),
            Unchanged = Of(Outcome.Unchanged),
            Rejected = Of(Outcome.Rejected),
            StoredCases = (ulong)Stored.Count,
        };
        ack.Agrees = ack.Received == report.SentCases && ack.New == report.New && ack.Changed == report.Changed;
        return ack;
    }
}
