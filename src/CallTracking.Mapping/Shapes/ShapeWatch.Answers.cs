using CallTracking.Mapping.Values;

namespace CallTracking.Mapping.Shapes;

/// <summary>What the contract makes of one value: it stops the source, rejects the record, leaves the value out, or takes it.</summary>
public sealed partial class ShapeWatch
{
    private const string Retyped = "Have the export corrected, or write under contract.columns what is to become of such values: evolve, discard row or discard value.";

    private void Classify(ColumnWatch column, ValueKinds kind)
    {
        if (column.Expected is not { } expected || kind == expected)
        {
            column.Kinds |= kind;
            return;
        }

        column.Others++;
        column.OtherKinds |= kind;
        switch (column.RetypedAnswer)
        {
            case ContractAnswer.Freeze when !_isLook:
                throw Stop($"Row {_position.Row} of {_position.File} has in '{Told(column)}' a {Word(kind)} instead of a {Word(expected)}, and the contract freezes it.", Retyped);
            case ContractAnswer.DiscardRow:
                _recordOthers.Add(column);
                _fault ??= new RowFault(RejectReason.RetypedValue, $"'{Told(column)}' holds a {Word(kind)} instead of a {Word(expected)}.", "contract");
                break;
            case ContractAnswer.DiscardValue when Hide(column):
                column.LeftOutAsRetyped++;
                break;
            case ContractAnswer.Evolve:
                column.Kinds |= kind;
                break;
        }
    }

    private void RefuseNew(ColumnWatch column)
    {
        switch (column.NewAnswer)
        {
            case ContractAnswer.Freeze when !_isLook:
                throw Stop(
                    $"{Told(column) switch { var name when name == column.Name => $"The column '{name}'", var place => $"A column, {place}," }} is new in {_position.File}, and the contract freezes new columns.",
                    "Read it in the mapping, or name it under contract.columns, such as {" + Told(column) + ": evolve}, so that it is known.");
            case ContractAnswer.DiscardRow:
                _recordNew.Add(column);
                _fault ??= new RowFault(RejectReason.NewColumn, $"The record has a value in '{Told(column)}', which is new: read it in the mapping, or name it under contract.columns.", "contract");
                break;
            case ContractAnswer.DiscardValue when Hide(column):
                column.LeftOutAsNew++;
                break;
        }
    }

    // In the elements of an array a value is left out only by the rule that reads it.
    private bool Hide(ColumnWatch column)
    {
        if (column.Name.Contains("[*]", StringComparison.Ordinal))
        {
            return false;
        }

        _cut.Hide(column.Name, column.Number);
        return _isCut = true;
    }

    private static string Word(ValueKinds kind) => kind.ToString().ToLowerInvariant();
}
