using System.Runtime.InteropServices;
using System.Text.Json;
using CallTracking.Mapping.Values;

namespace CallTracking.Mapping.Reading.Json;

/// <summary>An element of JSON as a record: each slot's path is followed when it is first asked for.</summary>
internal class JsonRow(ColumnTable table) : SourceRow
{
    private readonly List<JsonElement>?[] _found = new List<JsonElement>?[table.Count];
    private readonly bool[] _isKnown = new bool[table.Count];
    private HashSet<string>? _named;
    private JsonElement _element;
    private JsonRow? _around;

    protected virtual JsonElement Element => _element;

    public void Show(JsonElement element, JsonRow? around)
    {
        _element = element;
        _around = around;
        Forget();
    }

    public override int Count(int slot) => Found(slot).Count;

    public override RowFault? WriteTree(PooledBuffer into, bool isWhole)
    {
        into.Append(JsonMarshal.GetRawUtf8Value(Element));
        return null;
    }

    public override RowFault? Get(int slot, int index, out CellText text)
    {
        text = default;
        var element = Found(slot)[index];
        if (IsInvariant(element, out var known))
        {
            var bad = JsonText.Single(known, out text);
            text = new CellText(text.ToString(), isInvariant: true);
            return bad;
        }

        if (JsonText.TryGet(element, JsonPath.Text, out var inner))
        {
            element = inner;
        }

        switch (element.ValueKind)
        {
            case JsonValueKind.String:
                return JsonText.Single(element, out text);
            case JsonValueKind.Number:
                text = new CellText(element.GetRawText(), isInvariant: true);
                return null;
            case JsonValueKind.True:
                text = new CellText("true");
                return null;
            case JsonValueKind.False:
                text = new CellText("false");
                return null;
            case JsonValueKind.Object when AtlassianText.Is(element):
                return AtlassianText.Read(element, out text);
            default:
                return new RowFault(
                    RejectReason.BadValue, $"{table.Columns[slot].Name} is {Article(element.ValueKind)}: name a value in it.");
        }
    }

    public override RowFault? Children(int slot, ColumnTable inner, out IReadOnlyList<SourceRow> children)
    {
        var rows = new List<SourceRow>();
        children = rows;
        var takesTexts = inner.Columns.Any(column => column.Path!.TakesText);
        foreach (var element in Found(slot))
        {
            if (element.ValueKind != JsonValueKind.Object && !takesTexts)
            {
                return new RowFault(RejectReason.BadValue, $"{table.Columns[slot].Name} holds {Article(element.ValueKind)} where objects are expected.");
            }

            var row = new JsonRow(inner) { Watch = Watch };
            row.Show(element, this);
            rows.Add(row);
        }

        return null;
    }

    public override RowFault? Unmapped(ICollection<UnmappedValue> into)
    {
        if (Element.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        _named ??= [.. table.Columns.Where(column => column.Path!.LevelsUp == 0).Select(column => column.Path!.NamedPart)];
        return AddProperties(Element, "", isPlain: true, into);
    }

    public override void Visit(ICellVisitor visitor) => new JsonVisit(visitor).Show(Element);

    private RowFault? AddProperties(JsonElement holder, string prefix, bool isPlain, ICollection<UnmappedValue> into)
    {
        foreach (var property in holder.EnumerateObject())
        {
            var plain = isPlain && UnmappedNames.IsPlain(property.Name);
            if (AddUnmapped(prefix + property.Name, plain, property.Value, into) is { } fault)
            {
                return fault;
            }
        }

        return null;
    }

    private RowFault? AddUnmapped(string name, bool isPlain, JsonElement value, ICollection<UnmappedValue> into)
    {
        if (_named!.Contains(name))
        {
            return null;
        }

        switch (value.ValueKind)
        {
            case JsonValueKind.Object when IsInvariant(value, out var known):
                var unfit = JsonText.Single(known, out var number);
                Add(UnmappedKind.Number, number.ToString());
                return unfit;
            case JsonValueKind.Object when AtlassianText.Is(value):
                var damaged = AtlassianText.Read(value, out var document);
                if (damaged is null && !document.Span.IsWhiteSpace())
                {
                    Add(UnmappedKind.Text, document.ToString());
                }

                return damaged;
            case JsonValueKind.Object:
                return AddProperties(value, $"{name}.", isPlain, into);
            case JsonValueKind.String or JsonValueKind.Array:
                var bad = JsonText.Whole(value, out var text);
                if (bad is null && !string.IsNullOrWhiteSpace(text))
                {
                    Add(UnmappedKind.Text, text);
                }

                return bad;
            case JsonValueKind.Number:
                Add(UnmappedKind.Number, value.GetRawText());
                return null;
            case JsonValueKind.True or JsonValueKind.False:
                Add(UnmappedKind.Flag, value.ValueKind == JsonValueKind.True ? "true" : "false");
                return null;
            default:
                return null;
        }

        void Add(UnmappedKind kind, string text) => into.Add(new UnmappedValue(isPlain ? name : null, into.Count + 1, kind, text));
    }

    /// <summary>Another element is shown.</summary>
    protected void Forget() => Array.Clear(_isKnown);

    /// <summary>Follows the slot's path.</summary>
    protected virtual void Find(int slot, List<JsonElement> into)
    {
        var path = table.Columns[slot].Path!;
        var from = this;
        for (var up = path.LevelsUp; up > 0 && from is not null; up--)
        {
            from = from._around;
        }

        if (from is not null)
        {
            path.Find(from.Element, into);
        }
    }

    private List<JsonElement> Found(int slot)
    {
        var found = _found[slot] ??= [];
        if (!_isKnown[slot])
        {
            _isKnown[slot] = true;
            found.Clear();
            Find(slot, found);
        }

        return found;
    }

    // Who writes JSON may have the name too, with what is no text.
    private static bool IsInvariant(JsonElement element, out JsonElement known) =>
        JsonText.TryGet(element, JsonPath.Invariant, out known) && known.ValueKind == JsonValueKind.String;

    private static string Article(JsonValueKind kind) => kind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        _ => "no object",
    };
}
