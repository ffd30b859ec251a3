using System.CommandLine;
using CallTracking.Agent.Configuration;
using CallTracking.Agent.Dictionaries;
using CallTracking.Agent.Identity;
using CallTracking.Agent.Sources;
using CallTracking.Contracts;

namespace CallTracking.Agent.Commands;

/// <summary><c>dictionary</c>: the group's code tables as this region has them.</summary>
internal static class DictionaryCommand
{
    public static Command Build() => new("dictionary", AgentCommand.Describe("The group's code tables: what mappings look words up in.", "dictionary get product-models"))
    {
        BuildList(),
        BuildGet(),
    };

    /// <summary>
    /// The sources with their code tables, asked for anew unless offline; says of each which version is used and how old that knowledge is.
    /// </summary>
    /// <param name="right">Takes what is well.</param>
    /// <param name="warn">Takes what a person should know.</param>
    public static async Task<SourceLoad> LoadSourcesAsync(
        AgentSettings settings, bool offline, Action<string> right, Action<string> warn, CancellationToken cancellationToken)
    {
        var (tables, clock) = (new CodeTableCache(settings.State), TimeProvider.System);
        var load = SourceLoad.Of(settings, null, tables);
        var news = tables.Asked.Count == 0 || offline || !tables.IsEnrolled ? [] : await RefreshAsync(settings, tables, tables.Asked, cancellationToken);
        foreach (var name in tables.Asked)
        {
            if (news.FirstOrDefault(one => one.Name == name) is { Trouble: not null } troubled)
            {
                warn(CodeTableText.Of(troubled, tables.Look(name), clock.GetUtcNow())!);
            }
            else if (tables.Look(name) is { } kept)
            {
                right($"code table {name}: {CodeTableText.State(kept, clock.GetUtcNow())}");
            }
        }

        load = tables.HasNewer ? SourceLoad.Of(settings, null, tables) : load;
        load.Sources.SelectMany(source => source.HeldBack).Distinct().ToList().ForEach(held => warn(held.ToString()));
        return load;
    }

    private static Command BuildList()
    {
        var config = AgentCommand.ConfigOption();
        var command = new Command("list", AgentCommand.Describe("Show the code tables that the mappings name or headquarters pushed, as they are kept here.", "dictionary list")) { config };
        command.Does((parsed, output, _) =>
        {
            var settings = AgentWorkplace.LoadSettings(parsed.GetValue(config)!);
            var tables = new CodeTableCache(settings.State);
            var heldBack = SourceLoad.Of(settings, null, tables).Sources.SelectMany(source => source.HeldBack).Distinct();
            var allConcepts = tables.Concepts.ToList();
            var names = tables.Asked.Union(tables.Kept.Except(allConcepts.Select(concepts => concepts.Name))).ToList();
            foreach (var name in names)
            {
                var state = tables.Look(name) is { } kept ? CodeTableText.State(kept, TimeProvider.System.GetUtcNow()) : "never fetched";
                output.Out.WriteLine($"{name}  {state}{(tables.Asked.Contains(name) ? "" : "; no mapping names it")}");
            }

            heldBack.ToList().ForEach(output.Out.WriteLine);
            foreach (var concepts in allConcepts)
            {
                output.Out.WriteLine($"{concepts.Name}  concept dictionary, version {concepts.Version}, {concepts.Entries.Count} entries");
            }

            if (names.Count == 0)
            {
                output.Out.WriteLine("No mapping names a code table.");
            }

            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }

    private static Command BuildGet()
    {
        var config = AgentCommand.ConfigOption();
        var name = new Argument<string>("NAME") { Description = "The table's name, as headquarters calls it." };
        var output = new Option<string?>("--out") { Description = "The file. Default: NAME.dictionary.csv in this folder; put it beside a mapping to test it offline.", HelpName = "FILE" };
        var command = new Command("get", AgentCommand.Describe("Fetch a code table from the hub and write it as CSV.", "dictionary get product-models")) { name, output, config };
        command.Does(async (parsed, said, cancellationToken) =>
        {
            var settings = AgentWorkplace.LoadSettings(parsed.GetValue(config)!);
            var tables = new CodeTableCache(settings.State);
            SourceLoad.Of(settings, null, tables);
            var table = parsed.GetValue(name)!;
            var news = (await RefreshAsync(settings, tables, [table], cancellationToken))[0];
            if (tables.Find(table) is not { } content)
            {
                throw new AgentException(ExitCode.RunFailed, $"code table {table}: {news.Trouble}");
            }

            var path = parsed.GetValue(output) ?? $"{table}.dictionary.csv";
            await using (var writer = new StreamWriter(path))
            {
                CodeTableCsv.Write(writer, content.Entries);
            }

            if (news.Trouble is not null)
            {
                said.Error.WriteLine(CodeTableText.Of(news, tables.Look(table), TimeProvider.System.GetUtcNow()));
            }

            said.Out.WriteLine($"{path}: version {content.Version}");
            return ExitCode.Done;
        });
        return command;
    }

    private static async Task<IReadOnlyList<CodeTableNews>> RefreshAsync(
        AgentSettings settings, CodeTableCache tables, IEnumerable<string> names, CancellationToken cancellationToken)
    {
        try
        {
            using var identity = new IdentityStore(settings.State).Load();
            return await new CodeTableFetch(settings, identity, tables, TimeProvider.System).RefreshAsync(names, cancellationToken);
        }
        catch (AgentException unknown)
        {
            return [.. names.Select(name => new CodeTableNews(name, false, unknown.Message))];
        }
    }
}
