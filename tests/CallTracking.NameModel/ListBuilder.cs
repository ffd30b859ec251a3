using CallTracking.Privacy;

namespace CallTracking.NameTraining;

/// <summary>Makes the lists of a model: forenames and surnames of the tables, ordinary words of the texts.</summary>
internal sealed class ListBuilder
{
    private const int FewestUses = 3;
    private const int ManyUses = 10;
    private const int FewestUsesInNames = 4;

    private readonly Dictionary<uint, byte> _values = [];
    private readonly Dictionary<uint, byte> _nouns = [];

    // What lists say of words in Han and hiragana, as they are written.
    private readonly Dictionary<string, byte> _ideographs = new(StringComparer.Ordinal);

    public static NameLexicon Build(NameTable table, Things things, Dictionaries dictionaries, IReadOnlyList<LabelledText> texts, NameLanguages languages)
    {
        var builder = new ListBuilder();
        foreach (var row in table.Rows)
        {
            builder.Add(row.Native, row.IsSurname, StrengthOf(row));
            if (row.Romanised.Length > 0)
            {
                builder.Add(row.Romanised, row.IsSurname, row.Source == "jpnames" && row.Weight == 0 ? NameLists.Weak : StrengthOf(row));
            }
        }

        builder.AddWords(texts);
        builder.AddPairs(texts);
        foreach (var line in TextResources.Lines("words"))
        {
            builder.AddOrdinary(line.Split(' '));
        }

        foreach (var thing in things.All)
        {
            builder.AddThing(thing);
        }

        foreach (var word in dictionaries.Katakana)
        {
            builder.AddKatakana(word);
        }

        foreach (var noun in dictionaries.German)
        {
            builder.AddNoun(noun);
        }

        var chinese = new Dictionary<string, byte>(builder._ideographs, StringComparer.Ordinal);
        foreach (var (letter, strength) in dictionaries.TranscribedLetters)
        {
            chinese[letter.ToString()] = (byte)(chinese.GetValueOrDefault(letter.ToString()) | (strength << NameLists.WordShift));
        }

        return new NameLexicon(
            NameLists.Build(builder._values), NameLists.Build(builder._nouns), WordBuilder.Build(chinese, dictionaries.Chinese), WordBuilder.Build(builder._ideographs, dictionaries.Japanese), languages);
    }

    private static byte StrengthOf(NameTable.Row row) => row.Source switch
    {
        "wikt" or "census90" or "vnnames" or "cnfamily" => NameLists.Weak,
        "jpnames" => row.Weight >= 10_000 ? NameLists.Usual : NameLists.Weak,
        "ine" => row.Weight >= 2_000 ? NameLists.Usual : NameLists.Weak,
        "ssa" => row.Weight >= 5_000 ? NameLists.Usual : NameLists.Weak,
        _ => NameLists.Usual,
    };

    private void Add(string name, bool isSurname, byte strength)
    {
        foreach (var part in name.Split([' ', '-', '\'', '’', '.', '・', '·'], StringSplitOptions.RemoveEmptyEntries))
        {
            var isIdeographic = LetterKinds.Of(part[0]) is LetterKind.Han or LetterKind.Hiragana;
            if (!isSurname && part.Length == 2 && part.All(letter => LetterKinds.Of(letter) == LetterKind.Hangul))
            {
                AddSyllable(part[0], 1);
                AddSyllable(part[1], 2);
            }

            if (part.Length < 2 && !isIdeographic)
            {
                continue;
            }

            var shift = isSurname ? NameLists.SurnameShift : 0;
            var before = Get(part);
            var value = (byte)Math.Max(strength, (before >> shift) & 3);
            Put(part, (byte)((before & ~(3 << shift)) | (value << shift)));
        }
    }

    // Weak at the first sight, usual from the second.
    private void AddSyllable(char syllable, uint place)
    {
        var hash = NameHash.OfSyllable(syllable, place);
        _values[hash] = (byte)Math.Min(NameLists.Usual, (_values.GetValueOrDefault(hash) & 3) + 1);
    }

    private static bool IsIdeographic(string word) => LetterKinds.Of(word[0]) is LetterKind.Han or LetterKind.Hiragana;

    private byte Get(string word) => IsIdeographic(word) ? _ideographs.GetValueOrDefault(word) : _values.GetValueOrDefault(NameHash.OfWord(word));

