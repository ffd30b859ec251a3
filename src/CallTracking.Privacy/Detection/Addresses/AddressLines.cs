namespace CallTracking.Privacy;

/// <summary>Addresses as forms have them: what stands on the line behind "Domicilio:" or "Address:".</summary>
internal static class AddressLines
{
    private const int Longest = 120;
    private const int Shortest = 5;
    private const int LabelWidth = 2;

    public static void Find(TextScan scan)
    {
        foreach (var colon in scan.Colons)
        {
            if (scan.Wants(EntityKinds.Street) && scan.Text[colon] is ':' or '：' && scan.Nearby.Before(colon, ContextWords.Address) <= LabelWidth)
            {
                FindBehind(scan, colon + 1);
            }
        }
    }

    private static void FindBehind(TextScan scan, int from)
    {
        var text = scan.Text;
        var start = from;
        while (start < text.Length && start - from < 32 && TextSigns.Of(text[start]) is TextSigns.Space or TextSigns.Line)
        {
            start++;
        }

        // What was replaced before is no address any more.
        if (start < text.Length && Placeholders.LengthAt(text, start) > 0)
        {
            return;
        }

        var rest = text.AsSpan(start, Math.Min(Longest, text.Length - start));
        var length = rest.IndexOfAny("\n\r;\t|");
        var line = length < 0 ? rest : rest[..length];
        if (line.IndexOf(". ") is > 0 and var sentence && line[sentence..].Contains(':'))
        {
            line = line[..sentence];
        }

        line = line.TrimEnd(" .,");
        if (line.Length >= Shortest && HasNumber(line) && line.IndexOfAny('@', '=', '{') < 0 && !line.Contains("://", StringComparison.Ordinal) && line.Count(':') == 0 && !IsAddressOfNetwork(line))
        {
            scan.Add(start, start + line.Length, EntityKinds.Street, line.ToString().ToUpperInvariant(), 0.85f);
        }
    }

    private static bool HasNumber(ReadOnlySpan<char> line)
    {
        foreach (var sign in line)
        {
            if (TextSigns.IsDigit(sign))
            {
                return true;
            }
        }

        var text = line.ToString();
        return WordPlace.After(text, 0, 2, overLines: false) is { IsNone: false } first && first.Length > 2 && AddressWords.CanBegin(text, first);
    }

    private static bool IsAddressOfNetwork(ReadOnlySpan<char> line) => !line.Contains(' ') && line.Count('.') >= 2;
}
