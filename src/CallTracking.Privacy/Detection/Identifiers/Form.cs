namespace CallTracking.Privacy;

/// <summary>
/// How an identifier is written: <c>9</c> digit, <c>A</c> letter, <c>*</c> either, a lower-case letter itself. Separators between
/// them: <c>-</c> all of these or none, and all alike; <c>=</c> the same, dashes only; <c>!</c> the same, and must be
/// there; <c>~</c> must be there, of any sort; <c>_</c> may be there
/// or not, of any sort.
/// </summary>
internal sealed class Form
{
    /// <summary>Longest value, without separators.</summary>
    public const int Longest = 34;

    private readonly string _literals;
    private readonly bool _dashes;
    private readonly bool _must;
    private readonly bool _mixed;

    public Form(string text)
    {
        Text = text;
        var letters = new System.Text.StringBuilder();
        foreach (var sign in text)
        {
            var gap = 1UL << Math.Max(0, letters.Length - 1);
            switch (sign)
            {
                case '-' or '=' or '!' or '~':
                    Together |= gap;
                    _dashes |= sign == '=';
                    _must |= sign is '!' or '~';
                    _mixed |= sign == '~';
                    break;
                case '_':
                    Free |= gap;
                    break;
                default:
                    var bit = 1UL << letters.Length;
                    Digits |= sign == '9' || char.IsAsciiDigit(sign) ? bit : 0;
                    Letters |= sign is not '*' && char.IsAsciiLetter(sign) ? bit : 0;
                    letters.Append(char.IsAsciiLetterLower(sign) ? char.ToUpperInvariant(sign) : '?');
                    break;
            }
        }

        Length = letters.Length;
        _literals = letters.ToString().TrimEnd('?');
    }

    public string Text { get; }

    public int Length { get; }

    /// <summary>Bit i: character i is a digit.</summary>
    public ulong Digits { get; }

    /// <summary>Bit i: character i is a letter.</summary>
    public ulong Letters { get; }

    /// <summary>Bit i: a separator stands after character i, as after all of them, or after none.</summary>
    public ulong Together { get; }

    /// <summary>Bit i: a separator may stand after character i.</summary>
    public ulong Free { get; }

    public bool Fits(in Candidate candidate)
    {
        if ((candidate.Digits & Digits) != Digits || (candidate.Digits & Letters) != 0 || (candidate.Gaps & ~(Together | Free)) != 0)
        {
            return false;
        }

        var together = candidate.Gaps & Together;
        return (together == 0 ? !_must : together == Together && (_mixed || Free != 0 || candidate.IsUniform) && (!_dashes || candidate.HasDashes))
            && HasLiterals(candidate.Value);
    }

    private bool HasLiterals(ReadOnlySpan<char> value)
    {
        for (var i = 0; i < _literals.Length; i++)
        {
            if (_literals[i] != '?' && _literals[i] != value[i])
            {
                return false;
            }
        }

        return true;
    }
}

/// <summary>Some neighbouring groups of letters and digits of a text, read as one value.</summary>
internal readonly ref struct Candidate
{
    /// <summary>Digits as 0 to 9, letters in upper case, without separators.</summary>
    public required ReadOnlySpan<char> Value { get; init; }

    /// <summary>Bit i: character i is a digit.</summary>
    public required ulong Digits { get; init; }

    public bool IsDigits => Digits == (1UL << Value.Length) - 1;

    /// <summary>Bit i: a separator stands after character i.</summary>
    public required ulong Gaps { get; init; }

    /// <summary>All separators are alike.</summary>
    public required bool IsUniform { get; init; }

    /// <summary>All separators are dashes.</summary>
    public required bool HasDashes { get; init; }

    /// <summary>Place in the text, in UTF-16 code units.</summary>
    public required int Start { get; init; }

    /// <summary>One past the last.</summary>
    public required int End { get; init; }
}
