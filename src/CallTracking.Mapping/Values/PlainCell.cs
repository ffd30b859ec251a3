namespace CallTracking.Mapping.Values;

/// <summary>
/// A value that is one column's text, trimmed, with nothing else to be done, as most are: found without asking each of its rules whether there is
/// something to do. Thread-safe.
/// </summary>
/// <param name="slot">The column's.</param>
/// <param name="rules">Plain ones.</param>
internal readonly struct PlainCell(int slot, TextRules rules)
{
    /// <summary>False, and nothing found, where there is more to it after all: several values, a fault, or damage to look for.</summary>
    public bool TryTake(SourceRow row, out CellText value, out bool isPresent)
    {
        value = default;
        isPresent = false;
        if (row.MayBeDamaged || row.Single(slot, out value, out var count) is not null || count > 1)
        {
            return false;
        }

        isPresent = count == 1 && rules.TryTrim(ref value);
        return true;
    }
}
