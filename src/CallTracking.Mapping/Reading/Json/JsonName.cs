using System.Text;

namespace CallTracking.Mapping.Reading.Json;

/// <summary>
/// A name on the way to values that a mapping reads, with the names below it; the first is the record itself, without a name. Numbered
/// so that what stands below a name has the numbers behind its own. Remembers the order in which records write their names, so that
/// most are found by one comparison. Not thread-safe.
/// </summary>
internal sealed class JsonName
{
    private readonly byte[] _name;
    private readonly byte[] _written;
    private readonly JsonName[] _below;
    private readonly JsonName[][] _belowByLength;
    private JsonName? _first;
    private JsonName? _next;

    private JsonName(string name, IReadOnlyList<string[]> leads, int depth, ref int number)
    {
        _name = Encoding.UTF8.GetBytes(name);
        // A name that is not written as it is has no such form.
        _written = name.AsSpan().ContainsAny('"', '\\') || name.AsSpan().ContainsAnyInRange('\0', '\u001F') ? [] : Encoding.UTF8.GetBytes($"\"{name}\":");
        Number = number++;
        var below = new List<JsonName>();
        foreach (var same in leads.Where(lead => lead.Length > depth).GroupBy(lead => lead[depth], StringComparer.Ordinal))
        {
            below.Add(new JsonName(same.Key, [.. same], depth + 1, ref number));
        }

        _below = [.. below];
        End = number;
        var longest = below.Count == 0 ? -1 : below.Max(child => child._name.Length);
        _belowByLength = [.. Enumerable.Range(0, longest + 1).Select(length => below.Where(child => child._name.Length == length).ToArray())];
    }

    /// <summary>From 0.</summary>
    public int Number { get; }

    /// <summary>The first number that is no more below this name.</summary>
    public int End { get; }

    public bool HasBelow => _below.Length > 0;

    /// <summary>The record, with all the names that lead to something.</summary>
    /// <param name="leads">Names from the record on, outermost first.</param>
    public static JsonName Record(IEnumerable<IReadOnlyList<string>> leads)
    {
        var number = 0;
        return new JsonName(string.Empty, [.. leads.Select(lead => lead.ToArray())], 0, ref number);
    }

    /// <summary>The name to which these names lead; all of them must have been given to <see cref="Record"/>.</summary>
    public JsonName At(IEnumerable<string> lead) =>
        lead.Aggregate(this, (holder, name) => Array.Find(holder._below, child => child._name.AsSpan().SequenceEqual(Encoding.UTF8.GetBytes(name)))!);

    /// <summary>The name below this one; null for a name that leads nowhere.</summary>
    /// <param name="name">Without escapes.</param>
    /// <param name="before">What was found last in the same object, null at its start; becomes what is found.</param>
    public JsonName? Find(ReadOnlySpan<byte> name, ref JsonName? before)
    {
        ref var expected = ref (before is null ? ref _first : ref before._next);
        if (expected is null || !name.SequenceEqual(expected._name))
        {
            if (Search(name) is not { } other)
            {
                return null;
            }

            expected = other;
        }

        return before = expected;
    }

    /// <summary>True when the name comes first, in quotes and with its colon, that stood here in the record before.</summary>
    /// <param name="bytes">From the quote on.</param>
    /// <param name="before">As of <see cref="Find"/>.</param>
    /// <param name="length">Of the name with its quotes and its colon.</param>
    public bool TryExpected(ReadOnlySpan<byte> bytes, ref JsonName? before, out int length)
    {
        var expected = before is null ? _first : before._next;
        length = expected?._written.Length ?? 0;
        if (length == 0 || !bytes.StartsWith(expected!._written))
        {
            return false;
        }

        before = expected;
        return true;
    }

    private JsonName? Search(ReadOnlySpan<byte> name)
    {
        if (name.Length < _belowByLength.Length)
        {
            foreach (var child in _belowByLength[name.Length])
            {
                if (name.SequenceEqual(child._name))
                {
                    return child;
                }
            }
        }

        return null;
    }
}
