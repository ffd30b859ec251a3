using Spectre.Console;

namespace CallTracking.Hub.People;

/// <summary>Where a command gets a new password from: a file, standard input, or the person at the terminal. Never an argument, which others on the machine can read.</summary>
internal static class PasswordSource
{
    /// <exception cref="HubException">It is not good enough, or was typed in two ways.</exception>
    public static async Task<string> RequireAsync(string? file, string name, CancellationToken cancellationToken)
    {
        var password = file is not null ? FirstLine(await File.ReadAllTextAsync(file, cancellationToken))
            : Console.IsInputRedirected ? await Console.In.ReadLineAsync(cancellationToken) ?? string.Empty
            : Ask();
        return Passwords.Fault(password, name) is { } fault
            ? throw new HubException($"The password is not good enough: {fault}. Several words that do not belong together are good.", HubExit.Usage)
            : password;
    }

    private static string Ask()
    {
        var screen = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        var first = screen.Prompt(new TextPrompt<string>("New password:").Secret());
        return screen.Prompt(new TextPrompt<string>("Once more:").Secret()) == first ? first : throw new HubException("The two are not the same.", HubExit.Usage);
    }

    private static string FirstLine(string text) => text.ReplaceLineEndings("\n").Split('\n')[0];
}
