using System.Buffers;
using System.Collections.Frozen;
using System.Text;

namespace CallTracking.Privacy;

/// <summary>
/// The spellings of a person's name: whole, in every order of its parts, each part alone, umlauts written out, and the usual
/// split of Chinese and Japanese names that are written without a space; where names are inflected, each part with other endings.
/// </summary>
internal readonly ref struct NameSpellings(FoldedText name, bool isInflected, SpellingAdder adder)
{
    // A family name of one syllable is in every other word; folded, a syllable is two or three letters.
    private const int ShortestHangul = 4;

    private const int KanaDistance = 'ァ' - 'ぁ';

    // Orders of more parts than this are not names.
    private const int MostOrderedParts = 5;

    private static readonly FrozenSet<string> Titles = new[]
    {
        "mr", "mrs", "ms", "miss", "dr", "prof", "herr", "herrn", "frau", "sir", "madam", "様", "先生", "さん", "氏", "殿",
    }.ToFrozenSet();

    // Parts that say nothing alone.
    private static readonly FrozenSet<string> Particles = new[]
    {
        "von", "van", "der", "den", "del", "della", "des", "dos", "das", "las", "los", "bin", "ibn", "abu", "und", "and", "the", "zur", "zum",
        "jun", "sen", "san", "sama",
    }.ToFrozenSet();

    private static readonly SearchValues<char> Umlauts = SearchValues.Create("äöüÄÖÜ");

    private static readonly SearchValues<string> WrittenOutUmlauts = SearchValues.Create(["ae", "oe", "ue"], StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether folded letters are a title, which is no part of a name.</summary>
    public static bool IsTitle(ReadOnlySpan<char> letters) => Titles.GetAlternateLookup<ReadOnlySpan<char>>().Contains(letters);

    public void Add()
    {
        Span<Range> parts = stackalloc Range[16];
        parts = parts[..Split(parts)];
        adder.AddWords(name, parts);
        if (parts.Length > 1 && parts.Length <= MostOrderedParts)
        {
            Span<Range> turned = stackalloc Range[MostOrderedParts];
            for (var by = 1; by < parts.Length; by++)
            {
                parts[by..].CopyTo(turned);
                parts[..by].CopyTo(turned[(parts.Length - by)..]);
                adder.AddWords(name, turned[..parts.Length]);
            }
        }

        foreach (var part in parts)
        {
            AddPart(name.Letters[part], alone: parts.Length == 1);
        }
    }

    /// <summary>Other ways of writing the whole name: umlauts as two letters (Mueller) and back, kana in the other script.</summary>
    public static IEnumerable<string> Variants(string value)
    {
        if (value.AsSpan().ContainsAny(Umlauts))
        {
            yield return WithoutUmlauts(value);
        }
        else if (value.AsSpan().ContainsAny(WrittenOutUmlauts))
        {
            // Folding takes the dots off, so the bare vowel stands for the umlaut.
            yield return value
                .Replace("ae", "a", StringComparison.OrdinalIgnoreCase)
                .Replace("oe", "o", StringComparison.OrdinalIgnoreCase)
                .Replace("ue", "u", StringComparison.OrdinalIgnoreCase);
        }

        if (value.AsSpan().ContainsAnyInRange('ぁ', 'ヶ') || value.AsSpan().ContainsAnyInRange('ｦ', 'ﾟ'))
        {
            var kana = value.Normalize(NormalizationForm.FormKC);
            yield return string.Concat(kana.Select(letter =>
                IsKatakana(letter) ? (char)(letter - KanaDistance) : IsHiragana(letter) ? (char)(letter + KanaDistance) : letter));
        }
    }

    private static string WithoutUmlauts(string value)
    {
        var written = new StringBuilder(value.Length + 4);
        foreach (var letter in value)
        {
            _ = letter switch
            {
                'ä' or 'Ä' => written.Append("ae"),
                'ö' or 'Ö' => written.Append("oe"),
                'ü' or 'Ü' => written.Append("ue"),
                _ => written.Append(letter),
            };
        }

        return written.ToString();
    }

    private static bool IsHiragana(char letter) => letter is >= 'ぁ' and <= 'ゖ';

    private static bool IsKatakana(char letter) => letter is >= 'ァ' and <= 'ヶ';

    private void AddPart(ReadOnlySpan<char> part, bool alone)
    {
        if (Folding.IsHan(part[0]))
        {
            if (part.Length >= 2)
            {
                adder.AddExact(part, 0);
            }

            // 山田太郎: family name first two, given name last two, as most are.
            if (alone && part.Length is >= 3 and <= 5 && Folding.IsHan(part[^1]))
            {
                adder.AddExact(part[..2], 0);
                adder.AddExact(part[^2..], 0);
            }
        }
        else if (part.Length >= (Folding.IsJamo(part[0]) ? ShortestHangul : 3) && !Particles.GetAlternateLookup<ReadOnlySpan<char>>().Contains(part))
        {
            adder.AddExact(part, 0);
            if (part.Length >= Endings.ShortestName && (isInflected || Endings.AreUsual(part[0])))
            {
                Endings.AddStems(part, adder);
            }
        }
    }

    // Parts are what separators part; titles are left out unless nothing else is there.
    private int Split(Span<Range> parts)
    {
        var count = 0;
        var start = 0;
        var titles = Titles.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var i = 1; i <= name.Count; i++)
        {
            if (i < name.Count && name.Starts[i] <= name.Ends[i - 1])
            {
                continue;
            }

            if (!titles.Contains(name.Letters[start..i]) || (i == name.Count && count == 0))
            {
                if (count == parts.Length)
                {
                    parts[count - 1] = parts[count - 1].Start..i;
                }
                else
                {
                    parts[count++] = start..i;
                }
            }

            start = i;
        }

        return count;
    }
}
