using System.CommandLine;

namespace CallTracking.Agent.Commands;

/// <summary><c>mapping</c>: what helps to write a mapping file. All of it works offline, without an identity.</summary>
internal static class MappingCommand
{
    public static Command Build() => new("mapping", AgentCommand.Describe("Help with mapping files: test them, explain a case, read the reference, get the schema for an editor.", "mapping test helpdesk.yaml"))
    {
        MappingTestCommand.Build(),
        MappingExplainCommand.Build(),
        MappingSchemaCommand.Build(),
        MappingReferenceCommand.Build(),
    };
}
