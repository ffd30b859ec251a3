using System.Text;

namespace CallTracking.Mapping.Values;

/// <summary>Where a value comes from: columns in turn (the first that has one wins) or joined. Thread-safe.</summary>
internal sealed class ValueSource(IReadOnlyList<int> slots, TextRules rules)
{
    private readonly int[] _slots = [.. slots];

    /// <summary>Joins all values with this text between them, instead of taking the first.</summary>
    public string? JoinWith { get; init; }

    /// <summary>Parts each text here, for fields that hold several values.</summary>
    public string? SplitAt { get; init; }

    /// <summary>Without it, or when it holds, the field is filled.</summary>
    public Condition? When { get; init; }

    /// <summary>The one value. <paramref name="isPresent"/> false: absent, empty or a spelling of null.</summary>
    public RowFault? Single(SourceRow row, out CellText value, out bool isPresent)
    {
        value = default;
        isPresent = false;
        if (When is not null && When.Test(row, out var holds) is var fault && (fault is not null || !holds))
        {
            return fault;
        }

        return JoinWith is null ? First(row, ref value, ref isPresent) : Join(row, ref value, ref isPresent);
    }

    /// <summary>All values, for a repeated field.</summary>
    public RowFault? Many(SourceRow row, List<string> into)
    {
        if (When is not null && When.Test(row, out var holds) is var unsure && (unsure is not null || !holds))
        {
            return unsure;
        }

        foreach (var slot in _slots)
        {
            var count = row.Count(slot);
            for (var index = 0; index < count; index++)
            {
                if (Get(row, slot, index, out var cell) is { } fault)
                {
                    return fault;
                }

                AddParts(cell, into);
            }
        }

        return null;
    }

    private RowFault? Get(SourceRow row, int slot, int index, out CellText text) => row.Get(slot, index, out text)
        ?? (row.MayBeDamaged && !rules.KeepsDamage && text.Span.Contains(TextRules.Damage)
            ? new RowFault(RejectReason.DamagedText, $"U+FFFD at character {text.Span.IndexOf(TextRules.Damage) + 1}: the source has lost a character.")
            : null);

    private RowFault? First(SourceRow row, ref CellText value, ref bool isPresent)
    {
        foreach (var slot in _slots)
        {
            var count = row.Count(slot);
            if (count == 0)
            {
                continue;
            }

            if (count > 1)
            {
                return new RowFault(RejectReason.BadValue, $"{count} values for a field that holds one: name one of them, or use join.");
            }

            if (Get(row, slot, 0, out value) is { } fault)
            {
                return fault;
            }

            if (rules.TryClean(ref value))
            {
                isPresent = true;
                return null;
            }
        }

        return null;
    }

    private RowFault? Join(SourceRow row, ref CellText value, ref bool isPresent)
    {
        StringBuilder? joined = null;
        foreach (var slot in _slots)
        {
            var count = row.Count(slot);
            for (var index = 0; index < count; index++)
            {
                if (Get(row, slot, index, out var cell) is { } fault)
                {
                    return fault;
                }

                if (rules.TryClean(ref cell))
                {
                    joined = joined is null ? new StringBuilder() : joined.Append(JoinWith);
                    joined.Append(cell.Span);
                }
            }
        }

        if (joined is not null)
        {
            value = new CellText(joined.ToString());
            isPresent = true;
        }

        return null;
    }

    private void AddParts(CellText cell, List<string> into)
    {
        if (SplitAt is null)
        {
            if (rules.TryClean(ref cell))
            {
                into.Add(cell.ToString());
            }

            return;
        }

        foreach (var range in cell.Span.Split(SplitAt))
        {
            var part = cell.Part(cell.Span[range]);
            if (rules.TryClean(ref part))
            {
                into.Add(part.ToString());
            }
        }
    }
}
