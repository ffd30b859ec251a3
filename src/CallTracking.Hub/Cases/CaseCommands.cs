using System.CommandLine;
using CallTracking.Contracts;
using CallTracking.Hub.Access;
using CallTracking.Hub.Commands;
using Npgsql;

namespace CallTracking.Hub.Cases;

/// <summary><c>cases</c>: the analyst's questions from a shell. Filters have the same names as in URLs.</summary>
internal static class CaseCommands
{
    // As lists write numbers that became pseudonyms.
    private const string PseudonymPrefix = "pseudonym:";

    private const int MostShown = 10;

    public static Command Create() => new("cases", "Looks at the stored cases.") { CreateQuery(), CreateShow(), CreateExplain(), CreateVerify(), CreateBacklog() };

    private static Command CreateQuery()
    {
        var options = new ParameterOptions();
        var command = new Command("query", "Lists cases, or counts them: --by country,category answers how many there are where and of what.");
        options.AddTo(command, CaseFilterParameters.Names);
        options.AddTo(command, "by", $"Count instead of list, by up to {CaseCounts.MaxFields} of {string.Join(", ", CaseCounts.Fields.Keys)}; month is that of opening, by UTC.");
        options.AddTo(command, "format", "table, csv or jsonl. Default: table.");
        options.AddTo(command, "limit", "At most so many rows; 0 for all. Default: 50 as a table, else all.");
        command.SetHubAction(async (parsed, services, cancellationToken) =>
        {
            var reader = options.Read(parsed);
            var filter = CaseFilterParameters.Read(reader);
            var format = reader.Word("format", "table", "csv", "jsonl") ?? "table";
            var limit = reader.Number("limit", 0, int.MaxValue) ?? (format == "table" ? 50 : 0);
            var by = reader.Texts("by").Count > 0 ? CaseQuestion.ReadBy(reader) : [];
            if (by.Count > 0 && format == "jsonl")
            {
                reader.Fault("format", format, "table or csv for counts");
            }

            if (TellFaults(reader))
            {
                return HubExit.Usage;
            }

            await TellUnknownRegionsAsync(filter.Regions, services, cancellationToken);
            var look = new CaseLook("cases query", string.Empty, filter);
            var output = new CaseOutput(Screen.Open(), Console.Out) { Look = look };
            return await NotedAsync(look, services, () => by.Count > 0
                ? output.CountAsync(services.GetRequiredService<CaseCounts>(), filter, by, format, limit, cancellationToken)
                : output.ListAsync(services.GetRequiredService<CaseStore>(), filter, format, limit, cancellationToken));
        });
        return command;
    }

    // An empty list looks like a quiet region, and is also what a typing error gives.
    private static async Task TellUnknownRegionsAsync(IEnumerable<string> asked, IServiceProvider services, CancellationToken cancellationToken)
    {
        var wanted = asked.ToList();
        if (wanted.Count == 0)
        {
            return;
        }

        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        var known = (await services.GetRequiredService<RegionStore>().ListAsync(now, cancellationToken)).Select(row => row.Code.Value).ToList();
        foreach (var stranger in wanted.Except(known, StringComparer.Ordinal))
        {
            await Console.Error.WriteLineAsync($"--region: no region {stranger} is known. Known: {string.Join(", ", known)}.");
        }
    }

    private static Command CreateShow()
    {
        var uid = CreateUid();
        var command = new Command("show", "Shows one case as the hub holds it, as JSON.") { uid };
        command.SetHubAction(async (parsed, services, cancellationToken) =>
        {
            await CaseOutput.WriteIndentedAsync(Console.Out, await RequireAsync("cases show", parsed.GetValue(uid), services, cancellationToken));
            return HubExit.Done;
        });
        return command;
    }

    private static Command CreateExplain()
    {
        var uid = CreateUid();
        var command = new Command("explain", "Says what was done to a case, by which law and article, and until when it is kept.") { uid };
        command.SetHubAction(async (parsed, services, cancellationToken) =>
        {
            var stored = await RequireAsync("cases explain", parsed.GetValue(uid), services, cancellationToken);
            foreach (var line in await services.GetRequiredService<CaseExplanation>().OfAsync(stored, cancellationToken))
            {
                Console.WriteLine(line);
            }

            return HubExit.Done;
        });
        return command;
    }

    private static Command CreateVerify()
    {
        var regions = new Option<string[]>("--region") { Description = "Only cases of these regions. Default: all.", Arity = ArgumentArity.OneOrMore, AllowMultipleArgumentsPerToken = true };
        var unsealed = new Option<bool>("--allow-unsealed") { Description = "Cases without a seal are counted and pass." };
        var command = new Command("verify", """
            Looks whether stored cases, with their receipts, are as the hub wrote them.

            Each case has a seal under a key in the state folder, which the database does not know. A case that was written to in the
            database by anyone else is named, and so is a column that says something else than the case.

            A case without a seal counts as changed, since anyone could have taken the seal away. In a database from before there were seals, whose
            cases get theirs when their regions send them again, --allow-unsealed lets them pass: then nothing is known of them.

            Exit codes: 0 all are, 1 some are not
            """) { regions, unsealed };
        command.SetHubAction(async (parsed, services, cancellationToken) =>
        {
            var wanted = parsed.GetValue(regions) ?? [];
            await TellUnknownRegionsAsync(wanted, services, cancellationToken);
            var mayLack = parsed.GetValue(unsealed);
            var found = await services.GetRequiredService<CaseVerification>().RunAsync(wanted, Tell, cancellationToken);
            Console.WriteLine(FormattableString.Invariant($"{found.Cases:N0} cases: {found.Sealed:N0} as written, {found.Broken:N0} not, {found.Unsealed:N0} without a seal."));
            return found.Broken > 0 || (found.Unsealed > 0 && !mayLack) ? HubExit.Failed : HubExit.Done;

            void Tell(BrokenCase broken)
            {
                if (!mayLack || broken.HasSeal)
                {
                    Console.WriteLine($"{broken.Uid}  region {broken.Region}: {broken.What}");
                }
            }
        });
        return command;
    }

