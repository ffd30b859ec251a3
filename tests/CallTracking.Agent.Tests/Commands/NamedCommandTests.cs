using System.CommandLine;
using CallTracking.Agent.Commands;
using CallTracking.Testing;
using Xunit;

namespace CallTracking.Agent.Tests.Commands;

/// <summary>What messages and pages tell people to run is there, with the options that they name.</summary>
public sealed class NamedCommandTests
{
    [Fact]
    public void Texts_CommandsOfTheAgentThatTheyName_AreThere()
    {
        var (count, wrong) = NamedCommands.Check("calltracking-agent", Of(AgentCommand.Build()), "CallTracking.Agent");

        Assert.Empty(wrong);
        Assert.InRange(count, 100, 1000);
    }

    [Theory]
    [InlineData("keys import FILE --passphrase-file P", null)]
    [InlineData("keys bring-back", "no command is called 'bring-back' there")]
    [InlineData("vanished release --every", "it takes no --every")]
    [InlineData("repair", "no command is called 'repair' there")]
    public void FaultOf_WordsThatTheProgramDoesNotTake_SaysWhich(string words, string? expected) =>
        Assert.Equal(expected, NamedCommands.FaultOf(words, Of(AgentCommand.Build())));

    private static ProgramCommand Of(Command command) => new(
        command.Name, [.. command.Options.SelectMany(option => option.Aliases.Prepend(option.Name))], [.. command.Subcommands.Select(Of)], command.Action is not null);
}
