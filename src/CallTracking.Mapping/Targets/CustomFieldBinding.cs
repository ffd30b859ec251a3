using CallTracking.Contracts;
using CallTracking.Mapping.Shapes;
using CallTracking.Mapping.Values;

namespace CallTracking.Mapping.Targets;

/// <summary>A value that the contract has no field for, under the name and with the data class that the mapping gives. Thread-safe.</summary>
internal sealed class CustomFieldBinding(string name, DataClass dataClass, ValueSource source, CustomFill fill)
{
    public string Name => name;

    /// <summary>Where the mapping says it.</summary>
    public BindingOrigin Origin { get; init; } = BindingOrigin.None;

    /// <summary>What the contract says of its columns; null where that is nothing.</summary>
    public ContractRule? Contract { get; init; }

    /// <summary>Adds the field, or leaves it out; a fault rejects the record.</summary>
    public RowFault? Apply(SourceRow row, ICollection<CustomField> into) =>
        Read(row, into)?.At(Origin.Place) is { } fault ? (Contract is null ? fault : Contract.Judge(row, fault)) : null;

    private RowFault? Read(SourceRow row, ICollection<CustomField> into)
    {
        if (source.Single(row, out var text, out var isPresent) is { } fault)
        {
            return Named(fault);
        }

        if (!isPresent)
        {
            return null;
        }

        var custom = new CustomField { Name = name, DataClass = dataClass };
        if (fill(text, custom) is { } bad)
        {
            return Named(bad);
        }

        // A word that means nothing leaves the field out.
        if (custom.ValueCase != CustomField.ValueOneofCase.None)
        {
            into.Add(custom);
        }

        return null;
    }

    private RowFault Named(RowFault fault) => fault.Field is null ? fault with { Field = $"custom_fields.{name}" } : fault;
}

/// <summary>Puts a text into a custom field as its type.</summary>
internal delegate RowFault? CustomFill(CellText text, CustomField field);

/// <summary>What happens to values that the mapping names nowhere.</summary>
/// <param name="Keep">They become custom fields; else they are left out.</param>
/// <param name="DataClass">Their class; unspecified means that a policy drops them.</param>
/// <param name="KeepsDamage">As <see cref="TextRules.KeepsDamage"/>.</param>
internal sealed record UnmappedRule(bool Keep, DataClass DataClass, bool KeepsDamage)
{
    public static readonly UnmappedRule Drop = new(false, DataClass.Unspecified, false);

    public CustomField ToField(string name, in UnmappedValue value)
    {
        var field = new CustomField { Name = name, DataClass = DataClass };
        var invariant = System.Globalization.CultureInfo.InvariantCulture;
        switch (value.Kind)
        {
            case UnmappedKind.Flag:
                field.Flag = value.Text == "true";
                break;
            case UnmappedKind.Number when long.TryParse(value.Text, System.Globalization.NumberStyles.AllowLeadingSign, invariant, out var integer):
                field.Integer = integer;
                break;
            case UnmappedKind.Number:
                field.Number = double.Parse(value.Text, invariant);
                break;
            case UnmappedKind.Text:
                field.Text = new PersonalText { Clear = value.Text };
                break;
        }

        return field;
    }
}
