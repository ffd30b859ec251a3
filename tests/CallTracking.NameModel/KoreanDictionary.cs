using System.Buffers.Binary;
using System.Text;
using CallTracking.Privacy;

namespace CallTracking.NameTraining;

/// <summary>
/// What a compiled MeCab dictionary of Korean (mecab-ko-dic) knows of persons: parts of foreign names in Hangul, given names, and the
/// nouns that could be taken for either. Whole Korean persons of it are left out: of them the given name is kept, and only where
/// people of two families or more have it.
/// </summary>
internal sealed class KoreanDictionary
{
    public const string FileName = "mecab-ko.dic";

    private const int HeaderBytes = 72;
    private const int LexiconBytesAt = 24;
    private const int Shortest = 2;
    private const int Longest = 6;
    private const int LongestPart = 8;

    // Two syllables are soon a piece of something else: several persons must have them in a name.
    private const int PersonsOfShort = 5;

    // A word that is used in fewer names than this is a word.
    private const int PersonsOfWord = 3;

    // In so many families, a word is a given name, too.
    private const int FamiliesOfWord = 8;
    private const int FamiliesOfName = 2;

    // So many persons have it that it is a name, whatever else it is; with two syllables beside others only.
    private const int UsualOfWord = 20;
    private const int UsualOfShortWord = 40;
    private const int UsualOfSyllable = 200;
    private const int UsualOfEntry = 12;
    private const int SureOfEntry = 10;

    private readonly HashSet<string> _whole = [];
    private readonly HashSet<string> _spelling;
    private readonly HashSet<string> _persons = [];
    private readonly HashSet<string> _words = [];
    private readonly Dictionary<string, int> _counts = [];

    private KoreanDictionary(HashSet<string> spelling) => _spelling = spelling;

    /// <summary>Names that are nothing else, and parts that are names above all: another dictionary may have them as nouns.</summary>
    public IEnumerable<string> Persons => _whole.Except(_words).Concat(Parts.Keys.Where(IsMoreThanWord));

    /// <summary>Parts of foreign names.</summary>
    public Dictionary<string, KoreanPart> Parts { get; } = [];

    /// <summary>Given names of two syllables.</summary>
    public List<string> Given { get; } = [];

    /// <summary>Words that begin with what may be a family name or a part of a foreign one.</summary>
    public List<string> Nouns { get; } = [];

    /// <param name="file">The compiled dictionary.</param>
    /// <param name="spelling">The words of a dictionary for spelling: what it lacks as well is an entry of an encyclopedia, not a word of the language.</param>
    public static KoreanDictionary Read(string file, IEnumerable<string> spelling)
    {
        var dictionary = new KoreanDictionary(spelling.ToHashSet());
        var bytes = File.ReadAllBytes(file);
        uint Header(int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at));
        var start = HeaderBytes + (int)(Header(LexiconBytesAt) + Header(LexiconBytesAt + 4));
        var features = bytes.AsMemory(start, (int)Header(LexiconBytesAt + 8));
        while (!features.IsEmpty)
        {
            var length = features.Span.IndexOf((byte)0);
            dictionary.Add(Encoding.UTF8.GetString(features.Span[..length]).Normalize(NormalizationForm.FormC).Split(','));
            features = features[(length + 1)..];
        }

