using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CallTracking.Contracts;
using CallTracking.Hub.Access;
using CallTracking.Hub.Configuration;
using CallTracking.Privacy;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Npgsql;

namespace CallTracking.Hub.Tests.Transfer;

/// <summary>Makes transfer files as a region does.</summary>
internal static class TransferKit
{
    /// <summary>A file of a region whose ledger is new; its certificate is registered.</summary>
    public static async Task WriteAsync(string path, string region, string configuration, NpgsqlDataSource database)
    {
        using var identity = await HubIdentity.LoadAsync(HubYaml.Read(configuration, _ => null).Options!, TimeProvider.System, default);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = new CertificateRequest("CN=a region", key, HashAlgorithmName.SHA256).CreateSelfSigned(now.AddMinutes(-1), now.AddDays(1));
        await using var register = database.CreateCommand("insert into region_certificate (thumbprint, region, serial_number, issued_at, expires_at) values ($1, $2, '1', now(), now() + interval '1 day')");
        register.Parameters.AddWithValue(SHA256.HashData(certificate.RawData));
        register.Parameters.AddWithValue(region);
        await register.ExecuteNonQueryAsync();
        var header = new TransferHeader
        {
            Region = region,
            Number = 1,
            FileId = ByteString.CopyFrom(RandomNumberGenerator.GetBytes(16)),
            MadeAt = Timestamp.FromDateTimeOffset(now),
            Certificate = ByteString.CopyFrom(certificate.RawData),
        };
        await using var stream = File.Create(path);
        using var writer = TransferWriter.ToHub(stream, header, identity.TransferKey.ExportSubjectPublicKeyInfo(), key);
        writer.Write(new TransferBegin { Hello = new Hello { Region = region }, AnswerKey = ByteString.CopyFrom(RandomNumberGenerator.GetBytes(32)) });
        writer.Complete();
    }
}
