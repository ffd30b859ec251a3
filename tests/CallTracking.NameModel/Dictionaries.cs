using CallTracking.Privacy;

namespace CallTracking.NameTraining;

/// <summary>A word of a dictionary of Chinese or Japanese.</summary>
internal sealed record DictionaryWord(string Text, WordClass Kind, int Cost);

/// <summary>
/// Reads dictionaries that others made: jieba's and CC-CEDICT for Chinese, NAIST's and ENAMDICT for Japanese, a list of German words. <c>ops/name-words</c>
/// fetches them; the repository holds none.
/// </summary>
internal sealed class Dictionaries(IReadOnlyList<DictionaryWord> chinese, IReadOnlyList<DictionaryWord> japanese, IReadOnlyList<DictionaryWord> katakana, IReadOnlyList<string> german)
{
    private const string ChineseFile = "jieba.txt";
    private const string JapaneseFile = "naist-jdic.csv";
    private const string GermanFile = "german-words.json";

    private const int ShortestRare = 4;
    private const int RareUses = 3;

    // Bits of surprise for a unit of cost, and costs of the Japanese dictionary.
    private const double Bits = 1.7;
    private const int CostOfOne = 600;

    public static Dictionaries None { get; } = new([], [], [], []);

    /// <summary>The characters of foreign names in Chinese.</summary>
    public IReadOnlyDictionary<char, byte> TranscribedLetters { get; init; } = new Dictionary<char, byte>();

    public IReadOnlyList<DictionaryWord> Chinese => chinese;

    public IReadOnlyList<DictionaryWord> Japanese => japanese;

    public IReadOnlyList<DictionaryWord> Katakana => katakana;

    /// <summary>Nouns and what is written like one, in all forms.</summary>
    public IReadOnlyList<string> German => german;

    /// <summary>Names of foreigners as a language writes them; none where there are no such.</summary>
    public IReadOnlyList<string> Transcribed(string language) => language switch
    {
        "zh" => [.. chinese.Where(word => word.Kind == WordClass.Person && word.Text.Length > 2).Select(word => word.Text)],
        "ja" => [.. katakana.Where(word => word.Kind == WordClass.Person && word.Text.Length > 2).Select(word => word.Text)],
        _ => [],
    };

    public static Dictionaries Read(string folder)
    {
        System.Text.Encoding.RegisterProvider(System.Text.CodePagesEncodingProvider.Instance);
        var japanese = System.Text.Encoding.GetEncoding("euc-jp");
        var words = File.ReadLines(Path.Combine(folder, JapaneseFile), japanese).Select(JapaneseWord).OfType<DictionaryWord>().ToList();
        var rare = Enamdict.Read(File.ReadLines(Path.Combine(folder, Enamdict.FileName), japanese)).ToList();
        var (chinese, letters) = ReadChinese(Path.Combine(folder, ChineseFile));
        return new Dictionaries(
            [.. Cedict.Read(File.ReadAllText(Path.Combine(folder, Cedict.FileName)), chinese), .. chinese],
            [.. words.Where(word => word.Text.Length <= NameWords.Longest && IsIdeographic(word)), .. rare.Where(IsRareIdeographic)],
            [.. words.Concat(rare).Where(word => word.Text.Length > 1 && word.Text.All(letter => LetterKinds.Of(letter) == LetterKind.Katakana))],
            ReadGerman(Path.Combine(folder, GermanFile)))
        { TranscribedLetters = letters };
    }

    // Given names are whatever parents like: those that nobody else has say nothing.
    private static bool IsRareIdeographic(DictionaryWord word) =>
        word.Text.Length is > 1 and <= NameWords.Longest && word.Kind is WordClass.Place or WordClass.Surname or WordClass.Organisation
        && word.Text.All(letter => LetterKinds.Of(letter) is LetterKind.Han or LetterKind.Hiragana);

