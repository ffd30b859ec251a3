using CallTracking.Contracts;
using CallTracking.Hub.Cases;
using CallTracking.Testing;
using Spectre.Console;
using Xunit;
using static CallTracking.Hub.Tests.Cases.PlantedCases;

namespace CallTracking.Hub.Tests.Cases;

public sealed class CaseOutputTests(PostgresCluster postgres) : IClassFixture<PostgresCluster>
{
    [PostgresFact]
    public async Task ListAsync_TextThatSteersTerminals_IsShownWithoutItsControlCharacters()
    {
        var planted = await CreateAsync(postgres);
        var @case = NewCase("DE", "DE", 1);
        @case.Subject.Masked = "\u001b[31mred\u0007 [[bold]]\u009b2J";
        @case.Product.Model = "M\u001b]0;title\u0007";
        await planted.AddAsync(@case);
        await using var text = new StringWriter();
        var screen = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(text) });
        screen.Profile.Width = 200;

        await new CaseOutput(screen, text).ListAsync(new CaseStore(planted.DataSource), new CaseFilter(), "table", 0, default);

        Assert.Contains("red", text.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(text.ToString(), c => char.IsControl(c) && c is not ('\n' or '\r'));
    }
}
