using System.Diagnostics;
using CallTracking.NameTraining;
using CallTracking.Privacy;

const string Usage = """
    calltracking-namemodel train NER_FOLDER NAMES_FILE WORDS_FOLDER MODEL
        Learns from nine tenths of NER_FOLDER/*.jsonl, from invented support texts, the lists and the dictionaries that ops/name-words fetches,
        and writes the model.
    calltracking-namemodel cross NER_FOLDER NAMES_FILE WORDS_FOLDER FOLDS [LANGUAGES]
        Learns without each of some tenths (FOLDS: 0,3,7) and measures on it: what a change of features or lists is judged by. LANGUAGES
        (zh,zh-Hant,ja) learns from these alone.
    calltracking-namemodel words WORDS_FOLDER FOLDER
        Writes english.words and korean.words, ordinary words of these languages that are nobody's name.
    calltracking-namemodel tune NER_FOLDER MODEL
        Sets anew how much a model leans towards names, as training does at its end.
    calltracking-namemodel measure NER_FOLDER PII_FOLDER [MODEL [SHOWN]]
        Measures a model, or the built-in one, on the last tenth and on PII_FOLDER/*.jsonl; SHOWN is a set whose misses are printed.
    calltracking-namemodel sweep NER_FOLDER PII_FOLDER [MODEL]
        The best recall that a model has at a precision of 0.8, whatever it leans to.
    """;

switch (args)
{
    case ["train", var folder, var names, var words, var file]:
        var corpus = Corpus.Read(folder);
        var texts = TrainingTexts.Gather(corpus.Training(), NameTable.Read(names), Dictionaries.Read(words), new TrainerOptions());
        var model = Trainer.Train(texts, new TrainerOptions(), Console.Error.WriteLine);
        return Tune(model, corpus, file);
    case ["cross", var folder, var names, var words, var folds, .. var languages] when languages.Length <= 1:
        CrossValidation.Write(
            Corpus.Read(folder), NameTable.Read(names), Dictionaries.Read(words), [.. folds.Split(',').Select(int.Parse)], languages.Length == 0 ? [] : languages[0].Split(','));
        return 0;
    case ["words", var folder, var target]:
        File.WriteAllBytes(Path.Combine(target, "english.words"), DictionaryWords.Write(EnglishForms.Read(Path.Combine(folder, EnglishForms.FileName))));
        var spelling = KoreanNouns.Read(Path.Combine(folder, KoreanNouns.FileName)).ToList();
        var korean = KoreanDictionary.Read(Path.Combine(folder, KoreanDictionary.FileName), spelling);
        File.WriteAllBytes(Path.Combine(target, "korean.words"), DictionaryWords.Write(spelling.Where(KoreanDictionary.IsLikeName).Except(korean.Persons).Concat(korean.Nouns)));
        File.WriteAllBytes(Path.Combine(target, "korean.parts"), KoreanParts.Write(korean.Parts));
        File.WriteAllBytes(Path.Combine(target, "korean.given"), DictionaryWords.Write(korean.Given));
        return 0;
    case ["tune", var folder, var file]:
        return Tune(Open([file]), Corpus.Read(folder), file);
    case ["measure", var folder, var judged, .. var rest] when rest.Length <= 2:
        Report.Write(Corpus.Read(folder).HeldOut(), Corpus.Read(judged), Open(rest), rest.Length > 1 ? rest[1] : "");
        return 0;
    case ["sweep", var folder, var judged, .. var rest]:
        Sweep.Write(Corpus.Read(folder).HeldOut(), Open(rest), 0.8);
        Sweep.Write(Corpus.Read(judged), Open(rest), 0.8);
        return 0;
    default:
        Console.Error.WriteLine(Usage);
        return 2;
}

static int Tune(NameModel model, Corpus corpus, string file)
{
    Tuner.Tune(model, corpus.HeldOut(), Console.Error.WriteLine);
    using var written = File.Create(file);
    model.Save(written);
    return 0;
}

static NameModel Open(string[] rest)
{
    var watch = Stopwatch.StartNew();
    if (rest.Length == 0)
    {
        return NameModel.Default;
    }

    using var file = File.OpenRead(rest[0]);
    var model = NameModel.Load(file);
    Console.Error.WriteLine($"Loaded in {watch.ElapsedMilliseconds} ms.");
    return model;
}
