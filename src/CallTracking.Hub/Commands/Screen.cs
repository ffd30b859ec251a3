using Spectre.Console;

namespace CallTracking.Hub.Commands;

/// <summary>Where commands draw tables.</summary>
internal static class Screen
{
    private const int WidthOfAFile = 240;

    /// <summary>The terminal; into a file or a pipe tables are not folded at the 80 columns that nobody asked for.</summary>
    public static IAnsiConsole Open()
    {
        var screen = AnsiConsole.Create(new AnsiConsoleSettings());
        if (Console.IsOutputRedirected)
        {
            screen.Profile.Width = WidthOfAFile;
        }

        return screen;
    }
}
