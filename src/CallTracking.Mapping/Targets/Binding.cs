using CallTracking.Contracts;
using CallTracking.Mapping.Shapes;
using CallTracking.Mapping.Values;
using Google.Protobuf;

namespace CallTracking.Mapping.Targets;

/// <summary>One line of a mapping's <c>fields</c>, ready to run. Thread-safe.</summary>
internal abstract class Binding(string fieldName)
{
    public string Field => fieldName;

    /// <summary>Where the mapping says it.</summary>
    public BindingOrigin Origin { get; set; } = BindingOrigin.None;

    /// <summary>What the contract says of the columns that it reads; null where that is nothing.</summary>
    public ContractRule? Contract { get; set; }

    /// <summary>For lists: the fields of their elements.</summary>
    public virtual IReadOnlyList<Binding> Inner => [];

    /// <summary>True when the elements' fields read columns of the record itself, not of an element.</summary>
    public virtual bool InnerIsOfRecord => false;

    /// <summary>True when it needs nothing of the record, so that it alone makes no element of a list.</summary>
    public virtual bool IsConstant => false;

    /// <summary>Fills the field, or leaves it absent; a fault rejects the record, unless the contract has another answer.</summary>
    public abstract RowFault? Apply(SourceRow row, IMessage target);

    /// <summary>As <see cref="Apply"/>, with the contract's answer.</summary>
    public RowFault? Fill(SourceRow row, IMessage target) => Apply(row, target)?.At(Origin.Place) is { } fault ? (Contract is null ? fault : Contract.Judge(row, fault)) : null;

    protected RowFault? Named(RowFault? fault) => fault is null || fault.Field is not null ? fault : fault with { Field = Field };
}

/// <summary>Where a mapping says what fills a field, and the columns that it names there.</summary>
/// <param name="Line">Of the mapping file, from 1.</param>
/// <param name="Column">Of the mapping file, from 1.</param>
/// <param name="Rule">The keys that the mapping uses there, such as <c>from, values</c>.</param>
/// <param name="Slots">Of the record, or of the element in lists.</param>
internal sealed record BindingOrigin(int Line, int Column, string Rule, IReadOnlyList<ColumnSlot> Slots)
{
    public static readonly BindingOrigin None = new(0, 0, string.Empty, []);

    /// <summary>As messages about records name it; null where nothing is read.</summary>
    public RulePlace? Place { get; init; }
}

/// <summary>A column by name and slot.</summary>
internal readonly record struct ColumnSlot(string Name, int Slot);

/// <summary>Turns a cleaned text into a value.</summary>
internal delegate RowFault? Conversion<T>(CellText text, out T value);

/// <summary>The same value in every case.</summary>
internal sealed class ConstantBinding<T>(string fieldName, T value, Action<IMessage, T> set) : Binding(fieldName)
{
    public override bool IsConstant => true;

    public override RowFault? Apply(SourceRow row, IMessage target)
    {
        set(target, value);
        return null;
    }
}

/// <summary>One value: from the table when the mapping has one, else converted.</summary>
internal sealed class ScalarBinding<T>(
    string fieldName, ValueSource source, ValueTable<T>? table, Conversion<T> convert, TableAnswer<T>? fallback, Action<IMessage, T> set)
    : Binding(fieldName)
{
    public override RowFault? Apply(SourceRow row, IMessage target)
    {
        if (source.Single(row, out var text, out var isPresent) is { } fault)
        {
            return Named(fault);
        }

        if (!isPresent)
        {
            if (fallback is { HasValue: true } other)
            {
                set(target, other.Value);
            }

            return null;
        }

        if (table is not null)
        {
            return FromTable(text, target);
        }

        if (convert(text, out var value) is { } bad)
        {
            return Named(bad.Reason == RejectReason.UnmappedValue ? bad with { Word = new UnknownWord(text.ToString(), Origin.Line) { HasTable = false } } : bad);
        }

        set(target, value);
        return null;
    }

    private RowFault? FromTable(CellText text, IMessage target)
    {
        if (table!.Find(text.Span) is not { } answer)
        {
            return Named(TableFaults.Unmapped(text, table));
        }

        if (answer.HasValue)
        {
            set(target, answer.Value);
        }

        return null;
    }
}

/// <summary>One text as it is.</summary>
internal sealed class TextBinding(string fieldName, ValueSource source, Action<IMessage, string> set) : Binding(fieldName)
{
    public override RowFault? Apply(SourceRow row, IMessage target)
    {
        var fault = source.Single(row, out var text, out var isPresent);
        if (fault is null && isPresent)
        {
            set(target, text.ToString());
        }

        return Named(fault);
    }
}

/// <summary>A repeated text field.</summary>
internal sealed class RepeatedBinding(string fieldName, ValueSource source, ValueTable<string>? table, Action<IMessage, string> add)
    : Binding(fieldName)
{
    public override RowFault? Apply(SourceRow row, IMessage target)
    {
        if (source.TryOne(row, out var only, out var isPresent, out var fault))
        {
            return fault is not null ? Named(fault) : isPresent ? Add(only, target) : null;
        }

        var texts = row.Scratch;
        texts.Clear();
        fault = source.Many(row, texts);
        for (var index = 0; fault is null && index < texts.Count; index++)
        {
            fault = Add(new CellText(texts[index]), target);
        }

        return Named(fault);
    }

    private RowFault? Add(CellText text, IMessage target)
    {
        if (table is null)
        {
            add(target, text.ToString());
            return null;
        }

        if (table.Find(text.Span) is not { } answer)
        {
            return Named(TableFaults.Unmapped(text, table));
        }

        if (answer.HasValue)
        {
            add(target, answer.Value);
        }

        return null;
    }
}

/// <summary>An amount and its currency.</summary>
internal sealed class MoneyBinding(string fieldName, ValueSource amount, ValueSource? currency, string constant, NumberRules numbers, Action<IMessage, Money> set)
    : Binding(fieldName)
{
    private const decimal Most = long.MaxValue / 1_000_000;

    public override RowFault? Apply(SourceRow row, IMessage target)
    {
        if (amount.Single(row, out var text, out var isPresent) is { } fault)
        {
            return Named(fault);
        }

        if (!isPresent)
        {
            return null;
        }

        var code = constant;
        if (currency is not null)
        {
            if (currency.Single(row, out var codeText, out var hasCode) is { } unread)
            {
                return Named(unread);
            }

            code = hasCode ? codeText.ToString() : constant;
        }

        if (numbers.ToAmount(text, code, out var units) is { } bad)
        {
            return Named(bad);
        }

        if (Math.Abs(units) > Most || code.Length != 3 || !code.All(char.IsAsciiLetterUpper))
        {
            return Named(new RowFault(RejectReason.BadValue, "Expected an amount below 9 million million and a currency of three letters A-Z."));
        }

        set(target, new Money { Currency = code, Micros = (long)decimal.Round(units * 1_000_000m) });
        return null;
    }
}

internal static class TableFaults
{
    public static RowFault Unmapped<T>(CellText text, ValueTable<T> table) => new(
        RejectReason.UnmappedValue,
        $"A word of {text.Span.Length} characters is none of the table's {table.Count}: add it to values, or say what unknown words become.",
        Word: new UnknownWord(text.ToString(), table.Line) { IsOtherCase = table.HasInOtherCase(text.Span) });
}
