using CallTracking.Contracts;
using CallTracking.Hub.Alarms;
using CallTracking.Hub.Audit;
using CallTracking.Hub.Ingest;
using CallTracking.Rpc;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using ServiceDescriptor = Google.Protobuf.Reflection.ServiceDescriptor;

namespace CallTracking.Hub.Access;

/// <summary>What an enrolled region may ask about itself, and nobody else about it.</summary>
internal sealed class RegionService(
    IdentitySource identities, RegionStore regions, RunStore runs, NightStore nights, AuditLogStore auditLog, TimeProvider clock)
{
    private const int LongestNote = 300;

    // About 250 bytes each.
    private const int SealsAPage = 2000;

    private static readonly ServiceDescriptor Descriptor = AdminReflection.Descriptor.Services.Single(service => service.Name == "RegionService");

    public RpcServiceBinder Bind() => new RpcServiceBinder(Descriptor)
        .Unary<RenewCertificateRequest, RenewCertificateResponse>("RenewCertificate", RenewAsync)
        .Unary<GetRegionStatusRequest, RegionStatus>("GetStatus", GetStatusAsync)
        .Unary<TellPauseRequest, TellPauseResponse>("TellPause", TellPauseAsync)
        .Unary<GetAuditSealsRequest, GetAuditSealsResponse>("GetAuditSeals", GetAuditSealsAsync);

    // The old certificate stays good until it expires: the agent may crash before it has stored the new one.
    private async Task<RenewCertificateResponse> RenewAsync(RenewCertificateRequest request, RpcContext context)
    {
        var caller = context.RequireCaller();
        var certificate = await identities.IssueAsync(caller.Region, request.CertificateRequestDer, context.CancellationToken);
        return await regions.RenewAsync(caller, certificate, clock.GetUtcNow(), context.CancellationToken)
            ? new RenewCertificateResponse { CertificateDer = ByteString.CopyFrom(certificate.Der) }
            : throw AccessStatus.UnknownCertificate();
    }

    private async Task<TellPauseResponse> TellPauseAsync(TellPauseRequest request, RpcContext context)
    {
        var caller = context.RequireCaller();
        var pause = request.Pause is not { } told ? null
            : told.Note.Length <= LongestNote && !told.Note.Any(char.IsControl) && Believed(told.Since) is { } since && (told.Until is null || Believed(told.Until) is not null)
                ? new PauseRow(told.Note, since, Believed(told.Until))
                : throw RpcException.WithReason(RpcStatusCode.InvalidArgument, "bad-pause", $"Expected a note of at most {LongestNote} characters on one line, and times.");
        await nights.SetPauseAsync(caller.Region, pause, clock.GetUtcNow(), context.CancellationToken);
        return new TellPauseResponse();
    }

    private static DateTimeOffset? Believed(Timestamp? time) => CodedCase.Instant(time) is { } instant ? new DateTimeOffset(instant, TimeSpan.Zero) : null;

    private async Task<RegionStatus> GetStatusAsync(GetRegionStatusRequest request, RpcContext context)
    {
        var caller = context.RequireCaller();
        var row = (await regions.ListAsync(clock.GetUtcNow(), context.CancellationToken)).Single(region => region.Code == caller.Region);
        return new RegionStatus
        {
            Region = row.Code.Value,
            Epoch = (ulong)row.Epoch,
            LastSequence = (ulong)row.LastSequence,
            StoredCases = (ulong)await runs.CountStoredAsync(caller.Region, context.CancellationToken),
            LastPushAt = row.LastPushAt is { } at ? Timestamp.FromDateTimeOffset(at) : null,
            LastRun = await runs.FindLastAsync(caller.Region, context.CancellationToken),
            CertificateExpiresAt = Timestamp.FromDateTimeOffset(caller.CertificateExpiresAt),
            OtherAgentAt = row.OtherAgentAt is { } met ? Timestamp.FromDateTimeOffset(met) : null,
        };
    }

    // The same for every region: seals hold numbers and hashes only.
    private Task<GetAuditSealsResponse> GetAuditSealsAsync(GetAuditSealsRequest request, RpcContext context)
    {
        context.RequireCaller();
        return auditLog.SealsAsync(request.From, SealsAPage, context.CancellationToken);
    }
}
