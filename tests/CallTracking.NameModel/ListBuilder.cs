using CallTracking.Privacy;

namespace CallTracking.NameTraining;

/// <summary>Makes the lists of a model: forenames and surnames of the tables, ordinary words of the texts.</summary>
internal static class ListBuilder
{
    private const int FewestUses = 3;
    private const int ManyUses = 10;
    private const int ShortestTail = 4;
    private const int FewestUsesInNames = 4;

    public static NameLists Build(NameTable table, Things things, IReadOnlyList<LabelledText> texts)
    {
        var values = new Dictionary<uint, byte>();
        foreach (var row in table.Rows)
        {
            Add(values, row.Native, row.IsSurname, StrengthOf(row));
            if (row.Romanised.Length > 0)
            {
                Add(values, row.Romanised, row.IsSurname, row.Source == "jpnames" && row.Weight == 0 ? NameLists.Weak : StrengthOf(row));
            }
        }

        AddWords(values, texts);
        AddPairs(values, texts);
        foreach (var line in TextResources.Lines("words"))
        {
            AddOrdinary(values, line.Split(' '));
        }

        foreach (var thing in things.All)
        {
            AddThing(values, thing);
        }

        return NameLists.Build(values);
    }

    private static byte StrengthOf(NameTable.Row row) => row.Source switch
    {
        "wikt" or "census90" or "vnnames" or "cnfamily" => NameLists.Weak,
        "jpnames" => row.Weight >= 10_000 ? NameLists.Usual : NameLists.Weak,
        "ine" => row.Weight >= 2_000 ? NameLists.Usual : NameLists.Weak,
        "ssa" => row.Weight >= 5_000 ? NameLists.Usual : NameLists.Weak,
        _ => NameLists.Usual,
    };

    private static void Add(Dictionary<uint, byte> values, string name, bool isSurname, byte strength)
    {
        foreach (var part in name.Split([' ', '-', '\'', '’', '.', '・', '·'], StringSplitOptions.RemoveEmptyEntries))
        {
            var isIdeographic = LetterKinds.Of(part[0]) is LetterKind.Han or LetterKind.Hiragana;
            if (!isSurname && part.Length == 2 && part.All(letter => LetterKinds.Of(letter) == LetterKind.Hangul))
            {
                AddSyllable(values, part[0], 1);
                AddSyllable(values, part[1], 2);
            }

            if (part.Length < 2 && !isIdeographic)
            {
                continue;
            }

            var hash = isIdeographic ? NameHash.OfIdeographs(part) : NameHash.OfWord(part);
            var shift = isSurname ? NameLists.SurnameShift : 0;
            var before = values.GetValueOrDefault(hash);
            var value = (byte)Math.Max(strength, (before >> shift) & 3);
            values[hash] = (byte)((before & ~(3 << shift)) | (value << shift));
        }
    }

    // Weak at the first sight, usual from the second.
    private static void AddSyllable(Dictionary<uint, byte> values, char syllable, uint place)
    {
        var hash = NameHash.OfSyllable(syllable, place);
        values[hash] = (byte)Math.Min(NameLists.Usual, (values.GetValueOrDefault(hash) & 3) + 1);
    }

    // A line's first word says what the others are.
    private static void AddOrdinary(Dictionary<uint, byte> values, ReadOnlySpan<string> words)
    {
        foreach (var word in words[1..])
        {
            var hash = words[0] is "han" or "kanji" ? NameHash.OfIdeographs(word) : NameHash.OfWord(word);
            Mark(values, hash, NameLists.Weak);
            if (words[0] == "de" && word.Length >= ShortestTail)
            {
                Mark(values, NameHash.OfTail(word), NameLists.Weak);
            }
        }
    }

    private static void AddThing(Dictionary<uint, byte> values, string thing)
    {
        foreach (var part in thing.Split([' ', '-', '\'', '.', '・', '&'], StringSplitOptions.RemoveEmptyEntries).Where(part => part.Length > 1))
        {
            var isIdeographic = LetterKinds.Of(part[0]) is LetterKind.Han or LetterKind.Hiragana;
            var hash = isIdeographic ? NameHash.OfIdeographs(part) : NameHash.OfWord(part);
            values[hash] = (byte)(values.GetValueOrDefault(hash) | NameLists.Thing);
        }
    }

