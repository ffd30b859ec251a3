using System.Globalization;
using CallTracking.LanguageModel;
using CallTracking.Mapping.Languages;

if (args.Length is not (1 or 2))
{
    Console.Error.WriteLine("calltracking-languagemodel FOLDER [MODEL]: measures the model on every tenth text of FOLDER/*.jsonl; with MODEL trains it on the others first, and writes it there.");
    return 2;
}

string[] latin = ["cs", "da", "de", "en", "es", "fi", "fr", "hr", "hu", "id", "nl", "pt", "ro", "sk", "sr-Latn", "sv", "tr"];
string[] han = ["ja", "zh", "zh-Hant"];
var corpus = Corpus.Read(args[0]);
if (args.Length == 2)
{
    var models = new Dictionary<string, NgramModel>
    {
        [Scripts.Latin] = Trainer.Train(Scripts.Latin, latin, corpus, piecesPerLanguage: 1500),
        [Scripts.Han] = Trainer.Train(Scripts.Han, han, corpus, piecesPerLanguage: 2500),
    };
    using var written = File.Create(args[1]);
    NgramModel.Save(models, written);
}

var detector = args.Length == 2 ? new LanguageDetector(NgramModel.Load(File.OpenRead(args[1]))) : LanguageDetector.Default;
Console.WriteLine("| language | texts | right | wrong | und | of 40 characters: right | wrong | und | taken for |");
Console.WriteLine("| --- | --- | --- | --- | --- | --- | --- | --- | --- |");
foreach (var (language, texts) in corpus.HeldOut)
{
    var whole = texts.Select(text => detector.Detect(text)).ToList();
    var cut = texts.Select(text => detector.Detect(text.Length > 40 ? text[..40] : text)).ToList();
    var mistaken = whole.Where(tag => tag != language && tag != LanguageDetector.Undetermined).GroupBy(tag => tag).OrderByDescending(group => group.Count()).Take(3).Select(group => $"{group.Key} {group.Count()}");
    Console.WriteLine($"| {language} | {texts.Count} | {Shares(whole, language)} | {Shares(cut, language)} | {string.Join(", ", mistaken)} |");
}

return 0;

static string Shares(List<string> tags, string language)
{
    string Share(Func<string, bool> isMeant) => (100.0 * tags.Count(isMeant) / tags.Count).ToString("0.0", CultureInfo.InvariantCulture);
    return $"{Share(tag => tag == language)} | {Share(tag => tag != language && tag != LanguageDetector.Undetermined)} | {Share(tag => tag == LanguageDetector.Undetermined)}";
}
