using System.Text.Json;
using CallTracking.Contracts;
using Google.Protobuf;

namespace CallTracking.Hub.Audit;

/// <summary>A seal that a region kept, as <c>calltracking-agent audit head --out FILE</c> writes it: the protobuf JSON of a SignedAuditSeal.</summary>
internal static class KeptHead
{
    private const int MostBytes = 64 * 1024;

    /// <exception cref="HubException">The file is none.</exception>
    public static async Task<SignedAuditSeal> RequireAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            if (new FileInfo(path).Length <= MostBytes)
            {
                return SignedAuditSeal.Parser.ParseJson(await File.ReadAllTextAsync(path, cancellationToken));
            }
        }
        catch (Exception wrong) when (wrong is InvalidProtocolBufferException or InvalidJsonException or JsonException)
        {
            // Told below.
        }

        throw new HubException($"--head: {path} is no kept head. A region writes one: calltracking-agent audit head --out FILE", HubExit.Usage);
    }
}
