namespace CallTracking.Quality;

/// <summary>Recall, precision and F2 of one kind of value: a hit covers 80 % of a marked place; a false hit touches none.</summary>
internal sealed class SpanScore
{
    private const double Covered = 0.8;

    public int Marked { get; private set; }

    public int Hit { get; private set; }

    public int False { get; private set; }

    public double Recall => Marked == 0 ? 1 : (double)Hit / Marked;

    public double Precision => Hit + False == 0 ? 1 : (double)Hit / (Hit + False);

    public double F2 => (4 * Precision) + Recall == 0 ? 0 : 5 * Precision * Recall / ((4 * Precision) + Recall);

    public List<string> Misses { get; } = [];

    public List<string> Falses { get; } = [];

    public void Add(SpanScore other)
    {
        Marked += other.Marked;
        Hit += other.Hit;
        False += other.False;
    }

    public void Mark(string text, LabelledSpan span, IEnumerable<(int Start, int End)> found)
    {
        Marked++;
        var covered = new bool[span.End - span.Start];
        foreach (var (start, end) in found)
        {
            for (var i = Math.Max(start, span.Start); i < Math.Min(end, span.End); i++)
            {
                covered[i - span.Start] = true;
            }
        }

        if (covered.Count(c => c) >= Covered * covered.Length)
        {
            Hit++;
        }
        else
        {
            Misses.Add(Around(text, span.Start, span.End));
        }
    }

    public void CountFalse(string text, int start, int end)
    {
        False++;
        Falses.Add(Around(text, start, end));
    }

    private static string Around(string text, int start, int end) =>
        $"{text[Math.Max(0, start - 30)..start]}[{text[start..end]}]{text[end..Math.Min(text.Length, end + 20)]}".ReplaceLineEndings("⏎");
}
