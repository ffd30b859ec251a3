using CallTracking.Privacy;

namespace CallTracking.NameTraining;

/// <summary>
/// Sets how much a model leans towards names, for each kind of text and language by itself, on texts held out: as far as four of five
/// hits are right where that finds nine of ten, else to the greatest F2, for a name left in a text is worse than a word too many taken out. False hits in texts
/// without names count several times, for such texts are rarer in the corpora than in life.
/// </summary>
internal static class Tuner
{
    private const int Widest = 5;
    private const int Nameless = 4;
    private const int FewestNames = 100;
    private const double Precise = 0.8;
    private const double Complete = 0.9;

    // Of leanings about as good the smaller: the texts held out are few.
    private const double Worth = 0.002;

    public static void Tune(NameModel model, Corpus heldOut, Action<string> tell)
    {
        foreach (var group in heldOut.Texts.GroupBy(pair => GroupOf(model, pair.Value)))
        {
            var slots = group.Key == NameLabels.Cased ? Enumerable.Range(NameLabels.Groups, NameLanguages.Most).ToArray() : [group.Key];
            TuneOne(model, slots, group.ToList(), tell);
            foreach (var language in group.Key == NameLabels.Cased ? group.GroupBy(pair => SlotOf(model, pair.Key)).Where(same => same.Key > 0) : [])
            {
                TuneOne(model, [language.Key], language.ToList(), tell);
            }
        }
    }

    private static void TuneOne(NameModel model, int[] slots, IReadOnlyList<KeyValuePair<string, IReadOnlyList<LabelledText>>> corpora, Action<string> tell)
    {
        var texts = corpora.SelectMany(pair => pair.Value).ToList();
        if (texts.Sum(text => text.Names.Count) < FewestNames)
        {
            return;
        }

        var (best, bestLeaning) = (-1.0, 0);
        for (var leaning = -1 * (int)NameModel.Parts; leaning <= Widest * NameModel.Parts; leaning += (int)NameModel.Parts / 2)
        {
            Set(leaning);
            var worth = WorthOf(Weighed(model, texts));
            (best, bestLeaning) = worth > best + Worth ? (worth, leaning) : (best, bestLeaning);
        }

        Set(bestLeaning);
        tell($"{string.Join(" ", corpora.Select(pair => pair.Key))}: leaning {bestLeaning / NameModel.Parts}, {best:0.000}");

        void Set(int leaning)
        {
            foreach (var slot in slots)
            {
                model.Leanings[slot] = (short)leaning;
            }
        }
    }

    // Where nine of ten names are found and four of five hits are right, the more is found the better.
    private static double WorthOf(Measure measure) => measure.Precision >= Precise && measure.Recall >= Complete ? 1 + measure.Recall : measure.F2;

    // The slot of a corpus' language, zero when it has none.
    private static int SlotOf(NameModel model, string corpus) =>
        model.Lexicon.Languages.Tags.ToList().IndexOf(LanguageBuilder.LanguageOf(corpus)) is >= 0 and var index ? NameModel.LeaningOf(NameLabels.Cased, (byte)(index + 1)) : 0;

    private static Measure Weighed(NameModel model, IReadOnlyList<LabelledText> texts)
    {
        var tagger = new NameTagger(model);
        var named = Measure.Of(tagger, "", texts.Where(text => text.Names.Count > 0));
        var nameless = Measure.Of(tagger, "", texts.Where(text => text.Names.Count == 0));
        return named with { Hits = named.Hits + (Nameless * nameless.Hits), False = named.False + (Nameless * nameless.False) };
    }

    // The kind of text that most of a language's units are.
    private static int GroupOf(NameModel model, IReadOnlyList<LabelledText> texts)
    {
        var reader = new UnitReader();
        var candidates = new NameCandidates(model.Lexicon);
        var counts = new int[NameLabels.Groups];
        foreach (var text in texts)
        {
            reader.Read(text.Text, 0);
            candidates.Mark(text.Text, reader, "");
            for (var i = UnitReader.First; i < reader.End; i++)
            {
                counts[NameLabels.GroupOf(reader.Units[i], reader)] += reader.Units[i].Kind is UnitKind.Punctuation or UnitKind.Number ? 0 : 1;
            }
        }

        return Array.IndexOf(counts, counts.Max());
    }
}
