using System.Globalization;
using System.Net;
using CallTracking.Contracts;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace CallTracking.Hub.Configuration;

/// <summary>Reads <c>hub.yaml</c>. Every fault is found in one go; the answer is either options or faults, never both.</summary>
internal sealed partial class HubYaml
{
    /// <summary>Overrides the connection of the file.</summary>
    public const string DatabaseVariable = "CALLTRACKING_HUB_DATABASE";

    /// <summary>The key of the state folder, where no file holds it.</summary>
    public const string StateKeyVariable = "CALLTRACKING_HUB_STATE_KEY";

    private const int LargestMaxConnections = 100_000;

    private readonly string _file;
    private readonly List<Fault> _faults = [];

    private HubYaml(string file) => _file = file;

    /// <param name="file">Path of the file, as the person gave it: faults repeat it.</param>
    /// <param name="environment">Reads an environment variable; null when it is not set.</param>
    public static (HubOptions? Options, IReadOnlyList<Fault> Faults) Read(string file, Func<string, string?> environment)
    {
        var reader = new HubYaml(file);
        if (!File.Exists(file))
        {
            reader.Fault(null, "Expected the hub's configuration file; there is none.", "Name it with --config, or write hub.yaml here.");
            return (null, reader._faults);
        }

        var options = reader.Parse(environment);
        return reader._faults.Count > 0 ? (null, reader._faults) : (options, []);
    }

    /// <summary>Reads <c>address:port</c>; IPv6 in brackets.</summary>
    public static bool TryParseListen(string text, out IPEndPoint endpoint)
    {
        var colon = text.LastIndexOf(':');
        var parsed = IPEndPoint.TryParse(text, out var found) && colon > 0 && (text[0] != '[' || colon > text.IndexOf(']', StringComparison.Ordinal));
        endpoint = parsed ? found! : new IPEndPoint(IPAddress.Loopback, 0);
        return parsed;
    }

    private HubOptions? Parse(Func<string, string?> environment)
    {
        if (LoadRoot() is not { } root)
        {
            return null;
        }

        OnlyKeys(root, "country", "entity", "state", "state_key_file", "database", "grpc", "web", "policies", "retention", "alarms", "telemetry");
        var folder = Path.GetDirectoryName(Path.GetFullPath(_file))!;
        var country = Text(root, "country", "JP");
        if (country is { Value: var code } && !Iso3166.IsCountry(code))
        {
            Fault(country, $"country: expected two letters of ISO 3166-1, found '{code}'.", "Write for example: country: JP");
        }

        var entity = Text(root, "entity", "Example Holdings K.K.");
        var state = Optional(root, "state")?.Value ?? "state";
        var policies = Optional(root, "policies")?.Value ?? "policies";
        var grpc = Section(root, "grpc", "listen", "host_names", "max_connections");
        var web = Section(root, "web", "listen", "access_token_file", "max_connections", "sign_in", "behind_proxy", "tls", "lock_after", "session_idle", "session_hours", "oidc");
        return new HubOptions
        {
            Country = country?.Value ?? "",
            Entity = entity?.Value ?? "",
            StateDirectory = Path.GetFullPath(state, folder),
            StateLock = Lock(root, folder, Path.GetFullPath(state, folder), environment),
            PoliciesDirectory = Path.GetFullPath(policies, folder),
            ConnectionString = Connection(root, folder, environment),
            GrpcListen = Listen(grpc, "grpc", new IPEndPoint(IPAddress.Loopback, 5443)),
            GrpcHostNames = HostNames(grpc),
            GrpcMaxConnections = MaxConnections(grpc, "grpc"),
            WebListen = Listen(web, "web", new IPEndPoint(IPAddress.Loopback, 8080)),
            WebMaxConnections = MaxConnections(web, "web"),
            WebAccessTokenFile = web is not null && Optional(web, "access_token_file")?.Value is { Length: > 0 } token ? Path.GetFullPath(token, folder) : null,
            People = People(web, folder),
            Retention = Retention(root),
            Alarms = Alarms(root, folder),
            Telemetry = Telemetry(root, folder),
        };
    }

    private YamlMappingNode? LoadRoot()
    {
        try
        {
            var stream = BoundedYaml.Load(File.ReadAllText(_file));
            if (stream.Documents is [{ RootNode: YamlMappingNode root }])
            {
                return root;
            }

            Fault(null, "Expected one YAML document with named entries.", "Start from the example in the README.");
        }
        catch (YamlTooDeepException deep)
        {
            _faults.Add(new Fault(_file, (int)deep.Start.Line, (int)deep.Start.Column, YamlNesting.Message, YamlNesting.Cure));
        }
        catch (YamlException broken)
        {
            _faults.Add(new Fault(_file, (int)broken.Start.Line, (int)broken.Start.Column, "This is not YAML: " + broken.Message, "Mend the indentation, quotes or brackets there."));
        }
        catch (InvalidOperationException)
        {
            // How the library ends on a key that stands further out than the line of an open bracket above it.
            Fault(null, "This is not YAML: a bracket or brace is never closed.", "Close it, { with } and [ with ].");
        }

        return null;
    }

