using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CallTracking.Contracts;
using CallTracking.Hub.Access;
using CallTracking.Hub.Audit;
using CallTracking.Hub.Ingest;
using CallTracking.Hub.Policies;
using CallTracking.Privacy;
using CallTracking.Rpc;
using Google.Protobuf;
using Npgsql;

namespace CallTracking.Hub.Transfer;

/// <summary>What one file came to.</summary>
/// <param name="Words">For whoever imported it.</param>
/// <param name="Receipts">Where its receipts are; null when there are none.</param>
/// <param name="IsTaken">False when somebody has to act.</param>
internal sealed record TransferOutcome(string Words, string? Receipts, bool IsTaken);

/// <summary>
/// Takes a region's file in as if it came over the line: whom it is from is judged by its certificate, and what it holds passes through the very
/// stream that a push has. Nothing of it is believed before its signature holds over the whole file.
/// </summary>
internal sealed class TransferImport(
    RegionStore regions,
    TransferStore files,
    PushGreeting greeting,
    RuleSource rules,
    BundleSource bundles,
    BatchIntake intake,
    TaskStore tasks,
    RunStore runs,
    TransferExtras extras,
    IdentitySource identities,
    IngestMeter meter,
    NpgsqlDataSource dataSource,
    TimeProvider clock,
    ILogger<TransferImport> logger)
{
    // A policy that is published on the way, or a push over the line, has the file begin anew: what is stored stays and is answered again.
    private const int Attempts = 4;

    /// <exception cref="TransferException">The file cannot be used.</exception>
    /// <exception cref="RpcException">Its region may not, or the hub cannot take anything in now.</exception>
    public async Task<TransferOutcome> ImportAsync(string path, string receiptsFolder, Action<TransferCount> progress, CancellationToken cancellationToken)
    {
        await using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
        var file = TransferFile.Open(stream);
        var caller = await RequireCallerAsync(file, cancellationToken);
        var history = await files.FindAsync(caller.Region, file.Header, cancellationToken);
        if (history.NewerNumber is { } newer)
        {
            return new TransferOutcome($"file {file.Header.Number} of {caller.Region} is older than file {newer}, which was imported: all that it had and that was still to come is in that one. Nothing to do.", null, IsTaken: true);
        }

        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await ImportOnceAsync(file, caller, history, receiptsFolder, progress, cancellationToken);
            }
            catch (RpcException moved) when (moved.Reason is "policy-moved" or "epoch-fenced" && attempt < Attempts)
            {
                rules.Expire();
                history = await files.FindAsync(caller.Region, file.Header, cancellationToken);
            }
            catch (InvalidProtocolBufferException unreadable)
            {
                throw new TransferException(TransferFault.OtherFormat, "it holds a message that cannot be read: its agent is of another version. Use the same version of agent and hub.", unreadable);
            }
        }
    }

    private async Task<Caller> RequireCallerAsync(TransferFile file, CancellationToken cancellationToken)
    {
        var header = file.Header;
        if (header.Kind == TransferKind.Receipts)
        {
            throw new TransferException(TransferFault.NotATransfer, "it holds receipts. They are imported at the region: calltracking-agent import-receipts");
        }

        byte[] thumbprint;
        try
        {
            using var certificate = X509CertificateLoader.LoadCertificate(header.Certificate.Span);
            using var signer = certificate.GetECDsaPublicKey() ?? throw new CryptographicException("No such key.");
            file.Verify(signer);
            thumbprint = SHA256.HashData(certificate.RawData);
        }
        catch (CryptographicException none)
        {
            throw new TransferException(TransferFault.Damaged, "the certificate in its header is none. Copy it again from where it was made.", none);
        }

        var caller = await regions.FindCallerAsync(thumbprint, clock.GetUtcNow(), cancellationToken) ?? throw AccessStatus.UnknownCertificate();
        if (header.Region != caller.Region.Value)
        {
            throw AccessStatus.OtherRegion(caller.Region.Value, RegionCode.TryParse(header.Region, out var claimed) ? claimed.Value : "another one");
        }

        return header.FileId.Length == CaseUid.Size && header.Number is > 0 and <= long.MaxValue && CodedCase.Instant(header.MadeAt) is not null
            ? caller
            : throw new TransferException(TransferFault.OtherFormat, "its header lacks what it must have: its agent is of another version. Use the same version of agent and hub.");
    }

    private async Task<TransferOutcome> ImportOnceAsync(
        TransferFile file, Caller caller, TransferHistory history, string receiptsFolder, Action<TransferCount> progress, CancellationToken cancellationToken)
    {
        var identity = await identities.GetAsync(cancellationToken);
        using var messages = file.ReadAtHub(identity.TransferKey).GetEnumerator();
        var begin = messages.MoveNext() ? TransferBegin.Parser.ParseFrom(messages.Current.Span) : new TransferBegin();
        if (begin.Hello is null || begin.AnswerKey.Length != SHA256.HashSizeInBytes)
        {
            throw new TransferException(TransferFault.OtherFormat, "it does not begin as it must: its agent is of another version. Use the same version of agent and hub.");
        }

        var (right, answer) = await greeting.GreetFileAsync(begin.Hello, caller, history.Epoch, cancellationToken);
        using var receipts = new ReceiptsFile(receiptsFolder, file.Header, begin.AnswerKey.ToByteArray(), identity.PolicySigningKey, clock.GetUtcNow());
        receipts.Write(answer);
        if (right is null)
        {
            receipts.Complete();
            return Behind(file.Header, history, receipts.Path);
        }

        var goesOn = answer.Welcome.Epoch == begin.Hello.Epoch;
        var count = new TransferCount { Epoch = answer.Welcome.Epoch };
        await TakeAsync(right, begin.Hello, goesOn ? messages : Enumerable.Empty<ReadOnlyMemory<byte>>().GetEnumerator(), response =>
        {
            count.Add(response);
            receipts.Write(new TransferReceipt { Response = response });
            extras.Note(response);
            progress(count);
        }, cancellationToken);
        await extras.WriteAsync(begin, caller, receipts.Write, cancellationToken);
        receipts.Complete();
        await files.KeepAsync(caller.Region, file.Header, count, clock.GetUtcNow(), cancellationToken);
        return new TransferOutcome(Taken(file.Header, answer, history, goesOn, count), receipts.Path, IsTaken: true);
    }

    // What is done here is done by the region, as it is over the line.
    private async Task TakeAsync(StreamRight right, Hello hello, IEnumerator<ReadOnlyMemory<byte>> messages, Action<PushResponse> answer, CancellationToken cancellationToken)
    {
        AuditActor.Is(right.Region);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await using var writer = new BatchWriter(dataSource, right, (await identities.GetAsync(cancellationToken)).Seal, meter, clock);
        await using var requests = RequestsAsync(messages).GetAsyncEnumerator(stop.Token);
        await new PushStream(right, hello, rules, bundles, new PushIntake(right.Region, rules, intake), writer, tasks, runs, dataSource, clock, logger)
            .RunAsync(requests, (response, _) =>
            {
                answer(response);
                return ValueTask.CompletedTask;
            }, stop);
    }

    private static async IAsyncEnumerable<PushRequest> RequestsAsync(IEnumerator<ReadOnlyMemory<byte>> messages)
    {
        while (messages.MoveNext())
        {
            yield return PushRequest.Parser.ParseFrom(messages.Current.Span);
            await Task.Yield();
        }
    }

    private static TransferOutcome Behind(TransferHeader header, TransferHistory history, string receipts) => history.ImportedAt is { } at
        ? new TransferOutcome(FormattableString.Invariant($"file {header.Number} of {header.Region} was imported on {at:u}, and more came since. Nothing to do."), receipts, IsTaken: true)
        : new TransferOutcome(
            $"file {header.Number} of {header.Region} knows less of the region than the hub: it is an old file, or the region's state folder came from a backup. Nothing was taken from it. "
                + "Bring its receipts to the region: where its ledger is the older one, calltracking-agent import-receipts begins a new order, and the next exports send everything again.",
            receipts,
            IsTaken: false);

    private static string Taken(TransferHeader header, TransferAnswer answer, TransferHistory history, bool goesOn, TransferCount count)
    {
        var again = history.ImportedAt is { } at ? FormattableString.Invariant($" (imported before, on {at:u})") : string.Empty;
        return goesOn ? $"file {header.Number} of {header.Region}{again}: {count}"
            : answer.Hello.Epoch == 0 ? $"file {header.Number} of {header.Region}{again} asks to begin: epoch {answer.Welcome.Epoch} is in its receipts, {count}"
            : $"file {header.Number} of {header.Region}{again} is of an order that is over: nothing was taken from it. Epoch {answer.Welcome.Epoch} is in its receipts; with them the region sends everything again, and each case stands once";
    }
}
