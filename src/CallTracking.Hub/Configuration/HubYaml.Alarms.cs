using System.Globalization;
using System.Net;
using CallTracking.Hub.Alarms;
using MimeKit;
using YamlDotNet.RepresentationModel;

namespace CallTracking.Hub.Configuration;

/// <summary>The section <c>alarms</c>.</summary>
internal sealed partial class HubYaml
{
    private AlarmOptions Alarms(YamlMappingNode root, string folder)
    {
        var section = Section(root, "alarms", "webhook", "mail");
        return section is null ? new AlarmOptions() : new AlarmOptions { Webhook = Webhook(section, folder), Mail = Mail(section, folder) };
    }

    private WebhookOptions? Webhook(YamlMappingNode alarms, string folder)
    {
        if (Section(alarms, "webhook", "url", "secret_file") is not { } webhook)
        {
            return null;
        }

        var url = Text(webhook, "url", "https://alerts.example.com/calltracking");
        var secret = Text(webhook, "secret_file", "webhook.secret");
        if (!Uri.TryCreate(url?.Value, UriKind.Absolute, out var address) || !IsPrivate(address))
        {
            // Many such addresses are secrets themselves.
            Fault(url ?? (YamlNode)webhook, "alarms.webhook.url: expected an address of https (http on this machine only).", "Write the whole address, for example https://alerts.example.com/calltracking.");
            return null;
        }

        return secret?.Value is { } file ? new WebhookOptions(address, Path.GetFullPath(file, folder)) : null;
    }

    private MailOptions? Mail(YamlMappingNode alarms, string folder)
    {
        if (Section(alarms, "mail", "host", "port", "tls", "from", "to", "user", "password_file") is not { } mail)
        {
            return null;
        }

        var host = Text(mail, "host", "mail.example.com");
        var from = Text(mail, "from", "calltracking@example.com");
        var tls = Tls(mail);
        var to = Recipients(mail);
        RequirePrivate(mail, tls, host?.Value);
        if (from?.Value is { } sender && !MailboxAddress.TryParse(sender, out _))
        {
            Fault(from, "alarms.mail.from: expected a mail address.", "Write for example calltracking@example.com.");
        }

        return host?.Value is null || from?.Value is null
            ? null
            : new MailOptions
            {
                Host = host.Value,
                Port = MailPort(mail, tls),
                Tls = tls,
                From = from.Value,
                To = to,
                User = Optional(mail, "user")?.Value,
                PasswordFile = Optional(mail, "password_file")?.Value is { } file ? Path.GetFullPath(file, folder) : null,
            };
    }

    private MailTls Tls(YamlMappingNode mail)
    {
        var node = Optional(mail, "tls");
        switch (node?.Value)
        {
            case null or "starttls":
                return MailTls.StartTls;
            case "implicit":
                return MailTls.Implicit;
            case "none":
                return MailTls.None;
            default:
                Fault(node, $"alarms.mail.tls: expected starttls, implicit or none, found '{node.Value}'.", "starttls is usual (port 587); none is for a relay on this machine.");
                return MailTls.StartTls;
        }
    }

    // A password, or the news of who is late, in clear to another machine.
    private void RequirePrivate(YamlMappingNode mail, MailTls tls, string? host)
    {
        if (tls != MailTls.None || host is null)
        {
            return;
        }

        if (Optional(mail, "user") is not null)
        {
            Fault(Child(mail, "tls")!, "alarms.mail.tls: none would send user and password in clear.", "Write starttls or implicit, or leave user and password_file out.");
        }
        else if (host != "localhost" && !(IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address)))
        {
            Fault(Child(mail, "tls")!, "alarms.mail.tls: none is for a relay on this machine.", "Write starttls or implicit, or host: localhost.");
        }
    }

    private int MailPort(YamlMappingNode mail, MailTls tls)
    {
        if (Optional(mail, "port") is not { } node)
        {
            return tls switch { MailTls.Implicit => 465, MailTls.None => 25, _ => 587 };
        }

        if (int.TryParse(node.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is >= 1 and <= 65535)
        {
            return port;
        }

        Fault(node, $"alarms.mail.port: expected a port, found '{node.Value}'.", "Leave it out for 587 (starttls) or 465 (implicit).");
        return 587;
    }

    private List<string> Recipients(YamlMappingNode mail)
    {
        List<string?> to = Child(mail, "to") switch
        {
            YamlScalarNode one => [one.Value],
            YamlSequenceNode many => [.. many.Children.Select(child => (child as YamlScalarNode)?.Value)],
            _ => [],
        };
        if (to.Count == 0 || !to.TrueForAll(address => MailboxAddress.TryParse(address, out _)))
        {
            Fault(Child(mail, "to") ?? mail, "alarms.mail.to: expected mail addresses.", "Write for example to: [operators@example.com].");
        }

        return [.. to.OfType<string>()];
    }
}
