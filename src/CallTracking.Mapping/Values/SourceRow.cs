using CallTracking.Mapping.Reading;
using CallTracking.Mapping.Shapes;

namespace CallTracking.Mapping.Values;

/// <summary>One text of a record: a view into the reader's buffer, or a string that exists already.</summary>
internal readonly ref struct CellText
{
    private readonly string? _whole;

    public CellText(string whole, bool isInvariant = false)
    {
        Span = whole;
        _whole = whole;
        IsInvariant = isInvariant;
    }

    public CellText(ReadOnlySpan<char> span, bool isInvariant = false)
    {
        Span = span;
        IsInvariant = isInvariant;
    }

    public ReadOnlySpan<char> Span { get; }

    /// <summary>
    /// A number of JSON, a database or Excel, whose decimal sign is the point whatever the mapping's culture, or a time of Excel, which is
    /// ISO 8601 whatever the field's formats.
    /// </summary>
    public bool IsInvariant { get; }

    /// <summary>A part of this text.</summary>
    public CellText Part(ReadOnlySpan<char> part) => part.Length == Span.Length ? this : new(part, IsInvariant);

    public override string ToString() => _whole ?? Span.ToString();
}

/// <summary>Why a record cannot become a case; null stands for success throughout.</summary>
internal sealed record RowFault(string Reason, string Message, string? Field = null, UnknownWord? Word = null)
{
    /// <summary>The contract has spoken: the rule of the list around it has nothing to add.</summary>
    public bool IsJudged { get; init; }

    /// <summary>The rule that failed, and the columns that it reads; null where that cannot be told.</summary>
    public RulePlace? Place { get; init; }

    /// <summary>The same, failed by this rule, unless one within it did.</summary>
    public RowFault At(RulePlace? place) => Place is null && place is not null ? this with { Place = place } : this;
}

/// <summary>A rule of the mapping as messages name it.</summary>
/// <param name="Line">In one numbering with the pack below the mapping; 0 for none.</param>
/// <param name="Columns">That the rule reads: names of the mapping's own, so no values.</param>
internal sealed record RulePlace(int Line, IReadOnlyList<string> Columns);

/// <summary>Is shown the values of a record.</summary>
internal interface ICellVisitor
{
    /// <param name="name">The column, or the path with <c>[*]</c> for the elements of arrays.</param>
    /// <param name="number">Of the column in its header from 1; 0 where there is none.</param>
    /// <param name="text">Not empty; valid during the call.</param>
    void Cell(ReadOnlySpan<char> name, int number, ReadOnlySpan<char> text);

    /// <param name="name">A path that is there and holds nothing.</param>
    void Empty(ReadOnlySpan<char> name)
    {
    }
}

/// <summary>
/// A record as the mapping sees it: slots, each one column or path that the mapping names, with no value, one or several.
/// Reused for the next record.
/// </summary>
internal abstract class SourceRow
{
    /// <summary>A list for the binding at work; empty between uses.</summary>
    public List<string> Scratch { get; } = [];

    /// <summary>Who keeps the source's contract; null when nobody asks.</summary>
    public ShapeWatch? Watch { get; set; }

    /// <summary>False when it is known that no value holds <see cref="TextRules.Damage"/>.</summary>
    public bool MayBeDamaged { get; protected set; } = true;

    /// <summary>How many values the slot has; none when it is absent, empty or null.</summary>
    public abstract int Count(int slot);

    /// <summary>One value; a fault when it is no text.</summary>
    public abstract RowFault? Get(int slot, int index, out CellText text);

    /// <summary>How many values the slot has, and the value where that is one; a fault when it is no text.</summary>
    public virtual RowFault? Single(int slot, out CellText text, out int count)
    {
        count = Count(slot);
        text = default;
        return count == 1 ? Get(slot, 0, out text) : null;
    }

    /// <summary>The objects of an array, each as a record with the inner table's slots.</summary>
    public virtual RowFault? Children(int slot, ColumnTable inner, out IReadOnlyList<SourceRow> children)
    {
        children = [];
        return null;
    }

    /// <summary>Every cell that has a text, under its column's name; false where records have no columns.</summary>
    public virtual bool TryCells(ICollection<(string Name, string Text)> into) => false;

    /// <summary>Appends the record as an object of JSON. A fault when a value of it has no such form.</summary>
    /// <param name="into">Gets the object, or a part of it beside a fault.</param>
    /// <param name="isWhole">With columns that nothing names.</param>
    public virtual RowFault? WriteTree(PooledBuffer into, bool isWhole) => throw new InvalidOperationException("A part of a record is no tree.");

    /// <summary>Shows every value that is not empty; nothing where a part of a record is no record of its own.</summary>
    public virtual void Visit(ICellVisitor visitor)
    {
    }

    /// <summary>Values that the mapping names nowhere.</summary>
    public abstract RowFault? Unmapped(ICollection<UnmappedValue> into);
}

/// <summary>A value that no field of the mapping takes.</summary>
/// <param name="Name">The source's own name; null when it could be a value itself (<see cref="UnmappedNames"/>).</param>
/// <param name="Number">From 1: the column's, or the value's among the record's unmapped ones where there are no columns.</param>
/// <param name="Kind">The source's own type.</param>
/// <param name="Text">The value.</param>
internal readonly record struct UnmappedValue(string? Name, int Number, UnmappedKind Kind, string Text);

/// <summary>The type that the source itself gives to a value.</summary>
internal enum UnmappedKind
{
    Text,
    Number,
    Flag,
}
