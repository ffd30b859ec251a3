using System.Text;
using System.Text.Json;
using CallTracking.Mapping.Values;

namespace CallTracking.Mapping.Reading.Json;

/// <summary>Texts of a JSON record as the characters that they stand for: an escape would hide a value from whoever looks for it.</summary>
internal static class JsonText
{
    public static readonly RowFault HalfPair = new(RejectReason.Undecodable, "A text holds half of a surrogate pair, which is no character.");

    public static readonly RowFault Nul = new(RejectReason.NulCharacter, "U+0000 in a text; the text of a case cannot hold it.");

    /// <summary>A text of the record.</summary>
    public static RowFault? Single(JsonElement element, out CellText text)
    {
        var fault = Whole(element, out var value);
        text = fault is null ? new CellText(value) : default;
        return fault;
    }

    /// <summary>
    /// A text, or an array as one: its elements parted by commas, an object's properties as <c>name: value</c>, what stands inside
    /// in round brackets, without nulls and empty texts. Made for people to read, not to be parsed again.
    /// </summary>
    public static RowFault? Whole(JsonElement element, out string text)
    {
        try
        {
            text = element.ValueKind == JsonValueKind.String ? element.GetString()! : Written(element);
        }
        catch (InvalidOperationException)
        {
            // Escapes that make half a surrogate pair: the only way to learn of them.
            text = string.Empty;
            return HalfPair;
        }

        return text.Contains('\0', StringComparison.Ordinal) ? Nul : null;
    }

    /// <summary>Null for a name that holds half a surrogate pair: no path leads to what it has.</summary>
    public static string? NameOf(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>As <see cref="JsonElement.TryGetProperty(string, out JsonElement)"/>; false too where names before it hold half a surrogate pair.</summary>
    public static bool TryGet(JsonElement element, string name, out JsonElement value)
    {
        value = default;
        try
        {
            return element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out value);
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static string Written(JsonElement element)
    {
        var text = new StringBuilder();
        Write(element, text);
        return text.ToString();
    }

    private static void Write(JsonElement element, StringBuilder text)
    {
        var start = text.Length;
        if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in element.EnumerateArray())
            {
                WriteItem(null, item, text, start);
            }
        }
        else
        {
            foreach (var property in element.EnumerateObject())
            {
                WriteItem(property.Name, property.Value, text, start);
            }
        }
    }

    private static void WriteItem(string? name, JsonElement value, StringBuilder text, int start)
    {
        var before = text.Length;
        text.Append(before > start ? ", " : "").Append(name).Append(name is null ? "" : ": ");
        var content = text.Length;
        switch (value.ValueKind)
        {
            case JsonValueKind.Array or JsonValueKind.Object:
                text.Append('(');
                Write(value, text);
                text.Append(text.Length == content + 1 ? "" : ")");
                content++;
                break;
            case JsonValueKind.String:
                text.Append(value.GetString());
                break;
            case JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False:
                text.Append(value.GetRawText());
                break;
        }

        // Nothing came: its name and comma go too.
        text.Length = text.Length > content ? text.Length : before;
    }
}
