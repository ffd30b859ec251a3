namespace CallTracking.Privacy;

/// <summary>How numbers of one country look, behind its calling code and without trunk prefix.</summary>
internal sealed class PhonePlan(string code, string trunk, string all, string typed, string mobile)
{
    private static readonly string[] MexicanPrefixes = ["1", "044", "045", "01"];

    private readonly NumberRange _all = new(all);
    private readonly NumberRange _typed = new(typed);
    private readonly NumberRange _mobile = new(mobile);

    public string Code => code;

    /// <summary>Dialled before a national number, or empty.</summary>
    public string Trunk => trunk;

    /// <summary>Of the right length and beginning.</summary>
    public bool IsPossible(ReadOnlySpan<char> number) => _all.Has(number);

    /// <summary>In a range that is given out.</summary>
    public bool IsAssigned(ReadOnlySpan<char> number) => _typed.Has(number);

    public bool IsMobile(ReadOnlySpan<char> number) => _mobile.Has(number);

    /// <summary>The number without what is dialled or was once written before it, as it stands behind the calling code; null when it is none of this plan.</summary>
    public string? Fit(string number)
    {
        if (Renumbered(number) is { } today)
        {
            return today;
        }

        return trunk.Length > 0 && number.StartsWith(trunk, StringComparison.Ordinal) && IsPossible(number.AsSpan(trunk.Length)) ? number[trunk.Length..]
            : IsPossible(number) ? number
            : null;
    }

    // Mobile phones of two countries have another spelling within the country, or had: 011 15 1234-5678 is +54 9 11 1234 5678; 044 55 … and +52 1 55 … are +52 55 …
    private string? Renumbered(string number) => code switch
    {
        "54" => ArgentineMobile(number.StartsWith('0') ? number[1..] : number),
        "52" => MexicanPrefixes.Where(prefix => number.StartsWith(prefix, StringComparison.Ordinal) && number.Length == prefix.Length + 10)
            .Select(prefix => number[prefix.Length..]).FirstOrDefault(),
        _ => null,
    };

    private string? ArgentineMobile(string number)
    {
        for (var area = 2; number.Length == 12 && area <= 4; area++)
        {
            if (number.AsSpan(area).StartsWith("15") && $"9{number[..area]}{number[(area + 2)..]}" is var mobile && IsMobile(mobile))
            {
                return mobile;
            }
        }

        return null;
    }
}
