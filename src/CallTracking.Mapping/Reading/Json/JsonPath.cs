using System.Globalization;
using System.Text.Json;

namespace CallTracking.Mapping.Reading.Json;

/// <summary>
/// Where a value stands in a JSON record: <c>via.channel</c>, <c>tags</c>, <c>comments[0].body</c>, <c>comments[*].body</c>,
/// <c>custom_fields[id=360001].value</c>, <c>['name.with.points']</c>; a leading <c>^.</c> leads from an element of <c>each</c> to
/// the record around it. An array at the end stands for its elements; where an array is expected, one value alone is an array of one.
/// </summary>
internal sealed class JsonPath
{
    /// <summary>The text of an element of XML that has attributes or other elements too; of one that has none, the value itself.</summary>
    public const string Text = "#text";

    /// <summary>Under which name a record stands, where the members of an object are the records.</summary>
    public const string Member = "#name";

    /// <summary>The text of a table's cell that its file knows as a number or time, where JSON has no such number.</summary>
    public const string Invariant = "#invariant";

    private readonly Step[] _steps;
    private readonly int _lead;

    private JsonPath(int levelsUp, Step[] steps)
    {
        LevelsUp = levelsUp;
        _steps = steps;
        _lead = steps.TakeWhile(step => step.Name is not (null or Text)).Count();
    }

    public int LevelsUp { get; }

    /// <summary>The names before the first bracket, with points: what the path takes from the record, an array as a whole.</summary>
    public string NamedPart => string.Join('.', _steps.TakeWhile(step => step.Name is not null).Select(step => step.Name));

    /// <summary>The names with which it begins, each that of a property of an object.</summary>
    public IReadOnlyList<string> Lead => [.. _steps.Take(_lead).Select(step => step.Name!)];

    /// <summary>True when the path is nothing but such names.</summary>
    public bool IsLead => _lead == _steps.Length;

    /// <summary>True when the path begins with the text of an element, so that a text is as good as an object.</summary>
    public bool TakesText => LevelsUp == 0 && _steps[0].Name == Text;

    public IReadOnlyList<string?> Names => [.. _steps.Select(step => step.Name)];

    /// <summary>The names to each value by which elements are chosen: of <c>fields[id=7].value</c>, <c>fields</c> and <c>id</c>.</summary>
    public IEnumerable<IReadOnlyList<string>> Choices => _steps.Index()
        .Where(step => step.Item.Key is not null)
        .Select(step => (IReadOnlyList<string>)[.. _steps.Take(step.Index).Select(before => before.Name).OfType<string>(), step.Item.Key!]);

    /// <summary>The values by which elements are chosen, in the order of <see cref="Choices"/>.</summary>
    public IEnumerable<string> Chosen => _steps.Where(step => step.Key is not null).Select(step => step.Value);

    /// <summary>Null when the text is no path.</summary>
    public static JsonPath? Parse(string text)
    {
        var rest = text.AsSpan();
        var up = 0;
        while (rest.StartsWith("^."))
        {
            up++;
            rest = rest[2..];
        }

        if (rest.StartsWith("$."))
        {
            rest = rest[2..];
        }

        var steps = new List<Step>();
        while (!rest.IsEmpty)
        {
            if (!TryStep(ref rest, steps))
            {
                return null;
            }

            if (!rest.IsEmpty && rest[0] == '.')
            {
                rest = rest[1..];
                if (rest.IsEmpty)
                {
                    return null;
                }
            }
        }

        return steps.Count == 0 ? null : new JsonPath(up, [.. steps]);
    }

    /// <summary>Adds what stands there, without nulls. With <paramref name="spread"/> an array at the end adds its elements.</summary>
    public void Find(JsonElement record, List<JsonElement> into, bool spread = true) => Find(record, 0, into, spread);

