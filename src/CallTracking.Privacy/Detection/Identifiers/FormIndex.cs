namespace CallTracking.Privacy;

/// <summary>
/// Forms of identifiers by length, and by what values begin and end with; those of digits alone apart, for most numbers of a text
/// are, and few forms take them.
/// </summary>
internal sealed class FormIndex
{
    private readonly FormRow[][] _rows;

    // By where the first separator stands, and whether the value begins with a digit.
    private readonly ulong[] _stops = new ulong[(Form.Longest + 1) << 1];

    public FormIndex(IEnumerable<Identifier> rows)
    {
        var pairs = rows.SelectMany(row => row.Forms.Select(form => new FormRow(form, row))).ToArray();
        _rows = [.. Enumerable.Range(0, (Form.Longest + 1) << 3).Select(key => pairs.Where(pair => pair.Form.Length == key >> 3 && MayBe(pair.Form, key & 7)).ToArray())];
        ShortestWithDigit = pairs.Where(pair => (pair.Form.Letters & 1) == 0).Min(pair => pair.Form.Length);
        foreach (var pair in pairs)
        {
            AddStops(pair.Form);
        }
    }

    /// <summary>Characters of the shortest value that begins with a digit.</summary>
    public int ShortestWithDigit { get; }

    /// <summary>The forms that a value may have.</summary>
    /// <param name="length">Characters without separators.</param>
    /// <param name="digits">Bit i: character i is a digit.</param>
    public ReadOnlySpan<FormRow> Of(int length, ulong digits)
    {
        var sort = (int)(digits & 1) | ((int)(digits >> (length - 1)) << 1) | (digits == (1UL << length) - 1 ? 4 : 0);
        return _rows[(length << 3) | sort];
    }

    /// <summary>Bit i: a group of a value may end behind character i.</summary>
    /// <param name="withDigit">The value begins with a digit.</param>
    /// <param name="gap">Characters before its first separator; 0 when that is not known.</param>
    public ulong Stops(bool withDigit, int gap) => _stops[(gap << 1) | (withDigit ? 1 : 0)];

    private static bool MayBe(Form form, int sort)
    {
        var last = 1UL << (form.Length - 1);
        return ((sort & 4) == 0 || form.Letters == 0)
            && ((sort & 1) == 0 ? (form.Digits & 1) == 0 : (form.Letters & 1) == 0)
            && ((sort & 2) == 0 ? (form.Digits & last) == 0 : (form.Letters & last) == 0);
    }

    private void AddStops(Form form)
    {
        var gaps = (form.Together | form.Free) << 1;
        for (var gap = 0; gap <= Form.Longest; gap++)
        {
            var stops = gap == 0 || ((gaps >> gap) & 1) != 0 ? gaps | (1UL << form.Length) : 0;
            _stops[gap << 1] |= (form.Digits & 1) == 0 ? stops : 0;
            _stops[(gap << 1) | 1] |= (form.Letters & 1) == 0 ? stops : 0;
        }
    }
}