    // A word that is written in lower case more often than with a capital is an ordinary one, whatever lists of names say; in
    // German one that stands outside names far more often than inside.
    private static void AddWords(Dictionary<uint, byte> values, IEnumerable<LabelledText> texts)
    {
        var lower = new Dictionary<uint, int>();
        var particles = new Dictionary<uint, int>();
        var capital = new Dictionary<uint, int>();
        var nouns = new Dictionary<uint, int>();
        var inNames = new Dictionary<uint, int>();
        var tails = new Dictionary<uint, uint>();
        var reader = new UnitReader();
        foreach (var text in texts)
        {
            var isGerman = text.Source.EndsWith("-de", StringComparison.Ordinal);
            for (var at = 0; at < text.Text.Length;)
            {
                at = reader.Read(text.Text, at);
                for (var i = UnitReader.First; i < reader.End; i++)
                {
                    var unit = reader.Units[i];
                    if (unit.Kind != UnitKind.Word || unit.Shape is not (UnitShape.Lower or UnitShape.Title))
                    {
                        continue;
                    }

                    var isTitle = unit.Shape == UnitShape.Title;
                    var isInside = text.Names.Any(name => name.Start < unit.Start && unit.End < name.End);
                    var isNamed = text.Names.Any(name => name.Start <= unit.Start && unit.End <= name.End);
                    Count(isTitle ? isNamed ? inNames : capital : isInside ? particles : lower, unit.Hash);
                    if (isGerman && isTitle && !isNamed)
                    {
                        Count(nouns, unit.Hash);
                        tails[unit.Hash] = unit.Length >= ShortestTail ? NameHash.OfTail(text.Text.AsSpan(unit.Start, unit.Length)) : 0;
                    }
                }
            }
        }

        foreach (var (hash, uses) in lower)
        {
            if (uses >= FewestUses && uses > capital.GetValueOrDefault(hash) + inNames.GetValueOrDefault(hash))
            {
                Mark(values, hash, uses >= ManyUses ? NameLists.Usual : NameLists.Weak);
            }
        }

        foreach (var (hash, uses) in nouns)
        {
            if (uses >= FewestUses && uses > 4 * inNames.GetValueOrDefault(hash))
            {
                Mark(values, hash, NameLists.Weak);
                if (tails[hash] != 0)
                {
                    Mark(values, tails[hash], NameLists.Weak);
                }
            }
        }

        foreach (var hash in particles.Where(pair => pair.Value >= FewestUsesInNames).Select(pair => pair.Key))
        {
            Mark(values, hash, NameLists.Particle);
        }
    }

    private static void Count(Dictionary<uint, int> counts, uint hash) => counts[hash] = counts.GetValueOrDefault(hash) + 1;

    private static void Mark(Dictionary<uint, byte> values, uint hash, byte kind) =>
        values[hash] = (byte)(values.GetValueOrDefault(hash) | (kind << NameLists.WordShift));

    // Pairs of Han characters that stand outside names again and again.
    private static void AddPairs(Dictionary<uint, byte> values, IEnumerable<LabelledText> texts)
    {
        var outside = new Dictionary<uint, int>();
        var inside = new HashSet<uint>();
        foreach (var text in texts)
        {
            for (var i = 1; i < text.Text.Length; i++)
            {
                if (LetterKinds.Of(text.Text[i]) == LetterKind.Han && LetterKinds.Of(text.Text[i - 1]) == LetterKind.Han)
                {
                    var hash = NameHash.OfIdeographs(text.Text.AsSpan(i - 1, 2));
                    if (text.Names.Any(name => name.Start <= i && i <= name.End))
                    {
                        inside.Add(hash);
                    }
                    else
                    {
                        Count(outside, hash);
                    }
                }
            }
        }

        foreach (var hash in outside.Where(pair => pair.Value >= FewestUses && !inside.Contains(pair.Key)).Select(pair => pair.Key))
        {
            Mark(values, hash, NameLists.Weak);
        }
    }
}
