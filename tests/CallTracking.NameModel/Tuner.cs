using CallTracking.Privacy;

namespace CallTracking.NameTraining;

/// <summary>
/// Sets how much a model leans towards names, for each kind of text by itself: what makes F2 greatest on texts held out, for a
/// name left in a text is worse than a word too many taken out. False hits in texts without names count several times, for
/// such texts are rarer in the corpora than in life.
/// </summary>
internal static class Tuner
{
    private const int Widest = 5;
    private const int Nameless = 4;

    // Of leanings about as good the smaller: the texts held out are few.
    private const double Worth = 0.002;

    public static void Tune(NameModel model, Corpus heldOut, Action<string> tell)
    {
        foreach (var group in heldOut.Texts.GroupBy(pair => GroupOf(model, pair.Value)))
        {
            var texts = group.SelectMany(pair => pair.Value).ToList();
            var (best, bestLeaning) = (-1.0, 0);
            for (var leaning = -1 * (int)NameModel.Parts; leaning <= Widest * NameModel.Parts; leaning += (int)NameModel.Parts / 2)
            {
                model.Leanings[group.Key] = (short)leaning;
                var measure = Weighed(model, texts);
                (best, bestLeaning) = measure.F2 > best + Worth ? (measure.F2, leaning) : (best, bestLeaning);
            }

            model.Leanings[group.Key] = (short)bestLeaning;
            tell($"group {group.Key} ({string.Join(" ", group.Select(pair => pair.Key))}): leaning {bestLeaning / NameModel.Parts}, {best:0.000}");
        }
    }

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
        var candidates = new NameCandidates(model.Lists, model.Languages);
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
