using Spectre.Console;

namespace CallTracking.Hub.Commands;

/// <summary>Where commands draw tables.</summary>
internal static class Screen
{
    private const int WidthOfAFile = 240;

    /// <summary>The terminal; into a file or a pipe tables are not folded at the 80 columns that nobody asked for, and have no colours.</summary>
    public static IAnsiConsole Open()
    {
        var screen = AnsiConsole.Create(new AnsiConsoleSettings());
        if (Console.IsOutputRedirected)
        {
            screen.Profile.Width = WidthOfAFile;

            // Whatever the surroundings say of colours (TERM, CI): a file shows the signs that make them.
            screen.Profile.Capabilities.Ansi = false;
            screen.Profile.Capabilities.ColorSystem = ColorSystem.NoColors;
        }

        return screen;
    }
}
