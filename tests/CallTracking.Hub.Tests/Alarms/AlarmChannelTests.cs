using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using CallTracking.Hub.Alarms;
using CallTracking.Testing;
using Xunit;

namespace CallTracking.Hub.Tests.Alarms;

/// <summary>Channels against servers of their kind on this machine.</summary>
public sealed class AlarmChannelTests : IDisposable
{
    private const string Secret = "correct horse battery staple";
    private static readonly AlarmNotice Late = new(
        new Alarm(12, AlarmCode.RegionLate, "JP", "no whole run came", new DateTimeOffset(2026, 11, 24, 21, 0, 0, TimeSpan.Zero), null), AlarmAct.Raised);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ct-alarm-");
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public AlarmChannelTests()
    {
        _listener.Start();
        File.WriteAllText(SecretFile, Secret + "\n");
    }

    private string SecretFile => Path.Combine(_folder.FullName, "secret");

    private int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public void Dispose()
    {
        _listener.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Webhook_Taken_IsSignedJsonOfWhichTheOtherEndCanReckonTheSignature()
    {
        var served = ServeHttpAsync("204 No Content");
        using var channel = Webhook();

        var answer = await channel.SendAsync(Late, default);
        var (head, body) = await served;

        Assert.Equal("HTTP 204", answer);
        using var json = JsonDocument.Parse(body);
        Assert.Equal("region-late", json.RootElement.GetProperty("code").GetString());
        Assert.Equal("12-raised", json.RootElement.GetProperty("id").GetString());
        var signature = head.Single(line => line.StartsWith("X-CallTracking-Signature: ", StringComparison.Ordinal)).Split(": ")[1].Split(',');
        Assert.Equal("v1=" + WebhookChannel.Sign(Encoding.UTF8.GetBytes(Secret), signature[0][2..], body), signature[1]);
        Assert.Equal("v1=" + Convert.ToHexStringLower(System.Security.Cryptography.HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes(signature[0][2..] + "." + Encoding.UTF8.GetString(body)))), signature[1]);
    }

    [Theory]
    [InlineData("503 Service Unavailable", "HTTP 503")]
    [InlineData("302 Found", "HTTP 302")]
    public async Task Webhook_Refused_SaysTheStatus(string status, string said)
    {
        _ = ServeHttpAsync(status);
        using var channel = Webhook();

        var refused = await Assert.ThrowsAsync<AlarmChannelException>(() => channel.SendAsync(Late, default));

        Assert.Equal(said, refused.Message);
    }

