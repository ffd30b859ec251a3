using System.Globalization;
using CallTracking.Hub.People;
using YamlDotNet.RepresentationModel;

namespace CallTracking.Hub.Configuration;

/// <summary>What the section <c>web</c> says about people.</summary>
internal sealed partial class HubYaml
{
    private PeopleOptions People(YamlMappingNode? web, string folder)
    {
        var people = new PeopleOptions();
        return web is null ? people : people with
        {
            SignIn = SignIn(web),
            IsBehindProxy = Flag(web, "behind_proxy"),
            Tls = Tls(web, folder),
            Oidc = Oidc(web),
            LockAfter = Number(web, "lock_after", 3, 100, people.LockAfter),
            SessionIdle = TimeSpan.FromMinutes(Number(web, "session_idle", 1, 24 * 60, (int)people.SessionIdle.TotalMinutes)),
            SessionLife = TimeSpan.FromHours(Number(web, "session_hours", 1, 24 * 7, (int)people.SessionLife.TotalHours)),
        };
    }

    private SignInRule? SignIn(YamlMappingNode web)
    {
        switch (Optional(web, "sign_in"))
        {
            case null:
                return null;
            case { Value: "none" }:
                return SignInRule.None;
            case { Value: "required" }:
                return SignInRule.Required;
            case { } node:
                Fault(node, $"web.sign_in: expected none or required, found '{node.Value}'.", "required asks everybody for an account or a token of his own; none shows all to whoever reaches the listener.");
                return null;
        }
    }

    private bool Flag(YamlMappingNode web, string key)
    {
        var node = Optional(web, key);
        if (node is not null and not { Value: "true" or "false" })
        {
            Fault(node, $"web.{key}: expected true or false, found '{node.Value}'.", $"Write {key}: true.");
        }

        return node?.Value == "true";
    }

    private WebTls? Tls(YamlMappingNode web, string folder)
    {
        if (Section(web, "tls", "certificate", "key") is not { } tls)
        {
            return null;
        }

        var (certificate, key) = (PemFile(tls, "certificate", folder), PemFile(tls, "key", folder));
        return certificate is not null && key is not null ? new WebTls(certificate, key) : null;
    }

    private string? PemFile(YamlMappingNode tls, string key, string folder)
    {
        if (Text(tls, key, $"{key}.pem") is not { } node)
        {
            return null;
        }

        var path = Path.GetFullPath(node.Value!, folder);
        if (!File.Exists(path))
        {
            Fault(node, $"web.tls.{key}: there is no file '{node.Value}'.", "Name a PEM file; relative paths start at hub.yaml.");
            return null;
        }

        return path;
    }

    private int Number(YamlMappingNode web, string key, int least, int most, int otherwise)
    {
        if (Optional(web, key) is not { } node)
        {
            return otherwise;
        }

        if (int.TryParse(node.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
        {
            return number;
        }

        Fault(
            node,
            string.Create(CultureInfo.InvariantCulture, $"web.{key}: expected a number from {least} to {most}, found '{node.Value}'."),
            string.Create(CultureInfo.InvariantCulture, $"Leave it out for {otherwise}."));
        return otherwise;
    }
}
