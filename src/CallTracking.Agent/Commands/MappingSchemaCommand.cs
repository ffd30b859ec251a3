using System.CommandLine;
using CallTracking.Mapping.Spec;

namespace CallTracking.Agent.Commands;

/// <summary><c>mapping schema</c>: the JSON Schema by which an editor completes and underlines a mapping file.</summary>
internal static class MappingSchemaCommand
{
    public static Command Build()
    {
        var command = new Command("schema", AgentCommand.Describe("Print the JSON Schema of mapping files, for editors.", "mapping schema > mapping.schema.json"));
        command.Does((_, output, _) =>
        {
            output.Out.Write(MappingSchema.Text());
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }
}
