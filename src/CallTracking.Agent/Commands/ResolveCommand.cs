using System.CommandLine;
using CallTracking.Agent.Identity;
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

            var keys = new RegionSecret(settings.StateDirectory).Load(settings.Region);
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
}
