using System.Text.Json;
using System.Text.RegularExpressions;
using CallTracking.Mapping.Reading.Json;
using CallTracking.Mapping.Values;

namespace CallTracking.Mapping.Reading.Joins;

/// <summary>The cells of tables in JSON.</summary>
internal static partial class CellTree
{
    /// <param name="writer">Of the row's object.</param>
    /// <param name="name">Null in an array.</param>
    /// <param name="cell">A number that JSON can write is one there; what else the file itself knows as a number or time keeps that mark.</param>
    public static void Write(Utf8JsonWriter writer, string? name, CellText cell)
    {
        if (name is not null)
        {
            writer.WritePropertyName(name);
        }

        if (!cell.IsInvariant)
        {
            writer.WriteStringValue(cell.Span);
        }
        else if (Number().IsMatch(cell.Span))
        {
            writer.WriteRawValue(cell.Span, skipInputValidation: true);
        }
        else
        {
            writer.WriteStartObject();
            writer.WriteString(JsonPath.Invariant, cell.Span);
            writer.WriteEndObject();
        }
    }

    [GeneratedRegex(@"^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Number();
}
