using System.Collections.Frozen;

namespace CallTracking.Privacy;

/// <summary>Numbering plans of all countries, from the resource that <c>ops/phone-plans</c> writes.</summary>
internal static class PhonePlans
{
    public const int LongestNumber = 17;

    private static readonly FrozenDictionary<string, PhonePlan> ByCountry = Load();

    private static readonly FrozenDictionary<string, PhonePlan[]> ByCode = ByCountry
        .GroupBy(entry => entry.Value.Code, entry => entry.Value).ToFrozenDictionary(group => group.Key, group => group.ToArray(), StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, PhonePlan[]>.AlternateLookup<ReadOnlySpan<char>> Codes = ByCode.GetAlternateLookup<ReadOnlySpan<char>>();

    public static IEnumerable<string> Countries => ByCountry.Keys;

    /// <summary>The plan of a country, or null.</summary>
    public static PhonePlan? Of(string country) => ByCountry.GetValueOrDefault(country);

    /// <summary>The number that stands behind a calling code without its trunk prefix; null when no country of that code has such numbers.</summary>
    public static string? Fit(string code, string number) => ByCode.TryGetValue(code, out var plans)
        ? plans.Select(plan => plan.IsPossible(number) ? number : null).Concat(plans.Select(plan => plan.Fit(number))).FirstOrDefault(fit => fit is not null)
        : null;

    /// <summary>A mobile of a country, with what is dialled first or without.</summary>
    public static bool IsMobile(ReadOnlySpan<char> digits, string country) =>
        Of(country) is { } plan && (plan.IsMobile(digits) || (plan.Trunk.Length > 0 && digits.StartsWith(plan.Trunk) && plan.IsMobile(digits[plan.Trunk.Length..])));

    /// <summary>True when the digits behind a + are a number of some country.</summary>
    public static bool IsPossible(ReadOnlySpan<char> digits)
    {
        var length = PhoneNumbers.CallingCodeLength(digits);
        if (length == 0 || !Codes.TryGetValue(digits[..length], out var plans))
        {
            return false;
        }

        Span<char> without = stackalloc char[LongestNumber + 1];
        var number = digits[length..];
        var hasTrunk = number.Length is > 1 and <= LongestNumber && number[0] == '0';
        foreach (var plan in plans)
        {
            if (plan.IsPossible(number) || (hasTrunk && plan.IsPossible(number[1..])))
            {
                return true;
            }
        }

        return false;
    }

    private static FrozenDictionary<string, PhonePlan> Load()
    {
        using var stream = typeof(PhonePlans).Assembly.GetManifestResourceStream("phones/plans.txt") ?? throw new InvalidOperationException("The numbering plans are missing.");
        using var reader = new StreamReader(stream);
        var plans = new Dictionary<string, PhonePlan>(StringComparer.Ordinal);
        while (reader.ReadLine() is { } line)
        {
            if (!line.StartsWith('#') && line.Split('\t') is [var country, var code, var trunk, _, var all, var typed, var mobile])
            {
                plans[country == "001" ? $"001{code}" : country] = new PhonePlan(code, trunk, all, typed, mobile);
            }
        }

        return plans.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