    private string Connection(YamlMappingNode root, string folder, Func<string, string?> environment)
    {
        var database = Section(root, "database", "connection", "connection_file");
        var given = environment(DatabaseVariable);
        if (string.IsNullOrWhiteSpace(given) && database is not null)
        {
            given = Optional(database, "connection")?.Value ?? FromFile(Optional(database, "connection_file"), folder);
        }

        if (string.IsNullOrWhiteSpace(given))
        {
            if (_faults.Count == 0 || database is null)
            {
                Fault(database, "database: expected a connection, found none.", $"Set {DatabaseVariable}, or database: {{connection: \"Host=...\"}} or {{connection_file: path}}.");
            }

            return "";
        }

        try
        {
            return new Npgsql.NpgsqlConnectionStringBuilder(given).ConnectionString;
        }
        catch (Exception broken) when (broken is ArgumentException or FormatException)
        {
            // The text holds a password: it is not repeated.
            Fault(database, "database: the connection is not an Npgsql connection string.", "Write Host=...;Port=...;Database=...;Username=...;Password=...");
            return "";
        }
    }

    private string? FromFile(YamlScalarNode? node, string folder)
    {
        if (node?.Value is not { } path)
        {
            return null;
        }

        var full = Path.GetFullPath(path, folder);
        if (File.Exists(full))
        {
            return File.ReadAllText(full).Trim();
        }

        Fault(node, $"database.connection_file: there is no file '{path}'.", "Write the connection string into it; relative paths start at hub.yaml.");
        return null;
    }

    private IPEndPoint Listen(YamlMappingNode? section, string name, IPEndPoint otherwise)
    {
        if (section is null || Optional(section, "listen") is not { } node)
        {
            return otherwise;
        }

        if (TryParseListen(node.Value ?? "", out var endpoint))
        {
            return endpoint;
        }

        Fault(node, $"{name}.listen: expected address:port, found '{node.Value}'.", $"Write for example {otherwise}; a name is not an address, 0.0.0.0 means every interface.");
        return otherwise;
    }

    private int MaxConnections(YamlMappingNode? section, string name)
    {
        if (section is null || Optional(section, "max_connections") is not { } node)
        {
            return HubOptions.DefaultMaxConnections;
        }

        if (int.TryParse(node.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit is >= 1 and <= LargestMaxConnections)
        {
            return limit;
        }

        Fault(
            node,
            string.Create(CultureInfo.InvariantCulture, $"{name}.max_connections: expected a number from 1 to {LargestMaxConnections}, found '{node.Value}'."),
            string.Create(CultureInfo.InvariantCulture, $"Leave it out for {HubOptions.DefaultMaxConnections}, or write one above the number of agents or users."));
        return HubOptions.DefaultMaxConnections;
    }

    private List<string> HostNames(YamlMappingNode? grpc)
    {
        if (grpc is null || Child(grpc, "host_names") is not { } node)
        {
            return ["localhost", "127.0.0.1"];
        }

        if (node is not YamlSequenceNode list || !list.Children.All(child => child is YamlScalarNode))
        {
            Fault(node, "grpc.host_names: expected a list of names.", "Write for example [hub.example.com, 10.0.0.5].");
            return [];
        }

        foreach (var child in list.Children.Cast<YamlScalarNode>().Where(child => Uri.CheckHostName(child.Value) == UriHostNameType.Unknown))
        {
            Fault(child, $"grpc.host_names: expected a host name or an IP address, found '{child.Value}'.", "Write it without scheme and port.");
        }

        if (list.Children.Count == 0)
        {
            Fault(node, "grpc.host_names: the list is empty.", "Name at least one host name by which agents reach the hub.");
        }

        return [.. list.Children.Cast<YamlScalarNode>().Select(child => child.Value ?? "")];
    }

    private YamlMappingNode? Section(YamlMappingNode root, string name, params string[] keys)
    {
        if (Child(root, name) is not { } node)
        {
            return null;
        }

        if (node is not YamlMappingNode section)
        {
            Fault(node, $"{name}: expected named entries ({string.Join(", ", keys)}).", $"Write {name}: {{{keys[0]}: ...}}.");
            return null;
        }

        OnlyKeys(section, keys);
        return section;
    }

    private YamlScalarNode? Text(YamlMappingNode parent, string key, string example)
    {
        var node = Optional(parent, key);
        if (string.IsNullOrWhiteSpace(node?.Value))
        {
            Fault(node ?? (YamlNode)parent, $"{key}: expected a value, found none.", $"Write for example: {key}: {example}");
            return null;
        }

        return node;
    }

    private YamlScalarNode? Optional(YamlMappingNode parent, string key)
    {
        var node = Child(parent, key);
        if (node is null or YamlScalarNode)
        {
            return node as YamlScalarNode;
        }

        Fault(node, $"{key}: expected one value, found a list or named entries.", "Write it on one line.");
        return null;
    }

    private void OnlyKeys(YamlMappingNode node, params string[] known)
    {
        foreach (var key in node.Children.Keys.Where(key => !(key is YamlScalarNode { Value: { } name } && known.Contains(name))))
        {
            Fault(key, string.Create(CultureInfo.InvariantCulture, $"Unknown entry '{(key as YamlScalarNode)?.Value}'."), $"Known here: {string.Join(", ", known)}.");
        }
    }

    private static YamlNode? Child(YamlMappingNode node, string key) =>
        node.Children.TryGetValue(new YamlScalarNode(key), out var child) ? child : null;

    private void Fault(YamlNode? at, string message, string cure) =>
        _faults.Add(new Fault(_file, (int)(at?.Start.Line ?? 0), (int)(at?.Start.Column ?? 0), message, cure));
}
