namespace CallTracking.Mapping.Reading.Mail;

/// <summary>The ids in a header such as <c>References</c>.</summary>
internal static class MessageIds
{
    /// <summary>What stands in brackets; without any, the whole text.</summary>
    public static List<string> Of(string? header)
    {
        var found = new List<string>();
        var rest = (header ?? string.Empty).AsSpan();
        for (var open = rest.IndexOf('<'); open >= 0; open = rest.IndexOf('<'))
        {
            rest = rest[(open + 1)..];
            var close = rest.IndexOf('>');
            var id = (close < 0 ? rest : rest[..close]).Trim();
            rest = close < 0 ? [] : rest[(close + 1)..];
            if (!id.IsEmpty)
            {
                found.Add(id.ToString());
            }
        }

        if (found.Count == 0 && !string.IsNullOrWhiteSpace(header))
        {
            found.Add(header.Trim());
        }

        return found;
    }
}
