namespace CallTracking.Agent.Commands;

/// <summary>What a source wrote, on its way to a terminal: its bytes must not give it orders.</summary>
internal static class TerminalText
{
    /// <summary>The text with U+FFFD for every control sign but line ends and tabs; line ends are LF.</summary>
    public static string Plain(string text) =>
        string.Concat(text.ReplaceLineEndings("\n").Select(letter => char.IsControl(letter) && letter is not ('\n' or '\t') ? '\uFFFD' : letter));
}
