using System.Collections.Frozen;
using System.Text;
using System.Text.RegularExpressions;

namespace CallTracking.Mapping.Values;

/// <summary>What happens to every text before it becomes a value: trim, pattern, normal form, width, case, nulls. Thread-safe.</summary>
internal sealed record TextRules
{
    /// <summary>What decoders that guess leave for a character that they could not read.</summary>
    public const char Damage = '\uFFFD';

    private readonly FrozenSet<string> _nulls = [];
    private readonly bool _hasNulls;
    private readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> _nullLookup =
        FrozenSet<string>.Empty.GetAlternateLookup<ReadOnlySpan<char>>();

    public bool Trim { get; init; } = true;

    /// <summary>U+FFFD, where a program before us lost a character, is taken as text; else it rejects the record.</summary>
    public bool KeepsDamage { get; init; }

    public FrozenSet<string> Nulls
    {
        get => _nulls;
        init
        {
            _nulls = value;
            _hasNulls = value.Count > 0;
            _nullLookup = value.GetAlternateLookup<ReadOnlySpan<char>>();
        }
    }

    public NormalizationForm? Form { get; init; }

    /// <summary>Full-width Latin letters, digits and signs to half width, half-width kana to full width.</summary>
    public bool Width { get; init; }

    public LetterCase Case { get; init; }

    /// <summary>Gives the group of <see cref="Group"/>, else its first named group, else the whole match.</summary>
    public Regex? Pattern { get; init; }

    /// <summary>Which of the pattern's named groups is the value, where it has several.</summary>
    public string? Group { get; init; }

    /// <summary>What a text becomes that the pattern does not fit.</summary>
    public PatternMiss Unmatched { get; init; }

    /// <summary>There is nothing to do but to trim and to look for nulls, as in most mappings.</summary>
    public bool IsPlain => Trim && Pattern is null && Form is null && !Width && Case == LetterCase.AsIs;

    /// <summary>Why the text cannot be taken: no null, and not what the pattern fits.</summary>
    public RowFault? Refuse(in CellText cell)
    {
        if (Unmatched != PatternMiss.Reject || Pattern is null)
        {
            return null;
        }

        var text = Trim ? cell.Span.Trim() : cell.Span;
        return IsNull(text) || Pattern.IsMatch(text) ? null : new RowFault(RejectReason.BadValue, $"The pattern does not fit a text of {text.Length} characters.");
    }

    /// <summary>As <see cref="TryClean"/>, where the rules are plain.</summary>
    public bool TryTrim(ref CellText cell)
    {
        cell = cell.Part(cell.Span.Trim());
        return !IsNull(cell.Span);
    }

    /// <summary>Cleans a text; false when nothing is left of it or it is one of the spellings of null.</summary>
    public bool TryClean(ref CellText cell)
    {
        if (Trim)
        {
            cell = cell.Part(cell.Span.Trim());
        }

        if (IsNull(cell.Span))
        {
            return false;
        }

        if (Pattern is not null && !TryMatch(Pattern, ref cell))
        {
            return false;
        }

        if ((Form is not null || Width) && !Ascii.IsValid(cell.Span))
        {
            Normalize(ref cell);
            return !IsNull(cell.Span);
        }

        if (Case != LetterCase.AsIs)
        {
            cell = new CellText(Recase(cell.ToString()), cell.IsInvariant);
        }

        return true;
    }

    private bool IsNull(ReadOnlySpan<char> text) => text.IsEmpty || (_hasNulls && _nullLookup.Contains(text));

    private void Normalize(ref CellText cell)
    {
        if (Width && TextWidth.NeedsFolding(cell.Span))
        {
            cell = new CellText(TextWidth.Fold(cell.Span));
        }

        if (Form is { } form && !NormalForm.IsSurely(cell.Span, form))
        {
            cell = new CellText(cell.ToString().Normalize(form));
        }

        if (Trim)
        {
            cell = cell.Part(cell.Span.Trim());
        }

        if (Case != LetterCase.AsIs)
        {
            cell = new CellText(Recase(cell.ToString()), cell.IsInvariant);
        }
    }

    private string Recase(string text) => Case == LetterCase.Lower ? text.ToLowerInvariant() : text.ToUpperInvariant();

    private bool TryMatch(Regex pattern, ref CellText cell)
    {
        var text = cell.ToString();
        var match = pattern.Match(text);
        if (!match.Success)
        {
            return Unmatched == PatternMiss.Keep;
        }

        var group = Group is not null ? match.Groups[Group] : match.Groups.Values.FirstOrDefault(candidate => !char.IsAsciiDigit(candidate.Name[0])) ?? match;
        cell = new CellText(MatchedText.Of(text, group));
        return group.Success && group.Length > 0;
    }
}

/// <summary>What a text becomes that a pattern does not fit.</summary>
internal enum PatternMiss
{
    /// <summary>No value.</summary>
    Null,

    /// <summary>It stays as it is.</summary>
    Keep,

    /// <summary>It rejects the record.</summary>
    Reject,
}

/// <summary>Invariant change of letters.</summary>
internal enum LetterCase
{
    AsIs,
    Lower,
    Upper,
}

/// <summary>A quick answer to "is it in normal form", so that the library is asked for few texts only.</summary>
internal static class NormalForm
{
    public static bool IsSurely(ReadOnlySpan<char> text, NormalizationForm form)
    {
        if (form != NormalizationForm.FormC)
        {
            return false;
        }

        foreach (var letter in text)
        {
            if (!IsStable(letter))
            {
                return false;
            }
        }

        return true;
    }

    // Blocks in which no character composes with a neighbour or has another canonical spelling.
    private static bool IsStable(char letter) => letter switch
    {
        < '\u0300' => true,
        >= '\u3000' and < '\u3099' => true,
        >= '\u309B' and < '\uA000' => true,
        >= '\uAC00' and <= '\uD7A3' => true,
        >= '\uFF00' and <= '\uFFEF' => true,
        >= '\u2010' and < '\u2100' => true,
        _ => false,
    };
}
