using CallTracking.Agent.Alarms;
using CallTracking.Agent.Identity;
using CallTracking.Agent.Schedule;
using CallTracking.Contracts;
using CallTracking.Mapping;
using CallTracking.Rpc;
using YamlDotNet.RepresentationModel;

namespace CallTracking.Agent.Configuration;

/// <summary>Settings, or every fault that the file has; never both.</summary>
internal sealed record SettingsLoad(AgentSettings? Settings, IReadOnlyList<Fault> Faults);

/// <summary>Reads <c>agent.yaml</c> and checks all of it before anything is used.</summary>
internal static class AgentSettingsFile
{
    private const string ExampleCron = "\"30 1 * * *\"";

    public static SettingsLoad Load(string path)
    {
        var file = Path.GetFullPath(path);
        var faults = new List<Fault>();
        var root = ReadRoot(file, path, faults);
        var settings = root is null ? null : Read(file, new YamlSection(path, "the file", root, faults));
        return new SettingsLoad(faults.Count == 0 ? settings : null, faults);
    }

    private static YamlMappingNode? ReadRoot(string file, string shown, List<Fault> faults)
    {
        try
        {
            var documents = BrokenYaml.Documents(shown, File.ReadAllText(file), out var broken);
            if (documents is [{ RootNode: YamlMappingNode root }])
            {
                return root;
            }

            faults.Add(broken ?? new Fault(shown, 0, 0, "The file holds no settings.", "start from 'region:', 'centre:', 'hub:' and 'sources:'"));
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            faults.Add(new Fault(shown, 0, 0, "The file does not exist.", "name it with --config, or go to its folder"));
        }
        catch (UnauthorizedAccessException) when (Directory.Exists(file))
        {
            faults.Add(new Fault(shown, 0, 0, "It is a folder.", $"name the file in it: --config {Path.Combine(shown, "agent.yaml")}"));
        }
        catch (UnauthorizedAccessException)
        {
            faults.Add(new Fault(shown, 0, 0, "The file may not be read by this user.", "give the service's user the right to read it"));
        }

        return null;
    }

    private static AgentSettings? Read(string file, YamlSection root)
    {
        root.RequireKnownKeys("region", "centre", "country", "hub", "proxy", "state", "state_key", "time_zone", "schedule", "fast_lane", "alarms", "outbox", "floor", "reconcile", "sources");
        var folder = Path.GetDirectoryName(file)!;
        var region = Region(root);
        var centre = root.Required("centre", "Berlin");
        var country = Country(root);
        var hubs = Hubs(root);
        var proxy = Proxy(root, folder);
        var zone = Zone(root, "time_zone", TimeZoneInfo.Utc);
        var schedule = Schedule(root.Section("schedule"), zone);
        var outbox = Outbox(root.Section("outbox"));
        var compares = Compares(root);
        var floor = root.Maybe("floor", "floor.yaml");
        var sources = root.Sections("sources", "mapping: mapping.yaml").Select(source => SourceSection.Read(file, source)).ToList();

        // Anything missing has left a fault behind, and the caller then uses none of this.
        return centre is null || country is null || hubs is null
            ? null
            : new AgentSettings
            {
                File = file,
                Region = region,
                Centre = centre,
                Country = country,
                Hubs = hubs,
                Proxy = proxy,
                State = State(root, folder),
                Floor = floor is null ? null : Path.GetFullPath(floor, folder),
                Schedule = schedule,
                FastLane = FastLane(root.Section("fast_lane")),
                Alarms = Alarms(root.Section("alarms"), folder),
                OutboxMaxBytes = outbox,
                ComparesAfterSync = compares,
                Sources = sources,
            };
    }

    private static RegionCode Region(YamlSection root)
    {
        var text = root.Required("region", "DE");
        if (!RegionCode.TryParse(text, out var region) && text is not null)
        {
            root.Wrong("region", "2 to 8 letters A-Z");
        }

        return region;
    }

    private static string? Country(YamlSection root)
    {
        var text = root.Required("country", "DE");
        if (text is not null && !Iso3166.IsCountry(text))
        {
            root.Wrong("country", "a country of ISO 3166-1 as two letters A-Z", CountryCode.Of(text) is { } code ? $"write country: {code}" : null);
        }

        return text;
    }

    private static RpcServers? Hubs(YamlSection root)
    {
        const string Expected = "an address such as https://hub.example.com:5443";
        IReadOnlyList<string?> texts = root.Node("hub") is YamlSequenceNode list
            ? [.. list.Children.Select(child => (child as YamlScalarNode)?.Value)]
            : root.Required("hub", "https://hub.example.com:5443") is { } one ? [one] : [];
        if (texts.Count == 0 && root.Node("hub") is YamlSequenceNode)
        {
            root.Reject("hub", "'hub' has no address.", $"write {Expected}");
        }

        var addresses = new List<Uri>();
        foreach (var text in texts)
        {
            if (!Uri.TryCreate(text, UriKind.Absolute, out var address) || address is not { Scheme: "https", PathAndQuery: "/" })
            {
                root.Reject("hub", $"'hub: {text}' is not {Expected}.", $"write {Expected}, and nothing behind the port");
                return null;
            }

            addresses.Add(address);
        }

        return addresses.Count == 0 ? null : new RpcServers(addresses);
    }