    [Fact]
    public async Task Webhook_NobodyThere_SaysNothingOfTheAddressThatMayBeASecret()
    {
        _listener.Stop();
        using var channel = Webhook();

        var refused = await Assert.ThrowsAsync<AlarmChannelException>(() => channel.SendAsync(Late, default));

        Assert.DoesNotContain("hidden-path", refused.Message, StringComparison.Ordinal);
        Assert.StartsWith("not reachable", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Webhook_SecretThatIsTooShort_SendsNothing()
    {
        await File.WriteAllTextAsync(SecretFile, "short");
        using var channel = Webhook();

        var refused = await Assert.ThrowsAsync<AlarmChannelException>(() => channel.SendAsync(Late, default));

        Assert.DoesNotContain("short\"", refused.Message, StringComparison.Ordinal);
        Assert.False(_listener.Pending());
    }

    [Fact]
    public async Task Mail_Taken_SaysTheAnswerAndHoldsTheAlarm()
    {
        var served = ServeMailAsync("250 queued as 42");
        var channel = new MailChannel(Mail());

        var answer = await channel.SendAsync(Late, default);
        var mail = await served;

        Assert.Contains("queued as 42", answer, StringComparison.Ordinal);
        Assert.Contains("To: <ops@example.com>", mail.Replace("To: ops@example.com", "To: <ops@example.com>", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("region-late JP", mail, StringComparison.Ordinal);
        Assert.Contains("Message-Id: <alarm-12-raised-", mail, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Mail_Refused_SaysTheCodeAndNotWhatTheServerRepeats()
    {
        _ = ServeMailAsync("554 no mail for ops@example.com here");
        var channel = new MailChannel(Mail());

        var refused = await Assert.ThrowsAsync<AlarmChannelException>(() => channel.SendAsync(Late, default));

        Assert.Contains("refused with 554", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("ops@example.com", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gone")]
    [InlineData(".")]
    public async Task Mail_PasswordFileThatCannotBeRead_SaysWhichFileAndSendsNothing(string file)
    {
        var path = Path.GetFullPath(file, _folder.FullName);
        var channel = new MailChannel(Mail() with { User = "hub", PasswordFile = path });

        var refused = await Assert.ThrowsAsync<AlarmChannelException>(() => channel.SendAsync(Late, default));

        Assert.Equal($"the password file {path} cannot be read", refused.Message);
        Assert.False(_listener.Pending());
    }

    [Fact]
    public async Task Mail_ServerThatWantsToKnowWhoSends_SaysTheCure()
    {
        _ = ServeMailAsync("250 ok", "530 authentication required for ops@example.com");

        var refused = await Assert.ThrowsAsync<AlarmChannelException>(() => new MailChannel(Mail()).SendAsync(Late, default));

        Assert.Contains("user and a password_file", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("ops@example.com", refused.Message, StringComparison.Ordinal);
    }

    private WebhookChannel Webhook() => new(new WebhookOptions(new Uri($"http://127.0.0.1:{Port}/hidden-path"), SecretFile), new ManualClock());

    private MailOptions Mail() => new() { Host = "127.0.0.1", Port = Port, Tls = MailTls.None, From = "hub@example.com", To = ["ops@example.com"] };

    private async Task<(string[] Head, byte[] Body)> ServeHttpAsync(string status)
    {
        using var client = await _listener.AcceptTcpClientAsync();
        await using var stream = client.GetStream();
        var head = new List<string>();
        while (await ReadLineAsync(stream) is { Length: > 0 } line)
        {
            head.Add(line);
        }

        var length = int.Parse(head.Single(line => line.StartsWith("Content-Length: ", StringComparison.Ordinal))[16..], System.Globalization.CultureInfo.InvariantCulture);
        var body = new byte[length];
        await stream.ReadExactlyAsync(body);
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\nLocation: http://127.0.0.1/other\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));
        return ([.. head], body);
    }

    private async Task<string> ServeMailAsync(string answer, string toSender = "250 ok")
    {
        using var client = await _listener.AcceptTcpClientAsync();
        await using var stream = client.GetStream();
        await SayAsync("220 test");
        var mail = new StringBuilder();
        while (await ReadLineAsync(stream) is { } line)
        {
            if (line == "DATA")
            {
                await SayAsync("354 go on");
                while (await ReadLineAsync(stream) is { } text && text != ".")
                {
                    mail.AppendLine(text);
                }

                await SayAsync(answer);
            }
            else if (line == "QUIT")
            {
                await SayAsync("221 bye");
                break;
            }
            else
            {
                await SayAsync(line.StartsWith("MAIL FROM", StringComparison.Ordinal) ? toSender : "250 ok");
            }
        }

        return mail.ToString();

        async Task SayAsync(string text) => await stream.WriteAsync(Encoding.ASCII.GetBytes(text + "\r\n"));
    }

    private static async Task<string?> ReadLineAsync(NetworkStream stream)
    {
        var line = new List<byte>();
        var one = new byte[1];
        while (await stream.ReadAsync(one) == 1)
        {
            if (one[0] == '\n')
            {
                return Encoding.UTF8.GetString([.. line]).TrimEnd('\r');
            }

            line.Add(one[0]);
        }

        return line.Count == 0 ? null : Encoding.UTF8.GetString([.. line]);
    }
}
