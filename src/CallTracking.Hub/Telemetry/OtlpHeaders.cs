namespace CallTracking.Hub.Telemetry;

/// <summary>Headers that a collector asks for, from a file: a line <c>name: value</c> each; empty lines and those with # are left out.</summary>
internal static class OtlpHeaders
{
    /// <exception cref="HubException">There is no such file, it may not be read, or a line is no header. What stands in the line is not told.</exception>
    public static IReadOnlyList<KeyValuePair<string, string>> Read(string file)
    {
        string[] lines;
        try
        {
            lines = File.ReadAllLines(file);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new HubException($"telemetry.otlp.headers_file: {file} cannot be read. Put it there, readable for the hub's user.", HubExit.Failed, unreadable);
        }

        return [.. lines.Select((text, index) => (Text: text.Trim(), Line: index + 1))
            .Where(line => line.Text.Length > 0 && line.Text[0] != '#')
            .Select(line => Header(file, line.Text, line.Line))];
    }

    private static KeyValuePair<string, string> Header(string file, string text, int line)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && text[..colon].All(sign => char.IsAsciiLetterOrDigit(sign) || sign is '-' or '_') && text[(colon + 1)..].Trim() is { Length: > 0 } value
            ? new KeyValuePair<string, string>(text[..colon], value)
            : throw new HubException($"telemetry.otlp.headers_file: {file}, line {line} is no header. Write lines like authorization: Bearer ….", HubExit.Failed);
    }
}
