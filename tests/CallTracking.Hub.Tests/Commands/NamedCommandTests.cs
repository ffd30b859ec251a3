using System.CommandLine;
using CallTracking.Hub.Commands;
using CallTracking.Testing;
using Xunit;

namespace CallTracking.Hub.Tests.Commands;

/// <summary>What messages and pages tell people to run is there, with the options that they name.</summary>
public sealed class NamedCommandTests
{
    [Fact]
    public void Texts_CommandsOfTheHubThatTheyName_AreThere()
    {
        var (count, wrong) = NamedCommands.Check("calltracking-hub", Of(HubCommands.Build()), "CallTracking.Hub");

        Assert.Empty(wrong);
        Assert.InRange(count, 80, 1000);
    }

    private static ProgramCommand Of(Command command) => new(
        command.Name, [.. command.Options.SelectMany(option => option.Aliases.Prepend(option.Name))], [.. command.Subcommands.Select(Of)], command.Action is not null);
}
