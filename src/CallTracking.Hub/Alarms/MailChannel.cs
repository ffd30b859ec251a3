using System.Globalization;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace CallTracking.Hub.Alarms;

/// <summary>Mails an alarm as plain text. One that is sent again has the same Message-ID.</summary>
internal sealed class MailChannel(MailOptions options) : IAlarmChannel
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public string Name => "mail";

    public async Task<string> SendAsync(AlarmNotice notice, CancellationToken cancellationToken)
    {
        using var message = Compose(notice);
        var password = options.User is null ? "" : await PasswordAsync(cancellationToken);
        using var client = new SmtpClient { Timeout = (int)Patience.TotalMilliseconds };
        try
        {
            await client.ConnectAsync(options.Host, options.Port, Security(options.Tls), cancellationToken);
            if (options.User is { } user)
            {
                await client.AuthenticateAsync(user, password, cancellationToken);
            }

            var answer = await client.SendAsync(message, cancellationToken);
            await client.DisconnectAsync(quit: true, cancellationToken);
            return answer.ReplaceLineEndings(" ");
        }
        catch (Exception failed) when (!cancellationToken.IsCancellationRequested)
        {
            throw new AlarmChannelException($"{options.Host}:{options.Port}: {Why(failed)}", failed);
        }
    }

    // What a server answers may repeat addresses and names: its code says enough.
    private static string Why(Exception failed) => failed switch
    {
        SmtpCommandException refused => string.Create(CultureInfo.InvariantCulture, $"refused with {(int)refused.StatusCode}"),
        ServiceNotAuthenticatedException => "it wants to know who sends: give alarms.mail a user and a password_file",
        AuthenticationException => "user or password are wrong",
        _ => failed.GetType().Name,
    };

    private MimeMessage Compose(AlarmNotice notice)
    {
        var message = new MimeMessage
        {
            MessageId = $"alarm-{notice.Key}-{notice.Alarm.RaisedAt.ToUnixTimeSeconds()}@calltracking.invalid",
            Subject = $"[CallTracking] {notice.Title}",
            Body = new TextPart("plain") { Text = Text(notice) },
        };
        message.From.Add(MailboxAddress.Parse(options.From));
        message.To.AddRange(options.To.Select(MailboxAddress.Parse));
        return message;
    }

    private static string Text(AlarmNotice notice) => string.Join(
        '\n',
        notice.Title,
        "",
        $"raised   {notice.Alarm.RaisedAt:u}",
        $"cleared  {(notice.Alarm.ClearedAt is { } at ? at.ToString("u", CultureInfo.InvariantCulture) : "not yet")}",
        "",
        $"What it means and what to do: 'When something is wrong', {notice.Alarm.Code}. All alarms: calltracking-hub alarm list",
        "");

    private static SecureSocketOptions Security(MailTls tls) => tls switch
    {
        MailTls.Implicit => SecureSocketOptions.SslOnConnect,
        MailTls.None => SecureSocketOptions.None,
        _ => SecureSocketOptions.StartTls,
    };

    private async Task<string> PasswordAsync(CancellationToken cancellationToken)
    {
        try
        {
            return options.PasswordFile is { } file ? (await File.ReadAllTextAsync(file, cancellationToken)).Trim() : "";
        }
        catch (Exception missing) when (missing is IOException or UnauthorizedAccessException)
        {
            throw new AlarmChannelException($"the password file {options.PasswordFile} cannot be read", missing);
        }
    }
}
