using System.CommandLine;
using System.Net;
using CallTracking.Hub.Configuration;

namespace CallTracking.Hub.Commands;

internal static class ServeCommand
{
    public static Command Create()
    {
        var grpc = ListenOption("--grpc-listen", "Where agents connect, instead of hub.yaml's grpc.listen.");
        var web = ListenOption("--web-listen", "Where pages and REST are served, instead of hub.yaml's web.listen.");
        var addresses = new Option<string?>("--addresses-file")
        {
            Description = "Where to write down, as JSON, on which addresses it serves. Default: addresses.json in the state folder.",
        };
        var least = new Option<LogLevel?>("--log-level")
        {
            Description = "The least that is logged, by everything in the process: Trace, Debug, Information, Warning, Error or None. Default: Information, of libraries Warning.",
            HelpName = "LEVEL",
        };
        var command = new Command("serve", "Serves agents (gRPC over TLS) and people (web, REST) until it is stopped.") { grpc, web, addresses, least };
        command.SetAction((parsed, cancellationToken) => HubCommand.RunAsync(parsed, async options =>
        {
            var chosen = options with
            {
                GrpcListen = parsed.GetValue(grpc) ?? options.GrpcListen,
                WebListen = parsed.GetValue(web) ?? options.WebListen,
            };
            await using var hub = await HubHost.BuildAsync(chosen, builder => Log(builder.Logging, parsed.GetValue(least)), cancellationToken);
            await hub.StartAsync(cancellationToken);
            hub.WriteAddresses(parsed.GetValue(addresses) ?? Path.Combine(chosen.StateDirectory, HubHost.AddressesFile));
            foreach (var line in hub.Announcement)
            {
                Console.WriteLine(line);
            }

            await hub.WaitForShutdownAsync(cancellationToken);
            return HubExit.Done;
        }));
        return command;
    }

    // Rules of the same names that come later take the place of the host's own.
    private static void Log(ILoggingBuilder logging, LogLevel? least)
    {
        if (least is { } level)
        {
            logging.SetMinimumLevel(level).AddFilter("Microsoft", level).AddFilter("Npgsql", level).AddFilter("Quartz", level);
        }
    }

    private static Option<IPEndPoint?> ListenOption(string name, string description) => new(name)
    {
        Description = description + " Port 0: the system chooses.",
        HelpName = "address:port",
        CustomParser = result =>
        {
            if (HubYaml.TryParseListen(result.Tokens[0].Value, out var endpoint))
            {
                return endpoint;
            }

            result.AddError($"{name}: expected address:port such as 127.0.0.1:5443, found '{result.Tokens[0].Value}'.");
            return null;
        },
    };
}
