using System.Globalization;
using System.Net;
using System.Text;

namespace CallTracking.Privacy;

/// <summary>Makes values less exact. What cannot be read as the kind of value that it should be gives null, and is dropped.</summary>
internal static class Generalizer
{
    private const int LotCut = 5;

    private static readonly System.Buffers.SearchValues<char> NotInDomain = System.Buffers.SearchValues.Create(" \t@<>\"");

    /// <summary>The coarser value, or null. Applying it again changes nothing, except for <see cref="Generalization.Lot"/>.</summary>
    public static string? Apply(string value, ActionParameters parameters, string country, DateOnly? openedOn) => parameters.To switch
    {
        Generalization.Month => DatePart(value, 7),
        Generalization.Year => DatePart(value, 4),
        Generalization.AgeBand => AgeBand(value, openedOn),
        Generalization.Prefix => Prefix(value.Trim(), parameters.Length),
        Generalization.CountryCode => CountryCode(value, country),
        Generalization.Domain => Domain(value),
        Generalization.Lot => Prefix(value.Trim(), Math.Min(value.Trim().Length - LotCut, value.Trim().Length / 2)),
        Generalization.Network => Network(value.Trim()),
        Generalization.Degree => Degree(value),
        Generalization.None or _ => null,
    };

    // ISO 8601 only: 1980-05-17, 1980-05, 1980. The mapping wrote it so, or could not read it.
    private static string? DatePart(string value, int length)
    {
        var text = value.Trim();
        var readable = text.Length is 4 or 7 or 10
            && text.AsSpan(0, 4).IndexOfAnyExceptInRange('0', '9') < 0
            && (text.Length < 7 || (text[4] == '-' && text.AsSpan(5, 2).IndexOfAnyExceptInRange('0', '9') < 0))
            && (text.Length < 10 || (text[7] == '-' && text.AsSpan(8, 2).IndexOfAnyExceptInRange('0', '9') < 0));
        return readable ? text[..Math.Min(length, text.Length)] : null;
    }

    private static string? AgeBand(string value, DateOnly? openedOn)
    {
        if (value.Contains('-', StringComparison.Ordinal) && value.Length is >= 3 and <= 7 && IsBand(value))
        {
            return value;
        }

        if (openedOn is not { } day || DatePart(value, 4) is not { } year)
        {
            return null;
        }

        var born = int.Parse(year, CultureInfo.InvariantCulture);
        var age = day.Year - born;
        if (DateOnly.TryParseExact(value.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var birth)
            && (birth.Month, birth.Day).CompareTo((day.Month, day.Day)) > 0)
        {
            age--;
        }

        var from = age / 10 * 10;
        return age is >= 0 and < 130 ? string.Create(CultureInfo.InvariantCulture, $"{from}-{from + 9}") : null;
    }

    private static bool IsBand(string value) =>
        value.Split('-') is [var from, var to]
        && int.TryParse(from, NumberStyles.None, CultureInfo.InvariantCulture, out var first)
        && int.TryParse(to, NumberStyles.None, CultureInfo.InvariantCulture, out var last)
        && first % 10 == 0 && last == first + 9;

    private static string? Prefix(string value, int length)
    {
        // Whole characters: neither half a surrogate pair nor a letter without its accent.
        var end = 0;
        for (var count = 0; count < length && end < value.Length; count++)
        {
            end += StringInfo.GetNextTextElementLength(value, end);
        }

        return end > 0 ? value[..end] : null;
    }

    private static string? CountryCode(string value, string country)
    {
        var number = PhoneNumbers.Canonical(value, country);
        if (number.Length < 2 || number[0] != '+')
        {
            return null;
        }

        var length = PhoneNumbers.CallingCodeLength(number.AsSpan(1));
        return length > 0 ? number[..(1 + length)] : null;
    }

    private static string? Domain(string value)
    {
        var at = value.AsSpan().LastIndexOfAny('@', '＠');
        var domain = value[(at + 1)..].Trim().Normalize(NormalizationForm.FormKC).ToLowerInvariant();
        var named = domain.Length > 0 && domain.Contains('.', StringComparison.Ordinal) && !domain.AsSpan().ContainsAny(NotInDomain);
        return named ? domain : null;
    }

    private static string? Network(string value)
    {
        var address = value.Split('/')[0];
        if (!IPAddress.TryParse(address, out var parsed))
        {
            return null;
        }

        var bytes = (parsed.IsIPv4MappedToIPv6 ? parsed.MapToIPv4() : parsed).GetAddressBytes();
        var kept = bytes.Length == 4 ? 3 : 6;
        bytes.AsSpan(kept).Clear();
        return $"{new IPAddress(bytes)}/{(bytes.Length == 4 ? 24 : 48)}";
    }

    private static string? Degree(string value)
    {
        var parts = value.Split([',', ';', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return parts is [var first, var second] && Whole(first) is { } latitude && Whole(second) is { } longitude
            ? $"{latitude},{longitude}"
            : null;
    }

    private static string? Whole(string degrees) =>
        double.TryParse(degrees, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && Math.Abs(number) <= 180
            ? ((int)Math.Round(number)).ToString(CultureInfo.InvariantCulture)
            : null;
}
