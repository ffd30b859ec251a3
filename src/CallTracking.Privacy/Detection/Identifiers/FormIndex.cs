namespace CallTracking.Privacy;

/// <summary>
/// Forms of identifiers by length, and by what values begin and end with; those of digits alone apart, for most numbers of a text
/// are, and few forms take them.
/// </summary>
internal sealed class FormIndex
{
    private const int Sorts = 8;

    private readonly FormRow[][] _rows;

    // By where the first separator stands, and whether the value begins with a digit.
    private readonly ulong[] _stops = new ulong[(Form.Longest + 1) << 1];

    public FormIndex(IEnumerable<Identifier> rows)
    {
        var found = new List<FormRow>?[(Form.Longest + 1) * Sorts];
        ShortestWithDigit = int.MaxValue;
        foreach (var row in rows)
        {
            foreach (var form in row.Forms)
            {
                Add(found, new FormRow(form, row));
            }
        }

        _rows = Array.ConvertAll(found, list => list?.ToArray() ?? []);
    }

    /// <summary>Characters of the shortest value that begins with a digit.</summary>
    public int ShortestWithDigit { get; private set; }

    /// <summary>The forms that a value may have.</summary>
    /// <param name="length">Characters without separators.</param>
    /// <param name="digits">Bit i: character i is a digit.</param>
    public ReadOnlySpan<FormRow> Of(int length, ulong digits)
    {
        var sort = (int)(digits & 1) | ((int)(digits >> (length - 1)) << 1) | (digits == (1UL << length) - 1 ? 4 : 0);
        return _rows[(length * Sorts) | sort];
    }

    /// <summary>Bit i: a group of a value may end behind character i.</summary>
    /// <param name="withDigit">The value begins with a digit.</param>
    /// <param name="gap">Characters before its first separator; 0 when that is not known.</param>
    public ulong Stops(bool withDigit, int gap) => _stops[(gap << 1) | (withDigit ? 1 : 0)];

    private void Add(List<FormRow>?[] found, FormRow pair)
    {
        var form = pair.Form;
        for (var sort = 0; sort < Sorts; sort++)
        {
            if (MayBe(form, sort))
            {
                (found[(form.Length * Sorts) | sort] ??= []).Add(pair);
            }
        }

        ShortestWithDigit = (form.Letters & 1) == 0 ? Math.Min(ShortestWithDigit, form.Length) : ShortestWithDigit;
        AddStops(form);
    }

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
