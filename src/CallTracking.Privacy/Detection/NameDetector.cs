using CallTracking.Contracts;

namespace CallTracking.Privacy;

/// <summary>
/// Names of persons in running text, by <see cref="NameTagger"/>. Only the first text whose names are wanted loads the model, so
/// programs and policies that want none pay nothing. Placeholders of an earlier pass are nobody's name.
/// </summary>
internal sealed class NameDetector : ITextDetector
{
    [ThreadStatic]
    private static Work? _work;

    public void Find(string text, in TextOrigin origin, ClassSet wanted, List<Finding> findings)
    {
        if (!wanted.Contains(DataClass.Name) || text.Length < 2)
        {
            return;
        }

        var work = _work ??= new Work();
        work.Spans.Clear();
        work.Tagger.Find(text, origin.Language, work.Spans);
        foreach (var span in work.Spans)
        {
            var (start, end) = WithoutPlaceholders(text, span.Start, span.End);
            if (start < end && !NameDoubts.Has(text, new NameSpan(start, end, span.Score)) && PersonKey.Of(text[start..end], work.Folded) is { Length: > 0 } key)
            {
                findings.Add(new Finding(start, end, EntityKinds.Person, key, span.Score));
            }
        }
    }

    // What of a span stands before the first placeholder in it; nothing when it begins inside one.
    private static (int Start, int End) WithoutPlaceholders(string text, int start, int end)
    {
        var from = Math.Max(0, start - Placeholders.Longest);
        for (var at = from; at < end; at++)
        {
            at = text.IndexOf('[', at, end - at);
            if (at < 0)
            {
                break;
            }

            var length = Placeholders.LengthAt(text, at);
            if (length > 0 && at + length > start)
            {
                end = at <= start ? start : at;
                break;
            }
        }

        while (end > start && char.IsWhiteSpace(text[end - 1]))
        {
            end--;
        }

        return (start, end);
    }

    private sealed class Work
    {
        public NameTagger Tagger { get; } = new();

        public List<NameSpan> Spans { get; } = [];

        public FoldedText Folded { get; } = new();
    }
}