    private static (List<DictionaryWord> Words, IReadOnlyDictionary<char, byte> Letters) ReadChinese(string file)
    {
        var rows = File.ReadLines(file).Select(line => line.Split(' ')).Where(cells => cells.Length == 3 && cells[0].All(letter => LetterKinds.Of(letter) == LetterKind.Han))
            .Select(cells => (Text: cells[0], Uses: double.Parse(cells[1], System.Globalization.CultureInfo.InvariantCulture), Kind: cells[2])).ToList();
        var total = rows.Sum(row => row.Uses);
        var letters = new TranscribedLetters(
            rows.Where(row => row.Kind == "nrt").Select(row => row.Text), rows.Where(row => row.Kind is not ("nrt" or "nr" or "ns" or "nz")).Select(row => row.Text));
        return ([.. rows.Where(row => row.Text.Length <= NameWords.Longest && (row.Text.Length < ShortestRare || row.Uses > RareUses) && (!IsWholePerson(row.Text, row.Kind) || letters.AreAll(row.Text)))
            .Select(row => new DictionaryWord(row.Text, ChineseClass(row.Kind), (int)Math.Clamp(Math.Log2(total / row.Uses) / Bits - 1, 0, NameWords.DearestWord)))], letters.Letters);
    }

    // No dictionary of whole persons: given names and transcribed names only.
    private static bool IsWholePerson(string text, string kind) => kind is "nr" or "nrfg" && text.Length > 2;

    private static WordClass ChineseClass(string kind) => kind switch
    {
        "n" or "s" or "nd" => WordClass.Noun,
        "nr" or "nrfg" or "nrt" => WordClass.Person,
        "ns" => WordClass.Place,
        "nt" => WordClass.Organisation,
        "nz" or "j" => WordClass.Proper,
        "vn" => WordClass.Action,
        "m" or "q" or "mq" or "t" or "tg" => WordClass.Number,
        "i" or "l" => WordClass.Idiom,
        "k" or "h" => WordClass.Suffix,
        "g" or "ng" or "zg" or "x" or "vg" or "ag" => WordClass.Letter,
        ['v' or 'a' or 'z' or 'b', ..] => WordClass.Verb,
        _ => WordClass.Function,
    };

    private static DictionaryWord? JapaneseWord(string line)
    {
        var cells = line.Split(',');
        return cells.Length < 8 || cells[4] == "記号" || !int.TryParse(cells[3], out var cost) ? null
            : new DictionaryWord(cells[0], JapaneseClass(cells[4], cells[5], cells[6], cells[7]), Math.Clamp(cost / CostOfOne, 0, NameWords.DearestWord));
    }

    private static WordClass JapaneseClass(string kind, string sort, string part, string detail) => (kind, sort, part, detail) switch
    {
        ("名詞", "固有名詞", "人名", "姓") => WordClass.Surname,
        ("名詞", "固有名詞", "人名", "名") => WordClass.Forename,
        ("名詞", "固有名詞", "人名", _) => WordClass.Person,
        ("名詞", "固有名詞", "地域", _) => WordClass.Place,
        ("名詞", "固有名詞", "組織", _) => WordClass.Organisation,
        ("名詞", "固有名詞", _, _) => WordClass.Proper,
        ("名詞", "サ変接続", _, _) => WordClass.Action,
        ("名詞", "数" or "副詞可能", _, _) => WordClass.Number,
        ("名詞", "接尾", _, _) or ("接頭詞", _, _, _) => WordClass.Suffix,
        ("名詞", "代名詞", _, _) => WordClass.Function,
        ("名詞", _, _, _) => WordClass.Noun,
        ("動詞" or "形容詞", _, _, _) => WordClass.Verb,
        _ => WordClass.Function,
    };

    // Words in hiragana alone are too many and say little, but for the little ones; so are the forms of verbs with one Han.
    private static bool IsIdeographic(DictionaryWord word) =>
        word.Text.All(letter => LetterKinds.Of(letter) is LetterKind.Han or LetterKind.Hiragana)
        && (word.Kind == WordClass.Function || word.Text.Count(letter => LetterKinds.Of(letter) == LetterKind.Han) > (word.Kind == WordClass.Verb && word.Text.Length > 1 ? 1 : 0));

    private static List<string> ReadGerman(string file)
    {
        using var words = System.Text.Json.JsonDocument.Parse(File.ReadAllBytes(file));
        var forms = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var word in words.RootElement.EnumerateObject().Where(word => word.Name.All(char.IsLetter) && char.IsUpper(word.Name[0])))
        {
            forms.Add(word.Name);
            foreach (var form in word.Value.EnumerateObject().Where(form => form.Value.ValueKind == System.Text.Json.JsonValueKind.Object).SelectMany(form => form.Value.EnumerateObject()))
            {
                forms.Add(form.Value.GetString()!);
            }
        }

        return [.. forms.Where(form => form.Length > 2 && form.All(char.IsLetter))];
    }
}
