using System.CommandLine;
using CallTracking.Agent.Configuration;
using CallTracking.Agent.Identity;
using CallTracking.Contracts;
using CallTracking.Privacy;

namespace CallTracking.Agent.Commands;

/// <summary>
/// <c>keys resolve</c>: the pseudonyms of values, of all key versions, so that the region finds a person's cases at headquarters whatever was rotated
/// since. Values come by standard input: an argument would stand in lists of processes and in the shell's history.
/// </summary>
internal static class ResolveCommand
{
    private const int LongestValue = 1000;

    public static Command Build()
    {
        var config = AgentCommand.ConfigOption();
        var dataClass = new Option<string>("--class") { Description = "The class of the values: email, phone, name, customer_number …", HelpName = "CLASS", Required = true };
        var purpose = new Option<string>("--purpose") { Description = "The purpose that the policy's rule names.", HelpName = "PURPOSE", Required = true };
        var country = new Option<string?>("--country") { Description = "Reads national phone numbers; the region's own by default.", HelpName = "CC" };
        var command = new Command("resolve", AgentCommand.Describe("Read values, one a line, from standard input; write their pseudonyms, newest key version first.", "keys resolve --class email --purpose customer-link < addresses.txt"))
        {
            config, dataClass, purpose, country,
        };
        command.Does(async (parsed, output, cancellationToken) =>
        {
            var settings = AgentWorkplace.LoadSettings(parsed.GetValue(config)!);
            if (!DataClassNames.TryParse(parsed.GetValue(dataClass)!, out var named))
            {
                throw new AgentException(ExitCode.Configuration, $"'--class {parsed.GetValue(dataClass)}' is no data class. Write email, phone, name, customer_number or another that policies name.");
            }

            var keys = new RegionSecret(settings.State).Load(settings.Region);
            WarnOfPurpose(settings, keys, named, parsed.GetValue(purpose)!, output);
            output.Out.WriteLine("line\tversion\tpseudonym");
            for (var line = 1; await Console.In.ReadLineAsync(cancellationToken) is { } value; line++)
            {
                var pseudonyms = value.Length > LongestValue ? [] : keys.AllPseudonyms(named, value, parsed.GetValue(purpose)!, parsed.GetValue(country) ?? settings.Country);
                foreach (var pseudonym in pseudonyms)
                {
                    output.Out.WriteLine(FormattableString.Invariant($"{line}\t{pseudonym.KeyVersion}\t{Convert.ToHexStringLower(pseudonym.Value.Span)}"));
                }

                if (pseudonyms.Count == 0)
                {
                    output.Error.WriteLine(FormattableString.Invariant($"line {line}: nothing that a pseudonym can be made of"));
                }
            }

            return ExitCode.Done;
        });
        return command;
    }

    // A purpose with a letter wrong gives pseudonyms that stand nowhere, and the person would count as not known.
    private static void WarnOfPurpose(AgentSettings settings, RegionKeys keys, DataClass named, string purpose, CommandOutput output)
    {
        var store = new IdentityStore(settings.State);
        if (store.LoadPolicyKey() is not { } policyKey)
        {
            return;
        }

        var policy = new EdgePolicy(store, policyKey, settings.Region, floor: null, keys, TimeProvider.System);
        policy.Load();
        if (policy.Current?.Policies is not { } policies)
        {
            return;
        }

        var known = policies.Jurisdictions.SelectMany(law => law.Countries).Append(settings.Country).Append("").Distinct()
            .Select(country => policies.RulesFor(country, "", "")[named])
            .Where(rule => rule.Action == RedactionAction.Pseudonymize).Select(rule => rule.Parameters!.Purpose).Distinct().Order(StringComparer.Ordinal).ToList();
        if (!known.Contains(purpose))
        {
            output.Error.WriteLine(
                $"note: no rule in force makes pseudonyms of {DataClassNames.Of(named)} for '{purpose}'; {(known.Count > 0 ? $"they are made for {string.Join(", ", known)}" : "none makes any of this class")}. An earlier policy may have.");
        }
    }
}