    private static SecretText? Proxy(YamlSection root, string folder)
    {
        var proxy = root.Secret("proxy", folder);
        if (proxy?.Template is ProxyText.None)
        {
            return null;
        }

        if (proxy is not null && !proxy.Template.Contains("${", StringComparison.Ordinal) && ProxyText.Parse(proxy.Template, new SecretMask()) is null)
        {
            root.Reject("proxy", "The proxy is no address.", "write http://proxy.example:3128, with user:${env:SECRET}@ before the host where it asks who comes, or none");
        }

        return proxy;
    }

    private static StateVault State(YamlSection root, string folder)
    {
        var directory = Path.GetFullPath(root.Optional("state", "./state"), folder);
        var key = root.Secret("state_key", folder);
        if (key is not null && !key.Template.StartsWith("${", StringComparison.Ordinal))
        {
            // Not repeated: it may be the key.
            root.Reject("state_key", "state_key: a key that stands beside what it locks keeps nobody out.", "write ${file:/run/keys/state.key} or ${env:NAME}");
        }

        if (key?.FileBelow(directory) is { } beside)
        {
            root.Reject("state_key", $"state_key: {beside} lies in the state folder, and a key that lies beside what it locks keeps nobody out.", "keep it where a copy of this disk does not have it");
        }

        return key is null ? StateVault.InClear(directory) : StateVault.Under(key, directory);
    }

    private static TimeZoneInfo Zone(YamlSection section, string key, TimeZoneInfo fallback)
    {
        var text = section.Optional(key, fallback.Id);
        if (TimeZoneInfo.TryFindSystemTimeZoneById(text, out var zone))
        {
            return zone;
        }

        section.Wrong(key, "a time zone such as Europe/Berlin");
        return fallback;
    }

    private static ScheduleSettings Schedule(YamlSection? section, TimeZoneInfo fallbackZone)
    {
        if (section is null)
        {
            return new ScheduleSettings("0 30 1 * * ?", fallbackZone, TimeSpan.Zero, TimeSpan.FromHours(12));
        }

        section.RequireKnownKeys("cron", "time_zone", "jitter", "catch_up");
        var cron = section.Required("cron", ExampleCron);
        var quartz = cron is null ? null : CronText.ToQuartz(cron);
        if (cron is not null && quartz is null)
        {
            section.Wrong("cron", $"a cron expression of five parts such as {ExampleCron}, or of six or seven as Quartz has them, with a day of the month or a weekday and not both");
        }

        return new ScheduleSettings(
            quartz ?? string.Empty,
            Zone(section, "time_zone", fallbackZone),
            section.Duration("jitter", "0"),
            section.Duration("catch_up", "12h"));
    }

    private static FastLaneSettings? FastLane(YamlSection? section)
    {
        if (section is null)
        {
            return null;
        }

        section.RequireKnownKeys("every", "concepts");
        var every = section.Duration("every", "10m");
        if (every < TimeSpan.FromMinutes(1) || every > TimeSpan.FromMinutes(15))
        {
            section.Wrong("every", "a time from 1m to 15m");
        }

        return new FastLaneSettings(every, section.Has("concepts") ? section.Texts("concepts") : ["hazard.*"]);
    }

    private static AlarmSettings Alarms(YamlSection? section, string folder)
    {
        if (section is null)
        {
            return AlarmSettings.LogOnly;
        }

        section.RequireKnownKeys("command", "late_after");
        var command = section.Has("command") ? section.Texts("command") : [];
        if (command is [var program, ..] && program.Contains(' ') && command.Count == 1)
        {
            section.Wrong("command", "a program and its arguments, each by itself", "write command: [/usr/local/bin/on-alarm, --to, ops]; a shell is called by its name: [/bin/sh, -c, \"…\"]");
        }

        var late = section.Duration("late_after", "6h");
        if (late < TimeSpan.FromMinutes(10))
        {
            section.Wrong("late_after", "a time of at least 10m");
        }

        return new AlarmSettings(command.Count == 0 ? command : [Program(command[0], folder), .. command.Skip(1)], late);
    }

    // One that is named by a path is found from the file's folder, as all paths are; another by the system.
    private static string Program(string name, string folder) => name.Contains('/') || name.Contains('\\') ? Path.GetFullPath(name, folder) : name;

    private static bool Compares(YamlSection root)
    {
        var text = root.Optional("reconcile", "after-sync");
        if (text is not ("after-sync" or "on-demand"))
        {
            root.Wrong("reconcile", "'after-sync' or 'on-demand'");
        }

        return text == "after-sync";
    }

    private static long Outbox(YamlSection? section)
    {
        const long Fallback = 256L << 20;
        const long Least = 4L << 20;
        section?.RequireKnownKeys("max_bytes");
        var text = section?.Optional("max_bytes", "256MB");
        if (text is null)
        {
            return Fallback;
        }

        if (!Amounts.TryParseSize(text, out var bytes) || bytes < Least)
        {
            section!.Wrong("max_bytes", "a size of at least 4MB such as 256MB or 1GB");
        }

        return bytes;
    }
}
