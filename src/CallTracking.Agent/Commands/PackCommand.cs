using System.CommandLine;
using System.Globalization;
using CallTracking.Mapping.Packs;

namespace CallTracking.Agent.Commands;

/// <summary><c>pack</c>: the mappings of known help desks that come with the program. Works offline, without an identity.</summary>
internal static class PackCommand
{
    public static Command Build() => new("pack", AgentCommand.Describe("Mappings of known help desks: list them, show one, take a copy.", "pack list"))
    {
        BuildList(),
        BuildShow(),
        BuildExtract(),
    };

    private static Command BuildList()
    {
        var command = new Command("list", AgentCommand.Describe("List the packs, with what each needs: files, or an address and a credential, or a connection.", "pack list"));
        command.Does((_, output, _) =>
        {
            var width = MappingPack.All.Max(pack => pack.Name.Length);
            foreach (var pack in MappingPack.All)
            {
                output.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{pack.Name.PadRight(width)}  {pack.Title} ({PackNeeds.Summary(pack)})"));
            }

            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }

    private static Command BuildShow()
    {
        var name = NameArgument();
        var command = new Command("show", AgentCommand.Describe("Print what a pack needs, how it asks its help desk, and its mapping.", "pack show zendesk/api")) { name };
        command.Does((parsed, output, _) =>
        {
            var pack = PackOf(parsed.GetValue(name)!);
            output.Out.Write(PackNeeds.Entries(pack));
            foreach (var (_, key, text) in PackNeeds.Keys(pack))
            {
                output.Out.Write($"#\n# What it says under {key}; write there what is otherwise:\n{string.Concat(text.TrimEnd('\n').Split('\n').Select(line => $"#   {line}\n"))}");
            }

            for (var next = pack; next is not null; next = next.Below)
            {
                output.Out.Write($"\n{next.Text}");
            }

            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }

    private static Command BuildExtract()
    {
        var name = NameArgument();
        var file = new Argument<string>("FILE") { Description = "The copy; it must not be there yet." };
        var command = new Command("extract", AgentCommand.Describe("Write a copy of a pack's mapping, to edit and name under 'mapping'.", "pack extract zendesk/tickets-jsonl mapping.yaml")) { name, file };
        command.Does(async (parsed, output, cancellationToken) =>
        {
            var path = parsed.GetValue(file)!;
            var pack = PackOf(parsed.GetValue(name)!);
            await using (var copy = new FileStream(path, FileMode.CreateNew, FileAccess.Write))
            await using (var writer = new StreamWriter(copy))
            {
                await writer.WriteAsync(pack.Text.AsMemory(), cancellationToken);
            }

            output.Out.WriteLine(pack.Below is { } below
                ? $"{path} is a copy of {pack.Name}, which lies over {below.Name}: name it under 'mapping' instead of 'pack'. Later versions of {below.Name} change what it does not say itself."
                : $"{path} is a copy of {pack.Name}: name it under 'mapping' instead of 'pack'. Later versions of the pack do not change it.");
            foreach (var (_, key, text) in PackNeeds.Keys(pack))
            {
                output.Out.WriteLine($"With 'mapping' the entry needs '{key}' of its own; the pack's, whose {{places}} are yours to fill:\n{text}");
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static Argument<string> NameArgument() => new("NAME") { Description = "A pack as 'pack list' names it." };

    private static MappingPack PackOf(string name) => MappingPack.Find(name) switch
    {
        [var pack] => pack,
        [] => throw new AgentException(ExitCode.Configuration, $"There is no pack '{name}'. 'pack list' names all."),
        var several => throw new AgentException(ExitCode.Configuration, $"'{name}' has several exports. Write one of {string.Join(", ", several.Select(pack => pack.Name))}."),
    };
}
