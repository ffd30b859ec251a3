using System.Globalization;
using CallTracking.Privacy;

namespace CallTracking.NameTraining;

/// <summary>
/// How well a tagger does on labelled texts. A name counts as found when one hit covers four fifths of it or more; a hit is false
/// when it touches nothing that is labelled; exact hits have a name's very bounds.
/// </summary>
internal sealed record Measure(int Names, int Found, int Hits, int False, int Exact)
{
    public double Recall => Share(Found, Names);

    public double Precision => Share(Hits - False, Hits);

    public double F2 => Precision + Recall == 0 ? 0 : 5 * Precision * Recall / ((4 * Precision) + Recall);

    public double ExactRecall => Share(Exact, Names);

    public double ExactPrecision => Share(Exact, Hits);

    public static string Heading => "| texts | names | recall | precision | F2 | exact recall | exact precision |\n| --- | --- | --- | --- | --- | --- | --- |";

    public static Measure Of(NameTagger tagger, string language, IEnumerable<LabelledText> texts, Action<LabelledText, List<NameSpan>>? show = null)
    {
        var (names, found, hits, wrong, exact) = (0, 0, 0, 0, 0);
        var spans = new List<NameSpan>();
        foreach (var text in texts)
        {
            spans.Clear();
            tagger.Find(text.Text, language, spans);
            names += text.Names.Count;
            hits += spans.Count;
            found += text.Names.Count(name => spans.Any(span => Overlap(span, name) * 5 >= (name.End - name.Start) * 4));
            wrong += spans.Count(span => text.Names.Concat(text.Others).All(name => Overlap(span, name) <= 0));
            exact += text.Names.Count(name => spans.Any(span => span.Start == name.Start && span.End == name.End));
            show?.Invoke(text, spans);
        }

        return new Measure(names, found, hits, wrong, exact);
    }

    public string Row(string name) => string.Create(
        CultureInfo.InvariantCulture,
        $"| {name} | {Names} | {Recall:0.000} | {Precision:0.000} | {F2:0.000} | {ExactRecall:0.000} | {ExactPrecision:0.000} |");

    private static int Overlap(NameSpan span, (int Start, int End) name) => Math.Min(span.End, name.End) - Math.Max(span.Start, name.Start);

    private static double Share(int part, int whole) => whole == 0 ? 1 : (double)part / whole;
}
