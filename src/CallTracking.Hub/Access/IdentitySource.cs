using System.Security.Cryptography;
using CallTracking.Contracts;
using CallTracking.Hub.Configuration;
using CallTracking.Hub.Storage;
using Google.Protobuf;

namespace CallTracking.Hub.Access;

/// <summary>Gives the installation's <see cref="HubIdentity"/>, loaded once and only when something needs it.</summary>
internal sealed class IdentitySource(HubOptions options, TimeProvider clock) : IDisposable
{
    private readonly SemaphoreSlim _once = new(1, 1);
    private HubIdentity? _identity;

    /// <exception cref="HubException">The state folder cannot be used, or lacks the key of the seals that stored cases have.</exception>
    public async ValueTask<HubIdentity> GetAsync(CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _identity) is { } known)
        {
            return known;
        }

        await _once.WaitAsync(cancellationToken);
        try
        {
            if (_identity is null)
            {
                await RequireSealKeyAsync(cancellationToken);
                _identity = await HubIdentity.LoadAsync(options, clock, cancellationToken);
            }

            return _identity;
        }
        finally
        {
            _once.Release();
        }
    }

    /// <summary>Makes a certificate for the key that a region's request holds.</summary>
    /// <exception cref="Rpc.RpcException">INVALID_ARGUMENT: the request cannot be used.</exception>
    public async Task<IssuedCertificate> IssueAsync(RegionCode region, ByteString requestDer, CancellationToken cancellationToken)
    {
        try
        {
            using var certificate = (await GetAsync(cancellationToken)).Authority.IssueRegion(region, requestDer.Span);
            return new IssuedCertificate(
                region,
                certificate.RawData,
                SHA256.HashData(certificate.RawData),
                certificate.SerialNumber,
                new DateTimeOffset(certificate.NotAfter.ToUniversalTime(), TimeSpan.Zero));
        }
        catch (FormatException wrong)
        {
            throw AccessStatus.BadRequest(wrong.Message);
        }
    }

    public void Dispose()
    {
        _identity?.Dispose();
        _once.Dispose();
    }

    // Another key in place of a lost one would leave cases of which nobody could say whether they are as they were written.
    private async Task RequireSealKeyAsync(CancellationToken cancellationToken)
    {
        if (!HubIdentity.HasSealKey(options) && await StoredSeals.AnyAsync(options.ConnectionString, cancellationToken))
        {
            throw new HubException(
                $"There is no {HubIdentity.SealFile} in {options.StateDirectory}, and stored cases are sealed with it. Put it back from its backup. If it is lost for good, make another "
                + $"(head -c {CaseSeal.KeyBytes} /dev/urandom | base64 > {HubIdentity.SealFile}, mode 600): 'cases verify' then names every case from before until its region sends it again.",
                HubExit.Usage);
        }
    }
}

/// <summary>A certificate that was made for a region, as it is registered and sent.</summary>
internal sealed record IssuedCertificate(RegionCode Region, byte[] Der, byte[] Thumbprint, string SerialNumber, DateTimeOffset ExpiresAt);
