using CallTracking.Contracts;
using Google.Protobuf;

namespace CallTracking.Testing.Installations;

/// <summary>What makes a region.</summary>
/// <param name="Code">Two to eight capitals.</param>
/// <param name="Name">For people.</param>
/// <param name="Centre">Its support centre.</param>
/// <param name="Country">ISO 3166-1 of the centre.</param>
/// <param name="TimeZone">IANA name.</param>
/// <param name="Sources">Mapping files with the globs of the files that they read; relative globs are below the region's folder.</param>
public sealed record RegionSetup(
    string Code, string Name, string Centre, string Country, string TimeZone, IReadOnlyList<(string Mapping, string Files)> Sources)
{
    /// <summary>Further entries of <c>sources</c> as they stand in an agent.yaml, for those that are more than a mapping and files.</summary>
    public string SourceEntries { get; init; } = string.Empty;

    /// <summary>Whether its help desk is a PostgreSQL database: one is made, and <c>desk.connection</c> in the region's folder names it.</summary>
    public bool HasDatabase { get; init; }
}

/// <summary>What one <c>calltracking-agent sync</c> came to.</summary>
/// <param name="Program">Exit code and output.</param>
/// <param name="Report">The run report, null when the run ended before it had one.</param>
/// <param name="HubCount">The hub's own count of the run, null when the hub was not reached.</param>
public sealed record SyncResult(ProgramResult Program, RunReport? Report, RunReportAck? HubCount);

/// <summary>A region's folder with its agent's configuration, state and inbox.</summary>
public sealed class RegionInstallation(string folder, RegionSetup setup)
{
    private static readonly JsonParser Json = new(JsonParser.Settings.Default.WithIgnoreUnknownFields(true));

    public string Folder => folder;

    public RegionSetup Setup => setup;

    /// <summary>Where its help desk drops its exports.</summary>
    public string Inbox => Path.Combine(folder, "inbox");

    public string State => Path.Combine(folder, "state");

    public string Configuration => Path.Combine(folder, "agent.yaml");

    /// <summary>Added to the environment of every program of the region.</summary>
    public IReadOnlyDictionary<string, string?>? Environment { get; set; }

    private string ReportFile => Path.Combine(folder, "report.json");

    /// <summary>Runs a command of <c>calltracking-agent</c> and insists that it succeeds.</summary>
    /// <exception cref="InvalidOperationException">It failed; the message holds its output.</exception>
    public async Task<ProgramResult> RunAsync(params string[] arguments)
    {
        var result = await TryRunAsync(arguments);
        return result.ExitCode == 0
            ? result
            : throw new InvalidOperationException($"'calltracking-agent {arguments[0]}' of {setup.Code} answered {result.ExitCode}: {result.All.Trim()}");
    }

    /// <summary>Runs a command of <c>calltracking-agent</c> to its end, whatever that is.</summary>
    public Task<ProgramResult> TryRunAsync(params string[] arguments) =>
        ProgramRun.RunAsync(PublishedProgram.Agent, [.. arguments, "--config", Configuration], TimeSpan.FromMinutes(30), Environment);

    /// <summary>Starts one run without waiting: for tests that interfere with it.</summary>
    /// <param name="cgroupEntry">A file into which the process writes its id before it begins; null for none.</param>
    /// <param name="more">Further arguments of <c>sync</c>.</param>
    public ProgramRun StartSync(string? cgroupEntry = null, params string[] more)
    {
        File.Delete(ReportFile);
        string[] arguments = ["sync", "--config", Configuration, "--report", ReportFile, "--progress", "plain", .. more];
        return cgroupEntry is null
            ? ProgramRun.Start(PublishedProgram.Agent, arguments, Environment)
            : ProgramRun.Start("bash", ["-c", "echo $$ > \"$0\" && exec \"$@\"", cgroupEntry, PublishedProgram.Agent, .. arguments], Environment);
    }

    /// <summary>One run of the agent to its end.</summary>
    public async Task<SyncResult> SyncAsync(params string[] more)
    {
        await using var run = StartSync(cgroupEntry: null, more);
        return Result(await run.WaitForExitAsync(TimeSpan.FromMinutes(30)));
    }

    /// <summary>Reads the report that a run which has ended left.</summary>
    public SyncResult Result(ProgramResult program)
    {
        if (!File.Exists(ReportFile))
        {
            return new SyncResult(program, null, null);
        }

        using var document = System.Text.Json.JsonDocument.Parse(File.ReadAllText(ReportFile));
        return new SyncResult(
            program, Part<RunReport>(document.RootElement, "report"), Part<RunReportAck>(document.RootElement, "hub"));
    }

    /// <summary>Writes <c>agent.yaml</c> anew, for these addresses of the hub.</summary>
    public void WriteConfiguration(params IReadOnlyList<Uri> hubs)
    {
        Directory.CreateDirectory(Inbox);
        var sources = string.Concat(setup.Sources.Select(source => $"  - mapping: {source.Mapping}\n    files: {source.Files}\n    settle: 0\n"));
        File.WriteAllText(Configuration, $"""
            region: {setup.Code}
            centre: {setup.Centre}
            country: {setup.Country}
            hub: {(hubs.Count == 1 ? hubs[0].ToString() : $"[{string.Join(", ", hubs)}]")}
            state: ./state
            time_zone: {setup.TimeZone}
            sources:
            {sources}{setup.SourceEntries}
            """);
    }

    private static T? Part<T>(System.Text.Json.JsonElement run, string name)
        where T : class, IMessage<T>, new() =>
        run.TryGetProperty(name, out var part) && part.ValueKind == System.Text.Json.JsonValueKind.Object
            ? Json.Parse<T>(part.GetRawText())
            : null;
}
