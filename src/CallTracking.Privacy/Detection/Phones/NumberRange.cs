namespace CallTracking.Privacy;

/// <summary>The numbers that a pattern describes. It is read when its country is first asked for: most countries never are.</summary>
/// <param name="pattern">As <see cref="DigitPattern"/> reads it; empty where there are no such numbers.</param>
internal sealed class NumberRange(string pattern)
{
    private DigitPattern? _numbers;

    // Several threads may read the same one; the last stays.
    public bool Has(ReadOnlySpan<char> number) => number.Length <= PhonePlans.LongestNumber && pattern.Length > 0 && (_numbers ??= DigitPattern.Read(pattern)).Fits(number);
}