    private void Put(string word, byte value)
    {
        if (IsIdeographic(word))
        {
            _ideographs[word] = value;
        }
        else
        {
            _values[NameHash.OfWord(word)] = value;
        }
    }

    // A line's first word says what the others are.
    private void AddOrdinary(ReadOnlySpan<string> words)
    {
        foreach (var word in words[1..])
        {
            Put(word, (byte)(Get(word) | (NameLists.Weak << NameLists.WordShift)));
            if (words[0] == "de")
            {
                AddNoun(word);
            }
        }
    }

    private void AddNoun(string word)
    {
        _nouns[NameHash.OfWord(word)] = GermanNouns.Forward;
        if (word.Length >= GermanNouns.ShortestTail)
        {
            _nouns.TryAdd(NameHash.OfTail(word), GermanNouns.Backward);
        }
    }

    private void AddKatakana(DictionaryWord word) => Put(word.Text, (byte)(Get(word.Text) | word.Kind switch
    {
        WordClass.Surname => NameLists.Weak << NameLists.SurnameShift,
        WordClass.Forename or WordClass.Person => NameLists.Weak,
        WordClass.Place or WordClass.Organisation or WordClass.Proper => NameLists.Thing,
        _ => NameLists.Weak << NameLists.WordShift,
    }));

    private void AddThing(string thing)
    {
        foreach (var part in thing.Split([' ', '-', '\'', '.', '・', '&'], StringSplitOptions.RemoveEmptyEntries).Where(part => part.Length > 1))
        {
            Put(part, (byte)(Get(part) | NameLists.Thing));
        }
    }

    // A word that is written in lower case more often than with a capital is an ordinary one, whatever lists of names say; in
    // German one that stands outside names far more often than inside.
    private void AddWords(IEnumerable<LabelledText> texts)
    {
        var lower = new Dictionary<uint, int>();
        var particles = new Dictionary<uint, int>();
        var capital = new Dictionary<uint, int>();
        var nouns = new Dictionary<uint, int>();
        var inNames = new Dictionary<uint, int>();
        var spellings = new Dictionary<uint, string>();
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
                        spellings[unit.Hash] = text.Text.Substring(unit.Start, unit.Length);
                    }
                }
            }
        }

        foreach (var (hash, uses) in lower)
        {
            if (uses >= FewestUses && uses > capital.GetValueOrDefault(hash) + inNames.GetValueOrDefault(hash))
            {
                Mark(hash, uses >= ManyUses ? NameLists.Usual : NameLists.Weak);
            }
        }

        foreach (var (hash, uses) in nouns)
        {
            if (uses >= FewestUses && uses > 4 * inNames.GetValueOrDefault(hash))
            {
                Mark(hash, NameLists.Weak);
                AddNoun(spellings[hash]);
            }
        }

        foreach (var hash in particles.Where(pair => pair.Value >= FewestUsesInNames).Select(pair => pair.Key))
        {
            Mark(hash, NameLists.Particle);
        }
    }

    private static void Count(Dictionary<uint, int> counts, uint hash) => counts[hash] = counts.GetValueOrDefault(hash) + 1;

    private void Mark(uint hash, byte kind) =>
        _values[hash] = (byte)(_values.GetValueOrDefault(hash) | (kind << NameLists.WordShift));

    // Pairs of Han characters that stand outside names again and again.
    private void AddPairs(IEnumerable<LabelledText> texts)
    {
        var outside = new Dictionary<string, int>(StringComparer.Ordinal);
        var inside = new HashSet<string>(StringComparer.Ordinal);
        foreach (var text in texts)
        {
            for (var i = 1; i < text.Text.Length; i++)
            {
                if (LetterKinds.Of(text.Text[i]) == LetterKind.Han && LetterKinds.Of(text.Text[i - 1]) == LetterKind.Han)
                {
                    var pair = text.Text.Substring(i - 1, 2);
                    if (text.Names.Any(name => name.Start <= i && i <= name.End))
                    {
                        inside.Add(pair);
                    }
                    else
                    {
                        outside[pair] = outside.GetValueOrDefault(pair) + 1;
                    }
                }
            }
        }

        foreach (var pair in outside.Where(pair => pair.Value >= FewestUses && !inside.Contains(pair.Key)).Select(pair => pair.Key))
        {
            Put(pair, (byte)(Get(pair) | (NameLists.Weak << NameLists.WordShift)));
        }
    }
}
