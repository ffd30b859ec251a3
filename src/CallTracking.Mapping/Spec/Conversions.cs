using System.Collections.Frozen;
using System.Globalization;
using CallTracking.Contracts;
using CallTracking.Mapping.Values;
using Google.Protobuf.Reflection;

namespace CallTracking.Mapping.Spec;

/// <summary>Conversions that depend on no setting.</summary>
internal static class Conversions
{
    private static readonly NumberRules Invariant = new(CultureInfo.InvariantCulture);

    public static RowFault? Text(CellText text, out string value)
    {
        value = text.ToString();
        return null;
    }

    public static RowFault? Number(CellText text, out double value) => Invariant.ToDouble(text, out value);

    public static RowFault? Integer(CellText text, out int value) => Invariant.ToInt32(text, out value);

    /// <summary>ISO 3166-1 alpha-2, or 3166-2: which law applies hangs on it, so a country's name is not let through; a code that the standard leaves to its users only where the mapping itself says it.</summary>
    public static RowFault? Country(CellText text, out string value)
    {
        value = text.ToString();
        return Iso3166.IsAssigned(value) || (text.IsInvariant && Iso3166.IsCode(value))
            ? null
            : new RowFault(RejectReason.UnmappedValue, Iso3166.IsCode(value)
                ? "Expected a country, and this code is one that ISO 3166 leaves to its users: no law is found by it. Say under values which country it stands for."
                : "Expected a country as in ISO 3166, such as DE or US-CA (GB, not UK): map other words under values.");
    }

    public static RowFault? Flag(CellText text, out bool value)
    {
        var span = text.Span;
        value = span is "1" || span.Equals("true", StringComparison.OrdinalIgnoreCase) || span.Equals("yes", StringComparison.OrdinalIgnoreCase);
        return value || span is "0" || span.Equals("false", StringComparison.OrdinalIgnoreCase) || span.Equals("no", StringComparison.OrdinalIgnoreCase)
            ? null
            : new RowFault(RejectReason.BadValue, "Expected true or false, 1 or 0, yes or no; write other words under values.");
    }
}

/// <summary>The short names of an enumeration of the contract: <c>CASE_STATUS_PENDING_CUSTOMER</c> is <c>pending_customer</c>.</summary>
internal sealed class EnumNames
{
    private readonly FrozenDictionary<string, int> _numbers;
    private readonly FrozenDictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _lookup;
    private readonly string _type;

    private EnumNames(EnumDescriptor type)
    {
        var prefix = type.Values.First(value => value.Number == 0).Name[..^"UNSPECIFIED".Length];
        _type = type.Name;
        _numbers = type.Values.Where(value => value.Number != 0).ToFrozenDictionary(
            value => value.Name[prefix.Length..].ToLowerInvariant(), value => value.Number, StringComparer.OrdinalIgnoreCase);
        _lookup = _numbers.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public IEnumerable<string> Names => _numbers.Keys;

    /// <summary>The short name; empty for the zero value.</summary>
    public string NameOf(int number) => _numbers.FirstOrDefault(entry => entry.Value == number).Key ?? string.Empty;

    public static EnumNames Of(EnumDescriptor type) => new(type);

    public RowFault? Convert(CellText text, out int value) => _lookup.TryGetValue(text.Span, out value)
        ? null
        : new RowFault(RejectReason.UnmappedValue, $"A word of {text.Span.Length} characters is no {_type}: add it to values.");
}
