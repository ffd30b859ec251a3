namespace CallTracking.Mapping.Values;

/// <summary>Parts of one text: all of them, the one with a number, or the value of an entry in a list of <c>name=value</c>.</summary>
/// <param name="Sign">Stands between the parts.</param>
/// <param name="Number">From 1; negative counts from the end. Null: not chosen by number.</param>
/// <param name="Entry">The name whose value is meant. Null: not chosen by name.</param>
/// <param name="Assign">Stands between an entry's name and its value.</param>
internal sealed record CellParts(string Sign, int? Number, string? Entry, string Assign)
{
    /// <summary>True when it stands for one part at most.</summary>
    public bool ChoosesOne => Number is not null || Entry is not null;

    /// <summary>The chosen part; false when the text has no such part.</summary>
    public bool TryChoose(ref CellText cell)
    {
        var wanted = Number is < 0 ? CountOf(cell.Span) + Number.Value + 1 : Number;
        var number = 0;
        foreach (var range in cell.Span.Split(Sign))
        {
            number++;
            var part = cell.Span[range];
            if (wanted == number || (Entry is not null && TryEntry(ref part)))
            {
                cell = cell.Part(part);
                return true;
            }
        }

        return false;
    }

    private bool TryEntry(ref ReadOnlySpan<char> part)
    {
        var at = part.IndexOf(Assign, StringComparison.Ordinal);
        if (at < 0 || !part[..at].Trim().SequenceEqual(Entry))
        {
            return false;
        }

        part = part[(at + Assign.Length)..];
        return true;
    }

    private int CountOf(ReadOnlySpan<char> text)
    {
        var count = 0;
        foreach (var _ in text.Split(Sign))
        {
            count++;
        }

        return count;
    }
}
