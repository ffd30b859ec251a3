using System.Globalization;
using Google.Protobuf.WellKnownTypes;

namespace CallTracking.Hub.Cases;

/// <summary>One wrong parameter: which, what stood there, what could have stood there.</summary>
internal sealed record ParameterFault(string Parameter, string Value, string Expected);

/// <summary>
/// Reads named parameters of a URL or a command line. Faults are collected, so that whoever asks sees all of them at once; what
/// nobody read is a fault too.
/// </summary>
internal sealed class ParameterReader(IReadOnlyDictionary<string, IReadOnlyList<string>> given)
{
    private const int LongestEcho = 80;

    private readonly SortedSet<string> _known = new(StringComparer.Ordinal);
    private readonly List<ParameterFault> _faults = [];

    /// <summary>Every value of a parameter as it stands; blank ones do not count.</summary>
    public IReadOnlyList<string> Texts(string name)
    {
        _known.Add(name);
        return given.TryGetValue(name, out var values) ? [.. values.Select(value => value.Trim()).Where(value => value.Length > 0)] : [];
    }

    /// <summary>Every value of a parameter that may also be written as a list with commas.</summary>
    public IReadOnlyList<string> List(string name) =>
        [.. Texts(name).SelectMany(text => text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))];

    /// <summary>A list whose values all pass a test; those that do not are faults and left out.</summary>
    public IEnumerable<string> List(string name, Func<string, bool> fits, string expected)
    {
        foreach (var value in List(name))
        {
            if (fits(value))
            {
                yield return value;
            }
            else
            {
                Fault(name, value, expected);
            }
        }
    }

    public IEnumerable<T> Coded<T>(string name)
        where T : struct, System.Enum
    {
        foreach (var word in List(name))
        {
            if (CodedWord<T>.TryParse(word, out var value))
            {
                yield return value;
            }
            else
            {
                Fault(name, word, string.Join(", ", CodedWord<T>.All));
            }
        }
    }

    /// <summary>A single value; more than one is a fault.</summary>
    public string? Single(string name)
    {
        var values = Texts(name);
        if (values.Count > 1)
        {
            Fault(name, string.Join(" and ", values), "one value");
        }

        return values.Count > 0 ? values[0] : null;
    }

    /// <summary>One of the words, lower case.</summary>
    public string? Word(string name, params string[] words)
    {
        var value = Single(name)?.ToLowerInvariant();
        if (value is not null && !words.Contains(value, StringComparer.Ordinal))
        {
            Fault(name, value, string.Join(", ", words));
            return null;
        }

        return value;
    }

    public bool Flag(string name) => Word(name, "true", "false") == "true";

    public int? Number(string name, int min, int max) => (int?)LongNumber(name, min, max);

    public long? LongNumber(string name, long min, long max)
    {
        if (Single(name) is not { } text)
        {
            return null;
        }

        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max)
        {
            return number;
        }

        Fault(name, text, FormattableString.Invariant($"a number from {min} to {max}"));
        return null;
    }

    /// <summary>A day (its start in UTC) or an instant with its offset.</summary>
    public DateTimeOffset? Instant(string name)
    {
        if (Single(name) is not { } text)
        {
            return null;
        }

        // In a URL a plus sign that was not escaped arrives as a blank.
        var written = text.Replace(' ', '+');
        if (DateTimeOffset.TryParseExact(
            written,
            ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"],
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var instant))
        {
            return instant;
        }

        Fault(name, text, "a day such as 2026-11-22 (from 00:00 UTC) or an instant such as 2026-11-22T18:30:00Z");
        return null;
    }

    public Timestamp? Timestamp(string name) => Instant(name)?.ToTimestamp();

    public void Fault(string name, string value, string expected) =>
        _faults.Add(new ParameterFault(name, value.Length > LongestEcho ? value[..LongestEcho] + "…" : value, expected));

    /// <summary>Everything that was wrong, parameters that nobody knows included.</summary>
    public IReadOnlyList<ParameterFault> Finish()
    {
        foreach (var name in given.Keys.Where(name => !_known.Contains(name)))
        {
            Fault(name, string.Join(", ", given[name]), $"a parameter that exists here: {string.Join(", ", _known)}");
        }

        return _faults;
    }
}
