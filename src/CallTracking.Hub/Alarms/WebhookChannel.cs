using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace CallTracking.Hub.Alarms;

/// <summary>
/// Posts an alarm as JSON. The header <c>X-CallTracking-Signature: t=SECONDS,v1=HEX</c> is HMAC-SHA256 over <c>SECONDS.BODY</c> with the key of the secret
/// file, so that the other end knows who speaks and that it is not an old one played again.
/// </summary>
internal sealed class WebhookChannel(WebhookOptions options, TimeProvider clock) : IAlarmChannel, IDisposable
{
    private const int LeastSecret = 16;
    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, UseCookies = false }) { Timeout = TimeSpan.FromSeconds(15) };

    public string Name => "webhook";

    public async Task<string> SendAsync(AlarmNotice notice, CancellationToken cancellationToken)
    {
        var body = Body(notice);
        var seconds = clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, options.Url) { Content = content };
        request.Headers.Add("X-CallTracking-Delivery", notice.Key);
        request.Headers.Add("X-CallTracking-Signature", $"t={seconds},v1={Sign(await KeyAsync(cancellationToken), seconds, body)}");
        try
        {
            using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            var answer = string.Create(CultureInfo.InvariantCulture, $"HTTP {(int)response.StatusCode}");
            return response.IsSuccessStatusCode ? answer : throw new AlarmChannelException(answer);
        }
        catch (HttpRequestException failed)
        {
            // Its message names host and port only; the address may hold a secret.
            throw new AlarmChannelException($"not reachable: {failed.HttpRequestError}", failed);
        }
        catch (OperationCanceledException slow) when (!cancellationToken.IsCancellationRequested)
        {
            throw new AlarmChannelException("no answer within 15 seconds", slow);
        }
    }

    /// <summary>What the other end reckons, too.</summary>
    public static string Sign(byte[] key, string seconds, byte[] body) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.ASCII.GetBytes(seconds + ".").Concat(body).ToArray()));

    public void Dispose() => _client.Dispose();

    private static byte[] Body(AlarmNotice notice) => JsonSerializer.SerializeToUtf8Bytes(new
    {
        id = notice.Key,
        @event = notice.Word,
        code = notice.Alarm.Code,
        region = notice.Alarm.Region,
        words = notice.Alarm.Words,
        raised_at = notice.Alarm.RaisedAt,
        cleared_at = notice.Alarm.ClearedAt,
    });

    private async Task<byte[]> KeyAsync(CancellationToken cancellationToken)
    {
        try
        {
            var text = (await File.ReadAllTextAsync(options.SecretFile, cancellationToken)).Trim();
            return text.Length >= LeastSecret
                ? Encoding.UTF8.GetBytes(text)
                : throw new AlarmChannelException($"the secret file {options.SecretFile} has fewer than {LeastSecret} characters");
        }
        catch (Exception missing) when (missing is IOException or UnauthorizedAccessException)
        {
            throw new AlarmChannelException($"the secret file {options.SecretFile} cannot be read", missing);
        }
    }
}
