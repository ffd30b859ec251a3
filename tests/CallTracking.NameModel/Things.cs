using CallTracking.Privacy;

namespace CallTracking.NameTraining;

/// <summary>Names of places, firms and products by script: what must not be taken for persons.</summary>
internal sealed class Things
{
    private const int FromDictionary = 50;

    private readonly Dictionary<string, string[]> _byScriptAndKind;

    private readonly Dictionary<string, string[]> _words = TextResources.Lines("words").Select(line => line.Split(' '))
        .GroupBy(words => words[0]).ToDictionary(group => group.Key, group => group.SelectMany(words => words[1..]).ToArray(), StringComparer.Ordinal);

    private readonly Dictionary<string, string[]> _listed;

    private Things(Dictionary<string, string[]> byScriptAndKind, Dictionaries dictionaries)
    {
        _byScriptAndKind = byScriptAndKind;
        var japanese = dictionaries.Japanese.Concat(dictionaries.Katakana).ToList();
        _listed = new(StringComparer.Ordinal)
        {
            ["han place"] = Texts(dictionaries.Chinese, WordClass.Place),
            ["han firm"] = Texts(dictionaries.Chinese, WordClass.Organisation),
            ["kana place"] = Texts(japanese, WordClass.Place),
            ["kana firm"] = Texts(japanese, WordClass.Organisation),
            ["zh"] = Texts(dictionaries.Chinese, WordClass.Noun, WordClass.Verb, WordClass.Action),
            ["ja"] = Texts(japanese, WordClass.Noun, WordClass.Action),
            ["de"] = [.. dictionaries.German],
        };
    }

    public IEnumerable<string> All => _byScriptAndKind.Values.SelectMany(values => values);

    public static Things Read(Dictionaries dictionaries) => new(TextResources.Lines("things").Select(line => line.Split('|')).ToDictionary(cells => cells[0], cells => cells[1..], StringComparer.Ordinal), dictionaries);

    /// <summary>One at random; a script without products has the Latin ones.</summary>
    public string Of(string script, string kind, Dice dice) =>
        _listed.GetValueOrDefault($"{script} {kind}") is { Length: > 0 } listed && dice.IsLucky(FromDictionary) ? dice.Of(listed) : dice.Of(_byScriptAndKind.GetValueOrDefault($"{script} {kind}") ?? _byScriptAndKind[$"latin {kind}"]);

    /// <summary>An ordinary word of a language; none where there is no list.</summary>
    public string Word(string language, Dice dice) => _listed[language] is { Length: > 0 } listed && dice.IsLucky(FromDictionary) ? dice.Of(listed) : dice.Of(language switch
    {
        "ja" => Words(dice.IsLucky(50) ? "katakana" : "kanji"),
        "zh" => Words("han"),
        "de" => Words("de"),
        _ => throw new ArgumentException($"There is no list of ordinary words for '{language}'.", nameof(language)),
    });

    private string[] Words(string kind) => _words[kind];

    private static string[] Texts(IEnumerable<DictionaryWord> words, params WordClass[] kinds) =>
        [.. words.Where(word => kinds.Contains(word.Kind) && word.Text.Length > 1).Select(word => word.Text).Distinct(StringComparer.Ordinal)];

    /// <summary>The script's name in the file, by a letter of it.</summary>
    public static string ScriptOf(string language) => language switch
    {
        "ru" or "uk" => "cyrillic",
        "zh" or "zh-Hant" => "han",
        "ja" => "kana",
        "th" => "thai",
        "ar" or "ur" => "arabic",
        "hi" or "bn" => "devanagari",
        "el" => "greek",
        _ => "latin",
    };

    /// <summary>What texts of a language are written with, to know which lists of names fit.</summary>
    public static bool Fits(string language, string name)
    {
        var letter = name[0];
        return ScriptOf(language) switch
        {
            "latin" => letter < '\u0250' || letter is >= '\u1E00' and <= '\u1EFF',
            "cyrillic" => letter is >= '\u0400' and <= '\u052F',
            "greek" => letter is >= '\u0370' and <= '\u03FF' or >= '\u1F00' and <= '\u1FFF',
            "thai" => LetterKinds.Of(letter) == LetterKind.Thai,
            "arabic" => letter is >= '\u0600' and <= '\u06FF',
            "devanagari" => letter is >= '\u0900' and <= '\u09FF',
            "han" => name.All(part => LetterKinds.Of(part) == LetterKind.Han),
            _ => LetterKinds.Of(letter) is LetterKind.Han or LetterKind.Hiragana or LetterKind.Katakana,
        };
    }
}
