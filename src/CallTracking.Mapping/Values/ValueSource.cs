using System.Text;

namespace CallTracking.Mapping.Values;

/// <summary>Where a value comes from: columns in turn (the first that has one wins), joined, or put into a template. Thread-safe.</summary>
internal sealed class ValueSource(IReadOnlyList<int> slots, TextRules rules)
{
    private readonly int[] _slots = [.. slots];

    // Where it is one column's text as it stands.
    private PlainCell? _plain = slots is [var only] && rules.IsPlain ? new PlainCell(only, rules) : null;

    /// <summary>Joins all values with this text between them, instead of taking the first.</summary>
    public string? JoinWith { get; init => field = Worked(value); }

    /// <summary>Puts the values into a text, instead of taking the first.</summary>
    public TextTemplate? Template { get; init => field = Worked(value); }

    /// <summary>Parts each text: all parts for fields that hold several values, else the chosen one.</summary>
    public CellParts? Parts { get; init => field = Worked(value); }

    /// <summary>What the text stands for in a dictionary.</summary>
    public LookupTable? Lookup { get; init => field = Worked(value); }

    /// <summary>Without it, or when it holds, the field is filled.</summary>
    public Condition? When { get; init => field = Worked(value); }

    /// <summary>The one value. <paramref name="isPresent"/> false: absent, empty or a spelling of null.</summary>
    public RowFault? Single(SourceRow row, out CellText value, out bool isPresent)
    {
        if (_plain is { } plain && plain.TryTake(row, out value, out isPresent))
        {
            return null;
        }

        value = default;
        isPresent = false;
        if (When is not null && When.Test(row, out var holds) is var unsure && (unsure is not null || !holds))
        {
            return unsure;
        }

        var fault = Template is not null || JoinWith is not null
            ? Composed(row, ref value, ref isPresent)
            : First(row, ref value, ref isPresent);
        return fault is null && isPresent && Lookup is not null ? Lookup.Find(ref value, out isPresent) : fault;
    }

    /// <summary>
    /// The value of a repeated field whose only column has one, as most have, without a list; false where <see cref="Many"/> has to look.
    /// </summary>
    public bool TryOne(SourceRow row, out CellText value, out bool isPresent, out RowFault? fault)
    {
        fault = null;
        if (_plain is { } plain && plain.TryTake(row, out value, out isPresent))
        {
            return true;
        }

        value = default;
        isPresent = false;
        if (_slots is not [var slot] || When is not null || Parts is not null)
        {
            return false;
        }

        fault = row.Single(slot, out value, out var count);
        if (fault is null && count == 1)
        {
            fault = Damaged(row, value);
            isPresent = fault is null && TryClean(ref value, out fault);
            fault ??= isPresent && Lookup is not null ? Lookup.Find(ref value, out isPresent) : null;
        }

        return count <= 1;
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
                var fault = Get(row, slot, index, out var cell) ?? AddParts(cell, into);
                if (fault is not null)
                {
                    return fault;
                }
            }
        }

        return null;
    }

    private RowFault? Get(SourceRow row, int slot, int index, out CellText text) => row.Get(slot, index, out text) ?? Damaged(row, text);

    private RowFault? Damaged(SourceRow row, in CellText text) => row.MayBeDamaged && !rules.KeepsDamage && text.Span.Contains(TextRules.Damage)
        ? new RowFault(RejectReason.DamagedText, $"U+FFFD at character {text.Span.IndexOf(TextRules.Damage) + 1}: the source has lost a character.")
        : null;

    private RowFault? First(SourceRow row, ref CellText value, ref bool isPresent)
    {
        foreach (var slot in _slots)
        {
            if (row.Single(slot, out value, out var count) is { } unread)
            {
                return unread;
            }

            if (count == 0)
            {
                continue;
            }

            if (count > 1)
            {
                return new RowFault(RejectReason.BadValue, $"{count} values for a field that holds one: name one of them, or use join.");
            }

            if (Damaged(row, value) is { } damaged)
            {
                return damaged;
            }

            isPresent = TryTake(ref value, out var refused);
            if (isPresent || refused is not null)
            {
                return refused;
            }
        }

        return null;
    }

    private RowFault? Composed(SourceRow row, ref CellText value, ref bool isPresent)
    {
        var text = new StringBuilder();
        if ((Template is not null ? Template.Fill(row, rules, text) : Join(row, text)) is { } fault)
        {
            return fault;
        }

        isPresent = text.Length > 0;
        value = new CellText(text.ToString());
        return null;
    }

    private RowFault? Join(SourceRow row, StringBuilder joined)
    {
        foreach (var slot in _slots)
        {
            var count = row.Count(slot);
            for (var index = 0; index < count; index++)
            {
                if (Get(row, slot, index, out var cell) is { } fault)
                {
                    return fault;
                }

                if (TryTake(ref cell, out var refused))
                {
                    joined.Append(joined.Length > 0 ? JoinWith : string.Empty).Append(cell.Span);
                }
                else if (refused is not null)
                {
                    return refused;
                }
            }
        }

        return null;
    }

    private bool TryTake(ref CellText cell, out RowFault? fault)
    {
        fault = null;
        return (Parts is not { ChoosesOne: true } || Parts.TryChoose(ref cell)) && TryClean(ref cell, out fault);
    }

    private bool TryClean(ref CellText cell, out RowFault? fault)
    {
        fault = rules.Refuse(cell);
        return fault is null && rules.TryClean(ref cell);
    }

    private RowFault? AddParts(CellText cell, List<string> into)
    {
        if (Parts is null or { ChoosesOne: true })
        {
            return TryTake(ref cell, out var refused) ? Add(cell, into) : refused;
        }

        foreach (var range in cell.Span.Split(Parts.Sign))
        {
            var part = cell.Part(cell.Span[range]);
            if ((TryClean(ref part, out var refused) ? Add(part, into) : refused) is { } fault)
            {
                return fault;
            }
        }

        return null;
    }

    private RowFault? Add(CellText text, List<string> into)
    {
        var isPresent = true;
        if (Lookup is not null && Lookup.Find(ref text, out isPresent) is { } fault)
        {
            return fault;
        }

        if (isPresent)
        {
            into.Add(text.ToString());
        }

        return null;
    }

    // With this there is more to the value than a column's text.
    private T? Worked<T>(T? value)
        where T : class
    {
        _plain = value is null ? _plain : null;
        return value;
    }
}
