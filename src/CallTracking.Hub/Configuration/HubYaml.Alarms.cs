using System.Globalization;
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
        if (!Uri.TryCreate(url?.Value, UriKind.Absolute, out var address) || !(address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback)))
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
