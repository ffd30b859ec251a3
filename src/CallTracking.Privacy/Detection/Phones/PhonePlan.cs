using System.Text.RegularExpressions;

namespace CallTracking.Privacy;

/// <summary>How numbers of one country look, behind its calling code and without trunk prefix.</summary>
internal sealed class PhonePlan(string code, string trunk, string all, string typed, string mobile)
{
    private readonly Lazy<Regex> _all = Pattern(all);
    private readonly Lazy<Regex> _typed = Pattern(typed);
    private readonly Lazy<Regex> _mobile = Pattern(mobile.Length > 0 ? mobile : "(?!)");

    public string Code => code;

    /// <summary>Dialled before a national number, or empty.</summary>
    public string Trunk => trunk;

    /// <summary>Of the right length and beginning.</summary>
    public bool IsPossible(ReadOnlySpan<char> number) => number.Length <= PhonePlans.LongestNumber && _all.Value.IsMatch(number);

    /// <summary>In a range that is given out.</summary>
    public bool IsAssigned(ReadOnlySpan<char> number) => number.Length <= PhonePlans.LongestNumber && _typed.Value.IsMatch(number);

    public bool IsMobile(ReadOnlySpan<char> number) => number.Length <= PhonePlans.LongestNumber && _mobile.Value.IsMatch(number);

    // Digits only, at most 17 of them: no input makes such a pattern slow. Made when the country is first asked for.
    private static Lazy<Regex> Pattern(string pattern) => new(() => new Regex($"^(?:{pattern})$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture));
}
