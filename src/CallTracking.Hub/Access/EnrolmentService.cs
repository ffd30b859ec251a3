using System.Security.Cryptography;
using CallTracking.Contracts;
using CallTracking.Hub.Audit;
using CallTracking.Hub.People;
using CallTracking.Hub.Policies;
using CallTracking.Rpc;
using Google.Protobuf;
using Npgsql;
using ServiceDescriptor = Google.Protobuf.Reflection.ServiceDescriptor;

namespace CallTracking.Hub.Access;

/// <summary>Lets a region in that has a token: the only calls without a certificate.</summary>
internal sealed class EnrolmentService(IdentitySource identities, RegionStore regions, BundleSource bundles, AttemptLimits limits, NpgsqlDataSource dataSource, TimeProvider clock)
{
    private static readonly ServiceDescriptor Descriptor = AdminReflection.Descriptor.Services.Single(service => service.Name == "EnrolmentService");

    public RpcServiceBinder Bind() => new RpcServiceBinder(Descriptor)
        .Unary<GetAuthorityRequest, GetAuthorityResponse>("GetAuthority", GetAuthorityAsync)
        .Unary<EnrolRequest, EnrolResponse>("Enrol", EnrolAsync);

    private async Task<GetAuthorityResponse> GetAuthorityAsync(GetAuthorityRequest request, RpcContext context)
    {
        var identity = await identities.GetAsync(context.CancellationToken);
        return new GetAuthorityResponse { CaCertificateDer = ByteString.CopyFrom(identity.Authority.Der) };
    }

    private async Task<EnrolResponse> EnrolAsync(EnrolRequest request, RpcContext context)
    {
        // Before anything is asked or written down: who makes tokens up fills neither the log nor the database's time.
        if (!limits.MayEnrol(context.Http))
        {
            throw AccessStatus.TooManyTokens();
        }

        var identity = await identities.GetAsync(context.CancellationToken);
        if (!EnrolmentToken.TryParse(request.Token, out var token)
            || !CryptographicOperations.FixedTimeEquals(token!.Authority, identity.Authority.Fingerprint))
        {
            limits.CountRefusedEnrolment(context.Http);
            throw AccessStatus.BadToken();
        }

        // All that can fail comes before the token is used up.
        if (await regions.FindCentreAsync(token, clock.GetUtcNow(), context.CancellationToken) is not { } centre)
        {
            // Before anything is signed, and whatever the rest of the request is. The same work for a region that is there and for one that is not:
            // who makes tokens up learns nothing, by the time that it takes neither.
            throw await RefuseAsync(token.Region, context);
        }

        var bundle = await bundles.FindAsync(token.Region, context.CancellationToken);
        var certificate = await identities.IssueAsync(token.Region, request.CertificateRequestDer, context.CancellationToken);
        if (!await regions.RedeemAsync(token, certificate, clock.GetUtcNow(), context.CancellationToken))
        {
            throw await RefuseAsync(token.Region, context);
        }

        return new EnrolResponse
        {
            Region = token.Region.Value,
            Centre = centre,
            CertificateDer = ByteString.CopyFrom(certificate.Der),
            CaCertificateDer = ByteString.CopyFrom(identity.Authority.Der),
            PolicySigningKeySpki = ByteString.CopyFrom(identity.PolicySigningKey.ExportSubjectPublicKeyInfo()),
            Bundle = bundle,
        };
    }

    // A token with a region's name and this hub's authority in it: used up, too old, or made up by somebody who knows both.
    private async Task<RpcException> RefuseAsync(RegionCode region, RpcContext context)
    {
        limits.CountRefusedEnrolment(context.Http);
        await dataSource.NoteAsync(AuditEntry.Of(AuditCode.RegionEnrolmentRefused, region.Value), context.CancellationToken);
        return AccessStatus.BadToken();
    }
}
