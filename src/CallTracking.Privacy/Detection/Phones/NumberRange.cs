using System.Text.RegularExpressions;

namespace CallTracking.Privacy;

/// <summary>
/// The numbers that a pattern describes. The pattern is made when its country is first asked for, and compiled once it is asked
/// often: most countries never are, and compiling all of them would take longer than a night.
/// </summary>
internal sealed class NumberRange(string pattern)
{
    // About where compiling, some milliseconds, is repaid.
    private const int Often = 5000;

    private Regex? _numbers;
    private int _asked;

    // Digits only, at most 17 of them: no input makes such a pattern slow. Several threads may make the same one; the last stays.
    public bool Has(ReadOnlySpan<char> number)
    {
        if (number.Length > PhonePlans.LongestNumber)
        {
            return false;
        }

        if (_asked < Often && ++_asked == Often)
        {
            _numbers = Make(RegexOptions.Compiled);
        }

        return (_numbers ??= Make(RegexOptions.None)).IsMatch(number);
    }

    private Regex Make(RegexOptions how) => new($"^(?:{pattern})$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | how);
}