        dictionary.Sort();
        return dictionary;
    }

    // Kind, meaning, whether it ends in a consonant, the word, how it is made, first and last kind, its pieces.
    private void Add(string[] cells)
    {
        if (cells is not [var kind, var meaning, _, var word, var making, _, _, var pieces, ..] || !IsHangul(word))
        {
            return;
        }

        if (kind != "NNP" || meaning != "인명")
        {
            _words.Add(word);
            if (kind is not ("NNG" or "NNP") || meaning != "*")
            {
                _spelling.Add(word);
            }
        }
        else if (making == "*")
        {
            _persons.Add(word);
            _whole.Add(word);
        }
        else if (making == "Preanalysis")
        {
            foreach (var piece in pieces.Split('+').Where(piece => piece.EndsWith("/인명", StringComparison.Ordinal)).Select(piece => piece.Split('/')[0]).Where(IsHangul))
            {
                _counts[piece] = _counts.GetValueOrDefault(piece) + 1;
            }
        }
    }

    private void Sort()
    {
        var families = new Dictionary<string, HashSet<string>>();
        foreach (var name in _persons.Except(_counts.Keys).ToList())
        {
            var family = name.Length == 3 && IsFamily(name[..1]) ? 1 : name.Length == 4 && IsFamily(name[..2]) ? 2 : 0;
            if (family > 0)
            {
                (families.TryGetValue(name[family..], out var known) ? known : families[name[family..]] = []).Add(name[..family]);
                _persons.Remove(name);
            }
        }

        Given.AddRange(families.Where(given => given.Value.Count >= (_words.Contains(given.Key) ? FamiliesOfWord : FamiliesOfName)).Select(given => given.Key));
        foreach (var part in _persons.Union(_counts.Keys).Where(part => part.Length <= LongestPart))
        {
            if (KindOf(part, _counts.GetValueOrDefault(part)) is not KoreanPart.None and var kind)
            {
                Parts[part] = kind;
            }
        }

        Nouns.AddRange(_words.Where(word => word.Length is >= Shortest and <= Longest && !IsMoreThanWord(word) && !IsPerson(word) && (IsLikeName(word) || IsMadeOfParts(word))));
    }

    // A whole person of an encyclopedia, whose name is no word of the language.
    private bool IsPerson(string word) => word.Length > 2 && _whole.Contains(word) && !_spelling.Contains(word) && !IsLoan(word);

    private bool IsMoreThanWord(string part) => Parts.GetValueOrDefault(part) >= KoreanPart.Usual && !IsLoan(part);

    private static bool IsLoan(string word) => KoreanWords.Default.Loans.Contains(NameHash.OfWord(word)) || KoreanWords.Default.Makers.Contains(NameHash.OfWord(word));

    private KoreanPart KindOf(string part, int persons) => part.Length switch
    {
        1 => persons >= UsualOfSyllable ? KoreanPart.Usual : persons >= PersonsOfWord ? KoreanPart.Word : KoreanPart.None,
        2 => KindOf(part, persons, (PersonsOfShort, SureOfEntry, int.MaxValue), (PersonsOfWord, UsualOfShortWord)),
        _ => KindOf(part, persons, (0, UsualOfEntry, UsualOfWord), (PersonsOfWord, UsualOfWord)),
    };

    // How many persons must have a part so that it is one alone, and beside others: as no word, an entry of an encyclopedia, a word.
    private KoreanPart KindOf(string part, int persons, (int None, int Entry, int Word) sure, (int Entry, int Word) usual)
    {
        var (isWord, isSpelt) = (IsWord(part, _words), IsWord(part, _spelling));
        return persons >= (isSpelt ? sure.Word : isWord ? sure.Entry : sure.None) ? KoreanPart.Sure
            : persons >= (isSpelt ? usual.Word : isWord ? usual.Entry : int.MaxValue) ? KoreanPart.Usual
            : !_words.Contains(part) || persons >= PersonsOfWord ? KoreanPart.Word
            : KoreanPart.None;
    }

    // A word, or one with what is written on to nouns.
    private static bool IsWord(string part, HashSet<string> words) =>
        words.Contains(part)
        || Enumerable.Range(1, part.Length - 1).Any(length => words.Contains(part[..length]) && KoreanWords.Default.Endings.Contains(NameHash.OfWord(part.AsSpan(length))));

    // "바이러스", of which two parts could be made.
    private bool IsMadeOfParts(string word) => Enumerable.Range(2, Math.Max(0, word.Length - 2)).Any(length => Parts.GetValueOrDefault(word[..length]) != KoreanPart.None);

    private static bool IsHangul(string word) => word.Length > 0 && word.All(letter => LetterKinds.Of(letter) == LetterKind.Hangul);

    /// <summary>Whether a word begins with what may be a family name.</summary>
    public static bool IsLikeName(string word) => IsFamily(word[..1]) || IsFamily(word[..2]);

    private static bool IsFamily(string start) =>
        NameHash.OfWord(start) is var hash && (KoreanWords.Default.Usual.Contains(hash) || KoreanWords.Default.Rare.Contains(hash));
}
