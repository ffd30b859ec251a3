using System.Net;
using System.Net.Http.Headers;

namespace CallTracking.Rpc.Tests.Echo;

/// <summary>What came back for bytes that no client of gRPC would send.</summary>
public sealed record RawAnswer(HttpStatusCode Http, int? Status, string Message, byte[] Body, HttpResponseHeaders Headers);

/// <summary>Posts bytes as they are over HTTP/2.</summary>
public sealed class RawCalls(Uri address) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = address, Timeout = TimeSpan.FromSeconds(20) };

    public const string Once = "/calltracking.rpc.tests.Echo/Once";

    /// <summary>Posts a body that may never end.</summary>
    public Task<RawAnswer> PostAsync(Stream body) => PostAsync(new StreamContent(body), Once, "application/grpc", null);

    public Task<RawAnswer> PostAsync(
        byte[] body, string path = Once, string contentType = "application/grpc", Version? version = null, params (string Key, string Value)[] headers) =>
        PostAsync(new ByteArrayContent(body), path, contentType, version, headers);

    private async Task<RawAnswer> PostAsync(HttpContent body, string path, string contentType, Version? version, params (string Key, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Version = version ?? HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = body,
        };
        request.Content.Headers.TryAddWithoutValidation("content-type", contentType);
        request.Headers.TryAddWithoutValidation("te", "trailers");
        foreach (var (key, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(key, value);
        }

        using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        var bytes = await response.Content.ReadAsByteArrayAsync();
        var status = Find(response, "grpc-status");
        return new RawAnswer(response.StatusCode, status is null ? null : int.Parse(status, null), Find(response, "grpc-message") ?? "", bytes, response.Headers);
    }

    /// <summary>A frame whose header may lie.</summary>
    public static byte[] Frame(byte flag, uint length, byte[] bytes) =>
        [flag, (byte)(length >> 24), (byte)(length >> 16), (byte)(length >> 8), (byte)length, .. bytes];

    public static byte[] Frame(byte flag, byte[] bytes) => Frame(flag, (uint)bytes.Length, bytes);

    public void Dispose() => _http.Dispose();

    private static string? Find(HttpResponseMessage response, string key) =>
        response.TrailingHeaders.TryGetValues(key, out var trailer) ? trailer.Single()
        : response.Headers.TryGetValues(key, out var header) ? header.Single() : null;
}
