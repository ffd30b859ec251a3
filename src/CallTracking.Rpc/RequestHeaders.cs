using Microsoft.AspNetCore.Http;

namespace CallTracking.Rpc;

/// <summary>What a request says of itself, read strictly.</summary>
internal static class RequestHeaders
{
    private const string ContentType = "application/grpc";

    public static bool IsGrpc(HttpRequest request) =>
        request.ContentType is { } type
        && type.StartsWith(ContentType, StringComparison.OrdinalIgnoreCase)
        && (type.Length == ContentType.Length || type[ContentType.Length] == ';' || type.AsSpan(ContentType.Length).StartsWith("+proto", StringComparison.OrdinalIgnoreCase));

    public static bool AcceptsGzip(IHeaderDictionary headers) =>
        headers["grpc-accept-encoding"].Any(value => value?.Split(',', StringSplitOptions.TrimEntries).Contains(MessageGzip.Name) ?? false);

    /// <summary>True for gzip, false for none.</summary>
    public static bool RequireKnownEncoding(IHeaderDictionary headers)
    {
        var encoding = headers["grpc-encoding"].ToString();
        return encoding switch
        {
            "" or "identity" => false,
            MessageGzip.Name => true,
            _ => throw new RpcException(RpcStatusCode.Unimplemented, "The grpc-encoding of the request is not known here: use identity or gzip."),
        };
    }

    public static TimeSpan? RequireTimeout(IHeaderDictionary headers)
    {
        var text = headers[StatusText.Timeout].ToString();
        if (text.Length == 0)
        {
            return null;
        }

        return StatusText.TryParseTimeout(text, out var timeout)
            ? timeout
            : throw new RpcException(RpcStatusCode.Internal, "grpc-timeout is malformed: expected at most eight digits and one of H, M, S, m, u, n.");
    }

    /// <summary>The metadata: every header that is not the protocol's own.</summary>
    public static RpcMetadata RequireMetadata(IHeaderDictionary headers)
    {
        var metadata = new RpcMetadata();
        foreach (var (key, values) in headers)
        {
            if (key.StartsWith(':') || key.StartsWith("grpc-", StringComparison.OrdinalIgnoreCase) || key.ToUpperInvariant() is "TE" or "CONTENT-TYPE")
            {
                continue;
            }

            foreach (var value in values)
            {
                if (!metadata.TryAddFromWire(key, value ?? string.Empty))
                {
                    throw new RpcException(RpcStatusCode.Internal, $"The metadata '{key}' is not base64, which a key in -bin must be.");
                }
            }
        }

        return metadata;
    }
}
