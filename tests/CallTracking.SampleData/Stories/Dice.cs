namespace CallTracking.SampleData.Stories;

/// <summary>Which part of a case is drawn: parts do not disturb each other's draws.</summary>
internal enum Aspect
{
    Person,
    Story,
    Timeline,
    Quirks,
    Change,
    End,
}

/// <summary>
/// A stream of draws that depends on nothing but its origin: seed, region, case and aspect (SplitMix64). The framework's
/// Random may change between versions; sample files must not.
/// </summary>
internal sealed class Dice(ulong state)
{
    private ulong _state = state;

    public static Dice For(int seed, string region, long index, Aspect aspect, int round = 0)
    {
        var origin = Mix((ulong)(uint)seed);
        foreach (var letter in region)
        {
            origin = Mix(origin ^ letter);
        }

        return new Dice(Mix(origin ^ Mix((ulong)index)) ^ Mix(((ulong)aspect << 32) | (uint)round));
    }

    /// <summary>From 0 to <paramref name="limit"/> - 1.</summary>
    public int Below(int limit) => (int)(((Next() >> 32) * (ulong)limit) >> 32);

    /// <summary>From <paramref name="low"/> to <paramref name="high"/>, both included.</summary>
    public int Between(int low, int high) => low + Below(high - low + 1);

    /// <summary>From 0 up to, not including, 1.</summary>
    public double Unit() => (Next() >> 11) * (1.0 / (1UL << 53));

    public bool Chance(double probability) => Unit() < probability;

    public T Pick<T>(T[] values) => values[Below(values.Length)];

    /// <summary>An index drawn by weights that sum to 100.</summary>
    public int Weighted(ReadOnlySpan<int> percents)
    {
        var drawn = Below(100);
        for (var i = 0; i < percents.Length; i++)
        {
            drawn -= percents[i];
            if (drawn < 0)
            {
                return i;
            }
        }

        return percents.Length - 1;
    }

    /// <summary>That many decimal digits.</summary>
    public string Digits(int count) =>
        string.Create(count, this, static (span, dice) =>
        {
            foreach (ref var digit in span)
            {
                digit = (char)('0' + dice.Below(10));
            }
        });

    private ulong Next()
    {
        _state += 0x9E3779B97F4A7C15;
        return Mix(_state);
    }

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
