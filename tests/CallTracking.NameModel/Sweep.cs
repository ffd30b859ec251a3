using CallTracking.Privacy;

namespace CallTracking.NameTraining;

/// <summary>Recall at a precision: over all leanings, the best recall that keeps it.</summary>
internal static class Sweep
{
    public static void Write(Corpus corpus, NameModel model, double precision)
    {
        foreach (var (name, texts) in corpus.Texts)
        {
            if (texts.Sum(text => text.Names.Count) == 0)
            {
                continue;
            }

            var best = new Measure(1, 0, 1, 1, 0);
            var bestLeaning = 0.0;
            for (var leaning = -2f; leaning <= 7; leaning += 0.5f)
            {
                var leaned = new NameModel(model.TableBits, model.Weights, model.Transitions, [.. Enumerable.Repeat((short)(leaning * NameModel.Parts), NameModel.Leaned)], model.Lexicon);
                var measure = Measure.Of(new NameTagger(leaned), "", texts);
                if (measure.Precision >= precision && measure.Recall > best.Recall)
                {
                    (best, bestLeaning) = (measure, leaning);
                }
            }

            Console.Write($"{name} {best.Recall:0.000}@{bestLeaning} ");
        }

        Console.WriteLine();
    }
}
