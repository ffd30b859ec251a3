using System.CommandLine;
using System.CommandLine.Parsing;
using CallTracking.Contracts;
using CallTracking.Hub.Commands;
using CallTracking.Hub.Configuration;
using CallTracking.Privacy;
using Spectre.Console;

namespace CallTracking.Hub.Policies;

/// <summary><c>policy show|diff|test</c>: what rules do, without publishing anything.</summary>
internal static class PolicyLookCommands
{
    private static void RequireCountry(SymbolResult given)
    {
        if (given.Tokens is [{ Value: { Length: > 0 } text }] && !Iso3166.IsCode(text))
        {
            given.AddError($"'{text}' is no country: write ISO 3166 in capitals, {Iso3166.Instead(text)}.");
        }
    }

    public static Command CreateShow()
    {
        var country = new Argument<string>("country") { Description = "The customer's country, DE or US-CA." };
        var centre = new Option<string>("--centre") { Description = "The centre's country.", DefaultValueFactory = _ => "" };
        var collection = new Option<string>("--collection") { Description = "The country of collection.", DefaultValueFactory = _ => "" };
        var product = new Option<string>("--product") { Description = "A product category.", DefaultValueFactory = _ => "" };
        country.Validators.Add(RequireCountry);
        centre.Validators.Add(RequireCountry);
        collection.Validators.Add(RequireCountry);
        var (of, on) = (PolicyOptions.Of(), PolicyOptions.On());
        var command = new Command("show", "Shows what happens to each class of a case, and which law says so.") { country, centre, collection, product, of, on };
        command.SetHubAction(async (parsed, services, cancellationToken) =>
        {
            var (name, policies) = await services.GetRequiredService<PolicyChoice>().LoadAsync(parsed.GetValue(of)!, parsed.GetValue(on), cancellationToken);
            var reviews = await services.GetRequiredService<LawReviewStore>().LoadAsync(cancellationToken);
            var category = parsed.GetValue(product)!;
            var rules = policies.RulesFor(parsed.GetRequiredValue(country), parsed.GetValue(centre)!, parsed.GetValue(collection)!, category);
            Console.WriteLine($"{name}, as it holds on {policies.Day:O}");
            foreach (var law in rules.Jurisdictions.Select(code => policies.Jurisdictions.FirstOrDefault(law => law.Code == code)).OfType<JurisdictionInfo>())
            {
                Console.WriteLine($"{law.Code}: {law.Law}  [{reviews.StatusOf(law)}]");
            }

            Console.WriteLine($"Headquarters processes cases for {RuleWords.Purposes(policies.Hub)}.");
            if (rules.Residency is { } residency)
            {
                Console.WriteLine($"Records stay in the region: nothing below leaves, only counts from {residency.Least}.");
            }

            Screen.Open().Write(Table(rules, policies, category));
            return HubExit.Done;
        });
        return command;
    }

    public static Command CreateDiff()
    {
        var from = new Argument<string>("from") { Description = $"The policies before: {PolicyChoice.Words}.", DefaultValueFactory = _ => PolicyChoice.InForce };
        var to = new Argument<string>("to") { Description = "Those after. Default: draft.", DefaultValueFactory = _ => PolicyChoice.Draft };
        var on = PolicyOptions.On();
        var command = new Command("diff", "Shows what differs between two policies, in effects on what is stored.") { from, to, on };
        command.SetHubAction(async (parsed, services, cancellationToken) =>
        {
            var choice = services.GetRequiredService<PolicyChoice>();
            var (nameBefore, before) = await choice.LoadAsync(parsed.GetRequiredValue(from), parsed.GetValue(on), cancellationToken);
            var (nameAfter, after) = await choice.LoadAsync(parsed.GetRequiredValue(to), parsed.GetValue(on), cancellationToken);
            Console.WriteLine($"{nameBefore} to {nameAfter}, as they hold on {after.Day:O}");
            await PolicyOptions.WriteEffectsAsync(before, after, services, cancellationToken);
            return HubExit.Done;
        });
        return command;
    }

    public static Command CreateTest()
    {
        var files = new Argument<string[]>("files") { Description = "Files of examples. Default: every *.test.yaml of the folder.", Arity = ArgumentArity.ZeroOrMore };
        var (of, on) = (PolicyOptions.Of(PolicyChoice.Draft), PolicyOptions.On());
        var command = new Command("test", "Runs example cases through the rules of edge and hub and compares what comes out.") { files, of, on };
        command.SetHubAction(async (parsed, services, cancellationToken) =>
        {
            var (name, policies) = await services.GetRequiredService<PolicyChoice>().LoadAsync(parsed.GetValue(of)!, parsed.GetValue(on), cancellationToken);
            var folder = services.GetRequiredService<HubOptions>().PoliciesDirectory;
            var wanted = parsed.GetValue(files) is { Length: > 0 } given ? given : [.. Directory.EnumerateFiles(folder).Where(PolicyFolder.IsTrial).Order(StringComparer.Ordinal)];
            if (wanted.Length == 0)
            {
                throw new HubException($"No example is in {folder}: expected files that end in .test.yaml. Name others: calltracking-hub policy test FILE", HubExit.Usage);
            }

            return await RunAsync(wanted, name, policies, cancellationToken);
        });
        return command;
    }

    private static async Task<int> RunAsync(string[] files, string name, PolicySet policies, CancellationToken cancellationToken)
    {
        var (passed, failed, broken) = (0, 0, 0);
        foreach (var file in files)
        {
            if (!File.Exists(file))
            {
                throw new HubException($"There is no file {file}.", HubExit.Usage);
            }

            var document = new PolicyDocument { Name = Path.GetFileName(file), Yaml = await File.ReadAllTextAsync(file, cancellationToken) };
            var results = PolicyTrial.Run(document, policies, out var faults);
            broken += faults.Count;
            passed += results.Count(result => result.Failures.Count == 0);
            failed += results.Count(result => result.Failures.Count > 0);
            foreach (var fault in faults)
            {
                await Console.Error.WriteLineAsync(fault.ToString());
            }

            foreach (var result in results.Where(result => result.Failures.Count > 0))
            {
                Console.WriteLine($"FAILED  {result.Name}");
                foreach (var failure in result.Failures)
                {
                    Console.WriteLine($"  {failure}");
                }
            }
        }

        Console.WriteLine($"{passed} passed, {failed} failed under {name}, as it holds on {policies.Day:O}.");
        return broken > 0 ? HubExit.Usage : failed > 0 ? HubExit.Failed : HubExit.Done;
    }

    private static Table Table(CompiledRules rules, PolicySet policies, string category)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("class", "rule", "says", "article");
        foreach (var dataClass in Enum.GetValues<DataClass>().Where(c => c is not (DataClass.Unspecified or DataClass.Technical or DataClass.Inherited)))
        {
            var rule = rules[dataClass];
            var (law, source) = policies.Source(rule.Jurisdiction, dataClass, category);
            var notice = rules.Notices.FirstOrDefault(notice => notice.DataClass == dataClass);
            var article = notice?.Message ?? source?.Article ?? (law.Code == "default" ? "no document names it" : law.Article);
            string[] row = [DataClassNames.Of(dataClass), RuleWords.WithPlace(rule), law.Code, article];
            table.AddRow([.. row.Select(Markup.Escape)]);
        }

        return table;
    }
}