    private static Argument<string> CreateUid() => new("key")
    {
        Description = "The case's uid, 32 hexadecimal digits as lists write them; or its number as headquarters holds it: clear, coarser, or a pseudonym.",
    };

    private static async Task<int> NotedAsync(CaseLook look, IServiceProvider services, Func<Task<int>> answer)
    {
        var isAnswered = false;
        try
        {
            var exit = await answer();
            isAnswered = true;
            return exit;
        }
        finally
        {
            // What failed before anything was shown is told as what it is.
            if (isAnswered || look.HasGiven)
            {
                await look.NoteAsync(services.GetRequiredService<NpgsqlDataSource>(), services.GetRequiredService<ILogger<CaseLook>>());
            }
        }
    }

    private static async Task<StoredCase> RequireAsync(string way, string? key, IServiceProvider services, CancellationToken cancellationToken)
    {
        var found = await FindAsync(key, services, cancellationToken);
        var look = new CaseLook(way, CaseUid.FromBytes(found.Case.CaseUid.Span).ToString(), null);
        look.Give(1);
        await look.NoteAsync(services.GetRequiredService<NpgsqlDataSource>(), services.GetRequiredService<ILogger<CaseLook>>());
        return found;
    }

    private static async Task<StoredCase> FindAsync(string? key, IServiceProvider services, CancellationToken cancellationToken)
    {
        var (store, wanted) = (services.GetRequiredService<CaseStore>(), key?.Trim() is { } given && given.StartsWith(PseudonymPrefix, StringComparison.Ordinal) ? given[PseudonymPrefix.Length..] : key?.Trim() ?? "");
        if (wanted.Length == 0)
        {
            throw new HubException("key: expected a case's uid (32 hexadecimal digits, as 'cases query' writes them) or its number.", HubExit.Usage);
        }

        if (CaseUid.TryParse(wanted, out var asked) && await store.FindAsync(asked, CaseScope.AllRegions, cancellationToken) is { } found)
        {
            return found;
        }

        var numbered = await store.FindByNumberAsync(wanted, CaseScope.AllRegions, MostShown, cancellationToken);
        return numbered.Count switch
        {
            1 => numbered[0],
            0 => throw new HubException(
                $"There is no case {wanted}, neither by uid nor by number: the hub never had it, or it expired, was erased or is gone from its source. Where numbers become pseudonyms, the region finds its uid: calltracking-agent trace NUMBER."),
            _ => throw new HubException(
                $"{numbered.Count} cases have the number {wanted}. Name one by its uid: {string.Join(", ", numbered.Select(stored => $"{CaseUid.FromBytes(stored.Case.CaseUid.Span)} ({stored.Case.Region})"))}.", HubExit.Usage),
        };
    }

    private static Command CreateBacklog()
    {
        var options = new ParameterOptions();
        var command = new Command("backlog", "Counts from the history how many cases were open at each instant.");
        options.AddTo(command, "region", CaseFilterParameters.Names["region"]);
        options.AddTo(command, "from", "The first day or instant.");
        options.AddTo(command, "until", "The last one. Default: now.");
        options.AddTo(command, "every", "hour, day or week. Default: day.");
        options.AddTo(command, "format", "table or csv. Default: table.");
        command.SetHubAction((parsed, services, cancellationToken) =>
        {
            var reader = options.Read(parsed);
            var question = CaseQuestion.ReadBacklog(reader, services.GetRequiredService<TimeProvider>().GetUtcNow());
            var format = reader.Word("format", "table", "csv") ?? "table";
            return TellFaults(reader)
                ? Task.FromResult(HubExit.Usage)
                : NotedAsync(new CaseLook("cases backlog", string.Empty, new CaseFilter { Regions = { question.Regions } }), services, () => new CaseOutput(Screen.Open(), Console.Out).BacklogAsync(services.GetRequiredService<BacklogStore>(), question, format, cancellationToken));
        });
        return command;
    }

    private static bool TellFaults(ParameterReader reader)
    {
        var faults = reader.Finish();
        foreach (var fault in faults)
        {
            Console.Error.WriteLine($"--{fault.Parameter.Replace('_', '-')}: found '{fault.Value}', expected {fault.Expected}.");
        }

        return faults.Count > 0;
    }

    /// <summary>Options whose values are read like the parameters of a URL: <c>opened_from</c> is <c>--opened-from</c>.</summary>
    private sealed class ParameterOptions
    {
        private readonly Dictionary<string, Option<string[]>> _options = new(StringComparer.Ordinal);

        public void AddTo(Command command, IReadOnlyDictionary<string, string> names)
        {
            foreach (var (name, description) in names)
            {
                AddTo(command, name, description);
            }
        }

        public void AddTo(Command command, string name, string description)
        {
            var option = new Option<string[]>("--" + name.Replace('_', '-')) { Description = description, Arity = ArgumentArity.OneOrMore };
            _options.Add(name, option);
            command.Options.Add(option);
        }

        public ParameterReader Read(ParseResult parsed) => new(_options
            .Select(pair => (pair.Key, Values: parsed.GetValue(pair.Value) ?? []))
            .Where(pair => pair.Values.Length > 0)
            .ToDictionary(pair => pair.Key, pair => (IReadOnlyList<string>)pair.Values, StringComparer.Ordinal));
    }
}
