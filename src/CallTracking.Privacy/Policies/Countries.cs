namespace CallTracking.Privacy;

/// <summary>Country codes: ISO 3166-1 alpha-2 (<c>US</c>) and, where law is subnational, 3166-2 (<c>US-CA</c>).</summary>
internal static class Countries
{
    /// <summary>The country of a subdivision, else the code itself.</summary>
    public static string CountryOf(string code) => code.Length > 2 ? code[..2] : code;

    /// <summary>True when both are in the same country, whatever their subdivisions.</summary>
    public static bool Same(string left, string right) =>
        left.Length >= 2 && right.Length >= 2 && left.AsSpan(0, 2).SequenceEqual(right.AsSpan(0, 2));

    /// <summary>True when the code is the named one or a subdivision of it.</summary>
    public static bool IsWithin(string code, string named) =>
        code == named || (named.Length == 2 && code.Length > 2 && code.AsSpan(0, 2).SequenceEqual(named));
}
