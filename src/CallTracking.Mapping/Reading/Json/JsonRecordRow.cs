using System.Text.Json;
using CallTracking.Mapping.Values;

namespace CallTracking.Mapping.Reading.Json;

/// <summary>A record of JSON: what one pass has found is its text; for all else its slots are followed in the value that they lead to.</summary>
internal sealed class JsonRecordRow : JsonRow
{
    private readonly JsonRecord _record;
    private readonly JsonChars _chars;
    private readonly JsonPlace[] _places;
    private readonly JsonPath[] _paths;
    private readonly int[] _numbers;
    private readonly int[] _textNumbers;
    private bool _isUnsure;

    public JsonRecordRow(ColumnTable table, JsonName names, JsonRecord record)
        : base(table)
    {
        (_record, _chars, _places) = (record, record.Chars, record.Places);
        _paths = [.. table.Columns.Select(column => column.Path!)];
        // What is around a record is nothing.
        _numbers = [.. _paths.Select(path => path.LevelsUp == 0 ? names.At(path.Lead).Number : -1)];
        _textNumbers = [.. _paths.Zip(_numbers, (path, number) => path.IsLead ? number : -1)];
    }

    protected override JsonElement Element => _record.Part(0);

    public void Show(bool mayBeDamaged)
    {
        MayBeDamaged = mayBeDamaged;
        _isUnsure = _record.IsUnsure;
        Forget();
    }

    public override int Count(int slot) => _isUnsure ? base.Count(slot) : !HasValue(slot) ? 0 : IsText(slot) ? 1 : base.Count(slot);

    public override RowFault? Get(int slot, int index, out CellText text) =>
        IsText(slot) ? _chars.Text(_places[_numbers[slot]], out text) : base.Get(slot, index, out text);

    public override RowFault? Single(int slot, out CellText text, out int count)
    {
        var number = _textNumbers[slot];
        if (number < 0 || _isUnsure)
        {
            return base.Single(slot, out text, out count);
        }

        ref readonly var place = ref _places[number];
        if (place.IsScalar)
        {
            count = 1;
            return _chars.Text(place, out text);
        }

        text = default;
        count = 0;
        return place.Kind is JsonTokenType.None or JsonTokenType.Null ? null : base.Single(slot, out text, out count);
    }

    public override RowFault? WriteTree(PooledBuffer into, bool isWhole)
    {
        into.Append(_record.Bytes);
        return null;
    }

    protected override void Find(int slot, List<JsonElement> into)
    {
        if (_isUnsure)
        {
            base.Find(slot, into);
        }
        else if (HasValue(slot))
        {
            _paths[slot].FindBehindLead(_record.Part(_numbers[slot]), into);
        }
    }

    // Null is no value, whatever the rest of the path.
    private bool HasValue(int slot) =>
        _numbers[slot] >= 0 && _places[_numbers[slot]].Kind is not (JsonTokenType.None or JsonTokenType.Null);

    private bool IsText(int slot) => _textNumbers[slot] >= 0 && _places[_textNumbers[slot]].IsScalar && !_isUnsure;
}
