using CallTracking.Privacy;

namespace CallTracking.NameTraining;

/// <summary>Writes how well and how fast a model finds names.</summary>
internal static class Report
{
    private const int Warm = 10;

    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(0.5);

    public static void Write(Corpus heldOut, Corpus judged, NameModel model, string shown)
    {
        var tagger = new NameTagger(model);
        foreach (var corpus in new[] { heldOut, judged })
        {
            Console.WriteLine(Measure.Heading);
            foreach (var (name, texts) in corpus.Texts)
            {
                Console.WriteLine(Measure.Of(tagger, name.Split('_')[0], texts, name == shown ? Show : null).Row(name));
            }

            Console.WriteLine();
        }

        // All sets once before any is timed: what runs first is compiled while it runs.
        for (var round = 0; round < Warm; round++)
        {
            foreach (var texts in judged.Texts.Values)
            {
                Measure.Of(tagger, "", texts);
            }
        }

        foreach (var (name, texts) in judged.Texts.Where(pair => pair.Value.Count > 0))
        {
            Console.Write($"{name} {Speed(tagger, texts):0.0} MB/s  ");
        }

        Console.WriteLine();
    }

    private static double Speed(NameTagger tagger, IReadOnlyList<LabelledText> texts)
    {
        var spans = new List<NameSpan>();
        var bytes = texts.Sum(text => (long)System.Text.Encoding.UTF8.GetByteCount(text.Text));
        var (done, began) = (0L, TimeSpan.Zero);
        for (var round = 0; round <= Warm || Environment.CpuUsage.UserTime - began < Measured; round++)
        {
            (done, began) = round == Warm ? (0, Environment.CpuUsage.UserTime) : (done, began);
            foreach (var text in texts)
            {
                spans.Clear();
                tagger.Find(text.Text, "", spans);
            }

            done += bytes;
        }

        return done / 1e6 / (Environment.CpuUsage.UserTime - began).TotalSeconds;
    }

    private static void Show(LabelledText text, List<NameSpan> spans)
    {
        var missed = text.Names.Where(name => !spans.Any(span => span.Start <= name.Start && span.End >= name.End)).Select(name => text.Text[name.Start..name.End]);
        var wrong = spans.Where(span => !text.Names.Concat(text.Others).Any(name => span.Start < name.End && span.End > name.Start)).Select(span => text.Text[span.Start..span.End]);
        if (missed.Any() || wrong.Any())
        {
            Console.WriteLine($"  missed [{string.Join("|", missed)}] wrong [{string.Join("|", wrong)}] {text.Text[..Math.Min(300, text.Text.Length)].Replace('\n', ' ')}");
        }
    }
}