    /// <summary>As <see cref="Find(JsonElement, List{JsonElement}, bool)"/>, from the value to which <see cref="Lead"/> leads.</summary>
    public void FindBehindLead(JsonElement element, List<JsonElement> into) => Find(element, _lead, into, spread: true);

    private void Find(JsonElement element, int at, List<JsonElement> into, bool spread)
    {
        if (at == _steps.Length)
        {
            Add(element, into, spread);
            return;
        }

        var step = _steps[at];
        if (step.Name is not null)
        {
            Named(element, at, into, spread);
        }
        else if (element.ValueKind != JsonValueKind.Array)
        {
            One(element, at, into, spread);
        }
        else if (step.Index is { } index)
        {
            if (index < element.GetArrayLength())
            {
                Find(element[index], at + 1, into, spread);
            }
        }
        else
        {
            foreach (var candidate in element.EnumerateArray())
            {
                if (step.Key is null || IsChosen(candidate, step.Key, step.Value))
                {
                    Find(candidate, at + 1, into, spread);
                }
            }
        }
    }

    private void Named(JsonElement element, int at, List<JsonElement> into, bool spread)
    {
        var name = _steps[at].Name!;
        if (element.ValueKind == JsonValueKind.Object)
        {
            if (element.TryGetProperty(name, out var below))
            {
                Find(below, at + 1, into, spread);
            }
        }
        else if (name == Text && element.ValueKind != JsonValueKind.Array)
        {
            Find(element, at + 1, into, spread);
        }
    }

    // What was XML once has an array only where an element is repeated: one alone is an array of one.
    private void One(JsonElement element, int at, List<JsonElement> into, bool spread)
    {
        var step = _steps[at];
        if (step.Index is null or 0 && (step.Key is null || IsChosen(element, step.Key, step.Value)))
        {
            Find(element, at + 1, into, spread);
        }
    }

    private static void Add(JsonElement element, List<JsonElement> into, bool spread)
    {
        if (element.ValueKind == JsonValueKind.Array && spread)
        {
            foreach (var item in element.EnumerateArray())
            {
                Add(item, into, spread: false);
            }
        }
        else if (element.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined))
        {
            into.Add(element);
        }
    }

    private static bool IsChosen(JsonElement element, string key, string value) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(key, out var found) && found.ValueKind switch
        {
            JsonValueKind.String => found.ValueEquals(value),
            JsonValueKind.Number => string.Equals(found.GetRawText(), value, StringComparison.Ordinal),
            JsonValueKind.True => value == "true",
            JsonValueKind.False => value == "false",
            _ => false,
        };

    private static bool TryStep(ref ReadOnlySpan<char> rest, List<Step> steps)
    {
        if (rest[0] != '[')
        {
            var end = rest.IndexOfAny('.', '[');
            var name = end < 0 ? rest : rest[..end];
            rest = end < 0 ? [] : rest[end..];
            steps.Add(new Step(name.ToString(), null, null, string.Empty));
            return name.Length > 0;
        }

        if (rest.StartsWith("['"))
        {
            var end = rest.IndexOf("']");
            if (end < 3)
            {
                return false;
            }

            steps.Add(new Step(rest[2..end].ToString(), null, null, string.Empty));
            rest = rest[(end + 2)..];
            return true;
        }

        var close = rest.IndexOf(']');
        if (close < 2)
        {
            return false;
        }

        var inner = rest[1..close];
        rest = rest[(close + 1)..];
        var equals = inner.IndexOf('=');
        if (inner is "*" || equals > 0)
        {
            var key = equals > 0 ? inner[..equals].ToString() : null;
            steps.Add(new Step(null, null, key, equals > 0 ? inner[(equals + 1)..].ToString() : string.Empty));
            return true;
        }

        if (!int.TryParse(inner, NumberStyles.None, CultureInfo.InvariantCulture, out var index))
        {
            return false;
        }

        steps.Add(new Step(null, index, null, string.Empty));
        return true;
    }

    private sealed record Step(string? Name, int? Index, string? Key, string Value);
}
