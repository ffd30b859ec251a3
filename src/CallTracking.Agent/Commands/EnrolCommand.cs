using System.CommandLine;
using System.Globalization;
using CallTracking.Agent.Configuration;
using CallTracking.Agent.Connection;
using CallTracking.Agent.Identity;
using CallTracking.Rpc;

namespace CallTracking.Agent.Commands;

/// <summary><c>enrol</c>: trades a token for the region's certificate.</summary>
internal static class EnrolCommand
{
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(30);

    public static Command Build()
    {
        var config = AgentCommand.ConfigOption();
        var hub = new Option<string?>("--hub") { Description = "The hub's address; by default the configuration's.", HelpName = "URL" };
        var token = new Option<string?>("--token") { Description = "The one-time token that the hub printed for this region. Other users of this machine may see it in the list of processes.", HelpName = "TOKEN" };
        var tokenFile = new Option<string?>("--token-file") { Description = "A file that holds the token; - for standard input.", HelpName = "FILE" };
        var stateKey = KeysCommand.StateKeyOption();
        var command = new Command("enrol", AgentCommand.Describe("Get the region's certificate and its first policy bundle.", "enrol --hub https://hub.example.com:5443 --token-file token.txt"))
        {
            config, hub, token, tokenFile, stateKey,
        };
        command.Validators.Add(result =>
        {
            if (result.GetResult(token) is null == result.GetResult(tokenFile) is null || result.GetValue(tokenFile) is "")
            {
                result.AddError("Expected the token once: --token-file FILE (or - for standard input), or --token TOKEN. Headquarters prints it: calltracking-hub region token REGION");
            }
        });
        command.Does(async (parsed, output, cancellationToken) =>
        {
            var settings = KeysCommand.Under(parsed.GetValue(stateKey), AgentWorkplace.LoadSettings(parsed.GetValue(config)!));
            var door = Address(parsed.GetValue(hub)) is { } other ? settings.Door with { Hubs = new RpcServers(other) } : settings.Door;
            if (!EnrolmentToken.TryParse(parsed.GetValue(token) ?? await ReadAsync(parsed.GetValue(tokenFile)!, output, cancellationToken), out var parsedToken))
            {
                throw new AgentException(
                    ExitCode.Identity, "This is no enrolment token: expected four parts 'ct1.REGION.SECRET.AUTHORITY'. Copy it whole, as the hub printed it.");
            }

            if (parsedToken!.Region != settings.Region)
            {
                throw new AgentException(
                    ExitCode.Identity, $"The token is for region {parsedToken.Region}, the configuration for {settings.Region}. Use the token of this region, or mend 'region'.");
            }

            using var claim = StateFolder.Claim(settings.StateDirectory);
            var store = new IdentityStore(settings.State);
            var isNewSecret = !new RegionSecret(settings.State).IsThere;
            var enrolled = await new Enrolment(door, CallTimeout).RunAsync(parsedToken, store, cancellationToken);
            using var identity = store.Load();
            output.Out.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"Region {enrolled.Region} is enrolled at {door.Address}; its certificate is good until {identity.Certificate.NotAfter.ToUniversalTime():u}."));
            output.Out.WriteLine($"Back up {new RegionSecret(settings.State).SecretFile} ('calltracking-agent keys export' seals it): without it the region's cases cannot be recognised again.");
            if (isNewSecret)
            {
                await WarnOfOtherSecretAsync(door, identity, output, cancellationToken);
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static async Task<string> ReadAsync(string file, CommandOutput output, CancellationToken cancellationToken)
    {
        if (file == "-")
        {
            if (!Console.IsInputRedirected)
            {
                output.Error.WriteLine("Paste the token, then Enter:");
            }

            string? line;
            do
            {
                line = await Console.In.ReadLineAsync(cancellationToken);
            }
            while (line is not null && string.IsNullOrWhiteSpace(line));
            return line ?? string.Empty;
        }

        try
        {
            return SecretText.FromFile(Path.GetFullPath(file));
        }
        catch (SecretMissingException missing)
        {
            throw new AgentException(ExitCode.Identity, missing.Message, missing);
        }
    }

    /// <summary>A region that lost its secret would send every case a second time under another identity: said before it does.</summary>
    private static async Task WarnOfOtherSecretAsync(HubDoor hub, AgentIdentity identity, CommandOutput output, CancellationToken cancellationToken)
    {
        try
        {
            if (await RegionStatusQuery.AskAsync(hub, identity, cancellationToken) is { StoredCases: > 0 and var cases })
            {
                output.Error.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"WARNING: the hub holds {cases:N0} cases of this region, made under another region.secret. Put that file from its backup in place of the new one before the first sync; otherwise the hub gets every case a second time."));
            }
        }
        catch (RpcException)
        {
            // Enrolled all the same; 'check' says what is wrong with the hub.
        }
    }

    private static Uri? Address(string? text) =>
        text is null ? null
        : Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttps ? address
        : throw new AgentException(ExitCode.Configuration, $"'--hub {text}' is no address. Write it as https://host:port.");
}
