using System.CommandLine;
using CallTracking.Hub.Commands;
using CallTracking.Privacy;
using Spectre.Console;

namespace CallTracking.Hub.Policies;

/// <summary><c>policy law list|show|diff|review</c>: what law the documents know, since when, and who reviewed it.</summary>
internal static class LawCommands
{
    public static Command Create() => new("law", "The laws behind the rules.") { CreateList(), CreateShow(), CreateDiff(), CreateReview() };

    private static Command CreateList()
    {
        var (of, on) = (PolicyOptions.Of(), PolicyOptions.On());
        var command = new Command("list", "Shows every law that the policies know, whether it is in force, and whether counsel reviewed it.") { of, on };
        command.SetHubAction(async (parsed, services, cancellationToken) =>
        {
            var (_, policies) = await services.GetRequiredService<PolicyChoice>().LoadAsync(parsed.GetValue(of)!, parsed.GetValue(on), cancellationToken);
            var reviews = await services.GetRequiredService<LawReviewStore>().LoadAsync(cancellationToken);
            var table = new Table().Border(TableBorder.Simple).AddColumns("code", "where", "law", "in force", "basis", "review");
            foreach (var law in policies.Jurisdictions.OrderBy(law => law.Code, StringComparer.Ordinal))
            {
                var where = law.Countries.Count > 4 ? $"{law.Countries.Count} countries" : string.Join(", ", law.Countries);
                string[] row = [law.Code, where, law.Law, LawText.Days(law, policies), law.Basis, reviews.StatusOf(law)];
                table.AddRow([.. row.Select(Markup.Escape)]);
            }

            Screen.Open().Write(table);
            return HubExit.Done;
        });
        return command;
    }

    private static Command CreateShow()
    {
        var code = new Argument<string>("code") { Description = "A jurisdiction (cl) or a country (CL)." };
        var (of, on) = (PolicyOptions.Of(), PolicyOptions.On());
        var yaml = new Option<bool>("--yaml") { Description = "Writes its document as it stands, to copy into the folder of policies under the same name. --of packs for the one that comes with the program." };
        var command = new Command("show", "Shows one law: days, deadlines, localisation, what others may loosen, rules, retention.") { code, of, on, yaml };
        command.SetHubAction(async (parsed, services, cancellationToken) =>
        {
            var (_, policies) = await services.GetRequiredService<PolicyChoice>().LoadAsync(parsed.GetValue(of)!, parsed.GetValue(on), cancellationToken);
            var law = Require(policies, parsed.GetRequiredValue(code));
            if (parsed.GetValue(yaml))
            {
                Console.Write(law.Text);
                var place = PolicySet.BuiltInPacks.Any(pack => pack.Name == law.File) ? ": there it takes the place of the pack of that name" : "";
                await Console.Error.WriteLineAsync($"Save it as {law.File} in the folder of policies{place}.");
                return HubExit.Done;
            }

            var reviews = await services.GetRequiredService<LawReviewStore>().LoadAsync(cancellationToken);
            foreach (var line in LawText.Lines(law, policies, reviews))
            {
                Console.WriteLine(line);
            }

            return HubExit.Done;
        });
        return command;
    }

    private static Command CreateDiff()
    {
        var from = PolicyOptions.Day("from", "The first day, 2026-11-30.");
        var to = PolicyOptions.Day("to", "The second day, 2026-12-01.");
        var of = PolicyOptions.Of();
        var command = new Command("diff", "Shows what differs between two days, in effects on what is stored.") { from, to, of };
        command.SetHubAction(async (parsed, services, cancellationToken) =>
        {
            var (name, before) = await services.GetRequiredService<PolicyChoice>().LoadAsync(parsed.GetValue(of)!, parsed.GetValue(from), cancellationToken);
            Console.WriteLine($"{name}, {parsed.GetValue(from):O} to {parsed.GetValue(to):O}");
            await PolicyOptions.WriteEffectsAsync(before, before.On(parsed.GetValue(to)), services, cancellationToken);
            return HubExit.Done;
        });
        return command;
    }

    private static Command CreateReview()
    {
        var code = new Argument<string>("code") { Description = "A jurisdiction (cl) or a country (CL)." };
        var by = PersonOptions.RequiredBy("Who reviewed it.");
        var note = PersonOptions.Note("What they found; stands wherever the law is used.");
        var of = PolicyOptions.Of();
        var command = new Command("review", "Records that a person reviewed a law's document. It holds for its text as it is now.") { code, by, note, of };
        command.SetHubAction(async (parsed, services, cancellationToken) =>
        {
            var (name, policies) = await services.GetRequiredService<PolicyChoice>().LoadAsync(parsed.GetValue(of)!, null, cancellationToken);
            var law = Require(policies, parsed.GetRequiredValue(code));
            var review = new LawReview(parsed.GetRequiredValue(by), services.GetRequiredService<TimeProvider>().GetUtcNow(), parsed.GetRequiredValue(note));
            await services.GetRequiredService<LawReviewStore>().AddAsync(law, review, cancellationToken);
            Console.WriteLine($"{law.Code} of {name}: reviewed by {review.By}. It holds until the document's text changes.");
            return HubExit.Done;
        });
        return command;
    }

    private static JurisdictionInfo Require(PolicySet policies, string code) =>
        policies.Jurisdictions.FirstOrDefault(law => law.Code == code)
        ?? policies.Jurisdictions.FirstOrDefault(law => law.Countries.Contains(code))
        ?? throw new HubException($"No document is called '{code}' or holds there. Known: {string.Join(", ", policies.Jurisdictions.Select(law => law.Code).Order(StringComparer.Ordinal))}.", HubExit.Usage);
}
