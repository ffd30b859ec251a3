using System.CommandLine;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using CallTracking.Agent.Configuration;
using CallTracking.Agent.Sources;
using CallTracking.Agent.Tap;

namespace CallTracking.Agent.Commands;

/// <summary><c>tap</c>: rows and cases of a sync that runs in another process, as they pass.</summary>
internal static class TapCommand
{
    private const string About = """
        Show rows and the cases that they become, live, while a sync runs in another process on this machine.

          Personal data of your own files, before redaction, on your terminal only: nothing is written to a file or a log, and only
          the user under whom the agent runs can look. The sync never waits: what you are too slow for is dropped and counted.
          Ends when the sync, or the service 'run', does.
        """;

    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(100);

    public static Command Build()
    {
        var config = AgentCommand.ConfigOption();
        var source = new Argument<string?>("SOURCE") { Description = "Only the source of this name.", Arity = ArgumentArity.ZeroOrOne };
        var stage = new Option<string>("--stage") { Description = "Rows as they stand in the source, cases before redaction, or both.", DefaultValueFactory = _ => "both" };
        stage.AcceptOnlyFromAmong("row", "case", "both");
        var sample = new Option<string>("--sample") { Description = "One row of N.", HelpName = "1/N", DefaultValueFactory = _ => "1/1" };
        var limit = AgentCommand.CountOption("--limit", "-n", "End after so many; without it when the sync ends.", int.MaxValue);
        var format = new Option<string>("--format") { Description = "How to show it.", DefaultValueFactory = _ => "table" };
        format.AcceptOnlyFromAmong("table", "jsonl");
        var wait = new Option<string>("--wait") { Description = "How long to wait for a sync to begin: 30s, 15m, 2h.", HelpName = "TIME", DefaultValueFactory = _ => "0" };
        var command = new Command("tap", AgentCommand.Describe(About.ReplaceLineEndings(), "tap helpdesk --stage case --sample 1/1000")) { source, config, stage, sample, limit, format, wait };
        command.Does(async (parsed, output, cancellationToken) =>
        {
            var settings = AgentWorkplace.LoadSettings(parsed.GetValue(config)!);
            var name = parsed.GetValue(source);
            SourceChoice.Of(SourceLoad.Of(settings).Sources, name is null ? [] : [name]);
            var stages = parsed.GetValue(stage);
            var request = new TapRequest(name, stages != "case", stages != "row", ParseSample(parsed.GetValue(sample)!));
            var writer = new TapWriter(output.Out, parsed.GetValue(format) == "table");
            using var socket = await ConnectAsync(settings, ParseWait(parsed.GetValue(wait)!), cancellationToken);
            await ShowAsync(socket, request, writer, parsed.GetValue(limit), cancellationToken);
            output.Error.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{writer.Shown:N0} shown{(writer.Dropped > 0 ? $", {writer.Dropped:N0} dropped: the sync does not wait; --sample 1/N takes fewer" : string.Empty)}"));
            return ExitCode.Done;
        });
        return command;
    }

    private static async Task ShowAsync(Socket socket, TapRequest request, TapWriter writer, int limit, CancellationToken cancellationToken)
    {
        await using var stream = new NetworkStream(socket);
        await stream.WriteAsync(request.ToLine(), cancellationToken);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        try
        {
            while (writer.Shown < limit && await reader.ReadLineAsync(cancellationToken) is { } line)
            {
                writer.Write(line);
            }
        }
        catch (IOException)
        {
            // The sync ended without a last word.
        }
    }

    private static async Task<Socket> ConnectAsync(AgentSettings settings, TimeSpan wait, CancellationToken cancellationToken)
    {
        var path = TapSocket.PathOf(settings);
        if (!TapSocket.IsPossible(path))
        {
            throw new AgentException(ExitCode.Configuration, $"The path {path} is too long for a socket: name a shorter 'state' in agent.yaml.");
        }

        var until = TimeProvider.System.GetUtcNow() + wait;
        while (true)
        {
            var socket = TapSocket.New();
            try
            {
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken);
                return socket;
            }
            catch (SocketException refused)
            {
                socket.Dispose();
                if (refused.SocketErrorCode == SocketError.AccessDenied)
                {
                    throw new AgentException(ExitCode.Configuration, $"{path} is not for this user ({Environment.UserName}): only the user under whom the agent runs may watch.", refused);
                }

                if (TimeProvider.System.GetUtcNow() >= until)
                {
                    throw new AgentException(ExitCode.Configuration, $"No sync is at work on {settings.StateDirectory}. Start one, or wait for it: --wait 2h.", refused);
                }
            }

            await Task.Delay(Between, cancellationToken);
        }
    }

    private static int ParseSample(string text) =>
        text.StartsWith("1/", StringComparison.Ordinal) && int.TryParse(text.AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture, out var every) && every > 0
            ? every
            : throw new AgentException(ExitCode.Configuration, $"'--sample {text}' is no share. Write 1/1000 for one row of a thousand.");

    private static TimeSpan ParseWait(string text) => text == "0" ? TimeSpan.Zero
        : Amounts.TryParseDuration(text, out var wait) ? wait
        : throw new AgentException(ExitCode.Configuration, $"'--wait {text}' is no time. Write 30s, 15m or 2h.");
}
