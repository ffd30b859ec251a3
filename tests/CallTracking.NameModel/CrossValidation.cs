using System.Globalization;
using CallTracking.Privacy;

namespace CallTracking.NameTraining;

/// <summary>
/// How well models do on tenths that they have not learnt from, over all leanings: what features and lists are chosen by, so that the sets
/// kept for judging say something still. Texts without names count three times, since the corpora hold too few of them.
/// </summary>
internal static class CrossValidation
{
    private const int Nameless = 3;
    private const double Precise = 0.8;
    private const float Least = -3;
    private const float Step = 0.25f;
    private const int Leanings = 36;

    public static void Write(Corpus corpus, NameTable names, Dictionaries dictionaries, IReadOnlyList<int> folds, IReadOnlyCollection<string> languages)
    {
        var known = languages.Count == 0 ? corpus : corpus.Only(languages);
        var options = new TrainerOptions { Languages = languages };
        var sums = known.Texts.Keys.ToDictionary(language => language, _ => new Measure[Leanings]);
        foreach (var fold in folds)
        {
            var model = Trainer.Train(TrainingTexts.Gather(known.Training(fold), names, dictionaries, options), options, Console.Error.WriteLine);
            foreach (var (language, texts) in known.HeldOut(fold).Texts)
            {
                AddTo(sums[language], model, texts);
            }
        }

        Console.WriteLine($"| language | names | recall at precision {Precise} | best F1 | recall | precision | leaning | best F2 |\n| --- | --- | --- | --- | --- | --- | --- | --- |");
        foreach (var (language, tried) in sums)
        {
            WriteRow(language, tried);
        }
    }

    private static void AddTo(Measure[] sums, NameModel model, IReadOnlyList<LabelledText> texts)
    {
        var named = texts.Where(text => text.Names.Count > 0).ToList();
        var nameless = texts.Where(text => text.Names.Count == 0).ToList();
        for (var i = 0; i < Leanings; i++)
        {
            var leaning = (short)((Least + (i * Step)) * NameModel.Parts);
            var tagger = new NameTagger(new NameModel(model.TableBits, model.Weights, model.Transitions, [.. Enumerable.Repeat(leaning, NameModel.Leaned)], model.Lexicon));
            var (with, without, before) = (Measure.Of(tagger, "", named), Measure.Of(tagger, "", nameless), sums[i] ?? new Measure(0, 0, 0, 0, 0));
            sums[i] = new Measure(
                before.Names + with.Names, before.Found + with.Found, before.Hits + with.Hits + (Nameless * without.Hits), before.False + with.False + (Nameless * without.False), before.Exact + with.Exact);
        }
    }

    private static void WriteRow(string language, Measure[] tried)
    {
        var precise = tried.Where(measure => measure.Precision >= Precise).Select(measure => measure.Recall).DefaultIfEmpty(0).Max();
        var best = Array.IndexOf(tried, tried.MaxBy(F1));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {language} | {tried[best].Names} | {precise:0.000} | {F1(tried[best]):0.000} | {tried[best].Recall:0.000} | {tried[best].Precision:0.000} | {Least + (best * Step)} | {tried.Max(measure => measure.F2):0.000} |"));
    }

    private static double F1(Measure measure) => measure.Recall + measure.Precision == 0 ? 0 : 2 * measure.Recall * measure.Precision / (measure.Recall + measure.Precision);
}
