using System.CommandLine;
using CallTracking.Mapping.Spec;

namespace CallTracking.Agent.Commands;

/// <summary><c>mapping reference</c>: the pages on mapping files that are built into the program, whole or what they say of one key.</summary>
internal static class MappingReferenceCommand
{
    public static Command Build()
    {
        var what = new Argument<string?>("KEY") { Description = $"A key (footer, ragged, each), a field (customer.name), a sign ([*]), or a page ({string.Join(", ", MappingReference.PageNames)}); without it all.", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("reference", AgentCommand.Describe("Print the reference of mapping files, or what it says of a key.", "mapping reference footer")) { what };
        command.Does((parsed, output, _) =>
        {
            var key = parsed.GetValue(what);
            var pages = MappingReference.Pages.Where(page => key is null || page.Name == key).Select(page => page.Text).ToList();
            var text = pages.Count > 0 ? string.Join("\n", pages) : MappingReference.About(key!);
            if (text.Length == 0)
            {
                throw new AgentException(ExitCode.Configuration, $"The reference says nothing of '{key}'. {MappingReference.Nearest(key!)} 'mapping reference' alone prints all of it.");
            }

            output.Out.WriteLine(text.TrimEnd());
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }
}
