using CallTracking.Privacy;

namespace CallTracking.NameTraining;

/// <summary>
/// Sets how much a model leans towards names, for each kind of text and language by itself, on texts held out: to about the greatest F2,
/// for a name left in a text is worse than a word too many taken out. False hits in texts without names count several times, for such
/// texts are rarer in the corpora than in life.
/// </summary>
internal static class Tuner
{
    private const int Widest = 5;
    private const int Nameless = 4;
    private const int FewestNames = 100;
    private const double Precise = 0.8;

    // Of leanings about as good the one that finds most, as long as four of five hits are right.
    private const double Worth = 0.01;

    public static void Tune(NameModel model, Corpus heldOut, Action<string> tell)
    {
        Array.Clear(model.Leanings);
        var ofCased = int.MinValue;
        foreach (var group in heldOut.Texts.GroupBy(pair => GroupOf(model, pair.Value)).OrderByDescending(group => group.Key == NameLabels.Cased))
        {
            var slots = group.Key == NameLabels.Cased ? Enumerable.Range(NameLabels.Groups, NameLanguages.Most).ToArray() : [group.Key];
            var least = TuneOne(model, slots, group.ToList(), group.Key == NameLabels.German ? ofCased : int.MinValue, tell);
            ofCased = group.Key == NameLabels.Cased ? least : ofCased;
            foreach (var language in group.Key == NameLabels.Cased ? group.GroupBy(pair => SlotOf(model, pair.Key)).Where(same => same.Key > 0) : [])
            {
                // What is held out of one language may be of one kind, as English is of short messages: what holds for all is the least.
                TuneOne(model, [language.Key], language.ToList(), least, tell);
            }
        }
    }

    private static int TuneOne(
        NameModel model, int[] slots, IReadOnlyList<KeyValuePair<string, IReadOnlyList<LabelledText>>> corpora, int least, Action<string> tell)
    {
        var texts = corpora.SelectMany(pair => pair.Value).ToList();
        if (texts.Sum(text => text.Names.Count) < FewestNames)
        {
            return least;
        }

        var tried = new List<(int Leaning, Measure Weighed, Measure Plain)>();
        for (var leaning = -1 * (int)NameModel.Parts; leaning <= Widest * NameModel.Parts; leaning += (int)NameModel.Parts / 2)
        {
            Set(leaning);
            var plain = Measure.Of(new NameTagger(model), "", texts);
            tried.Add((leaning, Weighed(model, texts, plain), plain));
        }

        var best = tried.MaxBy(one => one.Weighed.F2);
        var about = tried.Where(one => one.Weighed.F2 >= best.Weighed.F2 - Worth).ToList();
        best = best.Weighed.Precision >= Precise || !IsWithoutCapitals(slots[0]) ? about.Last(one => one == best || one.Weighed.Precision >= Precise)
            : IsLetters(slots[0]) ? about[0] : about[^1];
        best = best.Leaning < least ? tried.First(one => one.Leaning == least) : best;
        Set(best.Leaning);
        tell($"{string.Join(" ", corpora.Select(pair => pair.Key))}: leaning {best.Leaning / NameModel.Parts}, recall {best.Plain.Recall:0.000}, precision {best.Weighed.Precision:0.000}");
        return best.Leaning;

        void Set(int leaning)
        {
            foreach (var slot in slots)
            {
                model.Leanings[slot] = (short)leaning;
            }
        }
    }

    // Words without capitals are found least: of leanings about as good, the one that finds most.
    private static bool IsWithoutCapitals(int slot) => IsLetters(slot) || slot == NameLabels.Caseless;

    // Where single letters are looked at, each may begin a name, and false hits are many: of leanings about as good, the one with the fewest.
    private static bool IsLetters(int slot) => slot is NameLabels.Chinese or NameLabels.Japanese;

    // The slot of a corpus' language, zero when it has none.
    private static int SlotOf(NameModel model, string corpus) =>
        model.Lexicon.Languages.Tags.ToList().IndexOf(LanguageBuilder.LanguageOf(corpus)) is >= 0 and var index ? NameModel.LeaningOf(NameLabels.Cased, (byte)(index + 1)) : 0;

    private static Measure Weighed(NameModel model, IReadOnlyList<LabelledText> texts, Measure plain)
    {
        var nameless = Measure.Of(new NameTagger(model), "", texts.Where(text => text.Names.Count == 0));
        return plain with { Hits = plain.Hits + ((Nameless - 1) * nameless.Hits), False = plain.False + ((Nameless - 1) * nameless.False) };
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
