using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using CallTracking.Agent.Commands;
using CallTracking.Agent.Tap;
using CallTracking.Agent.Tests.Sync;
using CallTracking.Mapping;
using CallTracking.Testing;
using Xunit;

namespace CallTracking.Agent.Tests.Tap;

/// <summary><c>tap</c>: rows and cases of a sync in another process, live, for the agent's own user, without holding the sync.</summary>
public sealed class TapTests
{
    private const int Rows = 6000;

    [Fact]
    public async Task Tap_SyncInAnotherProcess_ShowsRowsAndCasesWhileItRuns()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.Write(AgentBench.Rows(Rows));
        await using var tap = AgentProgram.Start("tap", "desk", "--sample", "1/10", "--limit", "6", "--format", "jsonl", "--wait", "60s", "--config", agent.Config);
        await using var sync = AgentProgram.Start("sync", "--config", agent.Config, "--progress", "none");

        var synced = await sync.WaitForExitAsync(TimeSpan.FromSeconds(90));
        var tapped = await tap.WaitForExitAsync(TimeSpan.FromSeconds(30));

        Assert.Equal((0, 0), (synced.ExitCode, tapped.ExitCode));
        var lines = tapped.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!).ToList();
        Assert.Equal(["case", "row"], lines.Select(line => (string)line["stage"]!).Distinct().Order(StringComparer.Ordinal));
        Assert.All(lines, line => Assert.Equal("desk", (string)line["source"]!));
        var rows = lines.Where(line => (string)line["stage"]! == "row").ToList();
        Assert.All(rows.Zip(rows.Skip(1)), pair => Assert.Equal(10, (long)pair.Second["row"]! - (long)pair.First["row"]!));
        Assert.Contains("It hums", (string)rows[0]["local"]!, StringComparison.Ordinal);
        Assert.Equal((string)rows[0]["row"]!.ToJsonString(), lines.First(line => (string)line["stage"]! == "case")["row"]!.ToJsonString());
        Assert.DoesNotContain("It hums", synced.All, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(agent.State, "tap.sock")));
    }

    [Theory]
    [InlineData("Stopped.", "tap", "--wait", "1h")]
    [InlineData(AgentCommand.SyncStopped, "sync")]
    public async Task Command_ThatIsStopped_PromisesANextSyncOnlyWhereOneGoesOn(string words, params string[] arguments)
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        using var error = new StringWriter();
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();

        var code = await AgentCommand.Build().Parse([.. arguments, "--config", agent.Config])
            .InvokeAsync(new System.CommandLine.InvocationConfiguration { Output = TextWriter.Null, Error = error }, stop.Token);

        Assert.Equal((ExitCode.Interrupted, words), ((ExitCode)code, error.ToString().TrimEnd()));
    }

    [Fact]
    public async Task Tap_WatcherThatNeverReads_DoesNotHoldTheSync()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.Write(AgentBench.Rows(Rows));
        var sync = Task.Run(() => agent.NightAsync());
        using var hanging = await ConnectAsync(Path.Combine(agent.State, "tap.sock"));
        await hanging.SendAsync(new TapRequest(null, true, true, 1).ToLine());

        var report = await sync;

        Assert.Equal((ulong)Rows, report.Rows);
    }

    [Fact]
    public async Task Show_MoreThanTheWatcherTakes_DropsAndSaysHowMany()
    {
        using var folder = new TempFolder();
        var tap = new RowTap();
        using var listener = TapListener.Start(tap, folder.File("t.sock"))!;
        using var socket = await ConnectAsync(folder.File("t.sock"));
        await socket.SendAsync(new TapRequest(null, true, false, 1).ToLine());
        await Eventually.TrueAsync(() => tap.IsWatched);
        const int Shown = 20_000;
        for (var row = 1; row <= Shown; row++)
        {
            tap.Show("desk", new RowOutcome.Blank(new RowPosition("f", row, row, 0)), _ => "x");
        }

        var lines = await ReadAsync(socket, "dropped");
        var dropped = (long)lines.Last(line => (string)line["stage"]! == "dropped")["count"]!;

        Assert.InRange(dropped, 1, Shown - 1);
    }

    [Fact]
    public async Task Watch_LeavesOrAsksForNothingSensible_IsForgotten()
    {
        using var folder = new TempFolder();
        var tap = new RowTap();
        using var listener = TapListener.Start(tap, folder.File("t.sock"))!;
        using (var nonsense = await ConnectAsync(folder.File("t.sock")))
        {
            await nonsense.SendAsync("{\"Every\":0}\n"u8.ToArray());
            Assert.Equal(0, await nonsense.ReceiveAsync(new byte[100]));
        }

        using (var leaving = await ConnectAsync(folder.File("t.sock")))
        {
            await leaving.SendAsync(new TapRequest("other", true, false, 1).ToLine());
            await Eventually.TrueAsync(() => tap.IsWatched);
        }

        await Eventually.TrueAsync(() => !tap.IsWatched);
    }

    [Fact]
    public async Task Listen_CrowdThatSaysNothing_IsHeldToAFewAndLetsTheNextIn()
    {
        using var folder = new TempFolder();
        var tap = new RowTap();
        await File.WriteAllTextAsync(folder.File("t.sock"), "what a killed sync left");
        using var listener = TapListener.Start(tap, folder.File("t.sock"))!;
        var crowd = new List<Socket>();
        for (var one = 0; one < 300; one++)
        {
            crowd.Add(await ConnectAsync(folder.File("t.sock")));
            Assert.InRange(listener.Served, 0, 4 * RowTap.MostWatchers);
        }

        crowd.ForEach(one => one.Dispose());
        await Eventually.TrueAsync(() => listener.Served == 0);
        using var watching = await ConnectAsync(folder.File("t.sock"));
        await watching.SendAsync(new TapRequest(null, true, false, 1).ToLine());

        await Eventually.TrueAsync(() => tap.IsWatched);
    }

    [Fact]
    public void Start_WhereNoSocketCanBe_IsNoFailure()
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder.File("t.sock"));

        Assert.Null(TapListener.Start(new RowTap(), folder.File("t.sock")));
        Assert.Null(TapListener.Start(new RowTap(), folder.File(new string('x', 100))));
        Assert.Null(TapListener.Start(new RowTap(), folder.File("none/t.sock")));
    }

    [Fact]
    public async Task Socket_AnotherUser_IsRefusedByTheSystem()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        // Below no private folder, so that the socket's own mode decides.
        var folder = Directory.CreateTempSubdirectory("ct-tap-");
        try
        {
            File.SetUnixFileMode(folder.FullName, (UnixFileMode)0b111_101_101);
            var path = Path.Combine(folder.FullName, "t.sock");
            using var listener = TapListener.Start(new RowTap(), path)!;
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
            if (Environment.UserName == "root" && File.Exists("/usr/bin/setpriv") && File.Exists("/usr/bin/perl"))
            {
                const string Connect = "use Socket; use Errno 'EACCES'; socket(S, AF_UNIX, SOCK_STREAM, 0); print connect(S, sockaddr_un($ARGV[0])) ? 'in' : $! == EACCES ? 'refused' : 'failed'; print \"\\n\"";
                await using var other = ProgramRun.Start("setpriv", ["--reuid=65534", "--regid=65534", "--clear-groups", "/usr/bin/perl", "-e", Connect, path]);
                Assert.Equal("refused\n", (await other.WaitForExitAsync(TimeSpan.FromSeconds(30))).Output);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("No sync is at work")]
    [InlineData("is no share", "--sample", "10")]
    [InlineData("Use one of desk", "dsk")]
    public async Task Tap_ThatCannotBe_SaysWhyAndWhatToDo(string text, params string[] arguments)
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);

        var (code, _, error) = await AgentProgram.RunAsync(["tap", .. arguments, "--config", agent.Config]);

        Assert.Equal(ExitCode.Configuration, code);
        Assert.Contains(text, error, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_Table_ShowsTheRowBesideItsCase()
    {
        using var output = new StringWriter();
        var writer = new TapWriter(output, isTable: true);

        writer.Write("""{"stage":"row","source":"desk","file":"a.csv","row":3,"outcome":"rejected","reason":"bad-time","local":"C3;soon"}""");
        writer.Write("""{"stage":"case","source":"desk","file":"a.csv","row":4,"case":{"subject":"x"}}""");
        writer.Write("""{"stage":"dropped","count":7}""");

        Assert.Contains("── desk a.csv: row 3 is rejected (bad-time)", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("\"subject\": \"x\"", output.ToString(), StringComparison.Ordinal);
        Assert.Equal((2, 7L), (writer.Shown, writer.Dropped));
    }

    private static async Task<Socket> ConnectAsync(string path)
    {
        for (var since = Stopwatch.StartNew(); ;)
        {
            var socket = TapSocket.New();
            try
            {
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(path));
                return socket;
            }
            catch (SocketException) when (since.Elapsed < TimeSpan.FromSeconds(30))
            {
                socket.Dispose();
                await Task.Delay(5);
            }
        }
    }

    private static async Task<List<JsonNode>> ReadAsync(Socket socket, string until)
    {
        var lines = new List<JsonNode>();
        await using var stream = new NetworkStream(socket);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (await reader.ReadLineAsync(limit.Token) is { } line)
        {
            lines.Add(JsonNode.Parse(line)!);
            if ((string)lines[^1]["stage"]! == until)
            {
                break;
            }
        }

        return lines;
    }
}
