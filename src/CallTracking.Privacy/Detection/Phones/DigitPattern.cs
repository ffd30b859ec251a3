namespace CallTracking.Privacy;

/// <summary>
/// A pattern of digits as numbering plans write it, as a table of steps: a number is told in one look a digit, where a general
/// expression would take most of the time that a text takes. It has digits, <c>\d</c>, classes <c>[2-578]</c>, groups <c>(?:…|…)</c>,
/// and <c>?</c>, <c>{6}</c> or <c>{3,13}</c> behind any of these.
/// </summary>
internal sealed class DigitPattern
{
    private const int Digits = 10;
    private const int Nowhere = 0;
    private const int First = 1;

    // By state and digit: the next state.
    private readonly ushort[] _steps;
    private readonly bool[] _ends;

    private DigitPattern(ushort[] steps, bool[] ends) => (_steps, _ends) = (steps, ends);

    /// <exception cref="FormatException">It holds what such patterns do not.</exception>
    public static DigitPattern Read(string pattern)
    {
        var parts = new DigitPatternParts(pattern);
        var sets = new List<int[]> { Array.Empty<int>(), parts.With([parts.First]) };
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal) { [""] = Nowhere, [string.Join(',', sets[First])] = First };
        var steps = new List<ushort>(new ushort[Digits]);
        for (var state = First; state < sets.Count; state++)
        {
            for (var digit = 0; digit < Digits; digit++)
            {
                var next = parts.Behind(sets[state], digit);
                var key = string.Join(',', next);
                if (!numbers.TryGetValue(key, out var number))
                {
                    numbers[key] = number = sets.Count;
                    sets.Add(next);
                }

                steps.Add(checked((ushort)number));
            }
        }

        return new DigitPattern([.. steps], [.. sets.Select(set => set.Contains(parts.Last))]);
    }

    /// <summary>Whether the whole number is one of the pattern's. Signs other than 0 to 9 are in none.</summary>
    public bool Fits(ReadOnlySpan<char> number)
    {
        var state = First;
        foreach (var sign in number)
        {
            var digit = sign - '0';
            if ((uint)digit >= Digits || (state = _steps[(state * Digits) + digit]) == Nowhere)
            {
                return false;
            }
        }

        return _ends[state];
    }
}
