using CallTracking.Contracts;

namespace CallTracking.Privacy;

/// <summary>Names that people have on social networks: @ and a name, after a space or bracket.</summary>
internal sealed class HandleDetector : IValueDetector
{
    private const int Shortest = 3;
    private const int Longest = 30;

    public ClassSet Classes { get; } = ClassSet.Of(DataClass.Handle);

    public void Find(TextScan scan)
    {
        var text = scan.Text;
        foreach (var at in scan.Ats)
        {
            if (at > 0 && TextSigns.Of(text[at - 1]) is not (TextSigns.Space or TextSigns.Line or TextSigns.Colon or TextSigns.Unspaced) && text[at - 1] is not ('(' or '[' or '"' or ',' or '（' or '、' or '。'))
            {
                continue;
            }

            var end = at + 1;
            while (end < text.Length && end - at <= Longest && (char.IsAsciiLetterOrDigit(text[end]) || text[end] is '_' or '.'))
            {
                end++;
            }

            while (end > at && text[end - 1] == '.')
            {
                end--;
            }

            if (end - at > Shortest && end - at <= Longest && text.AsSpan(at + 1, end - at - 1).IndexOfAnyInRange('A', 'z') >= 0
                && (end == text.Length || !(TextSigns.IsWord(text[end]) || text[end] is '@' or '/' or '(')))
            {
                scan.Add(at, end, EntityKinds.Handle, text[at..end].ToUpperInvariant(), 0.7f);
            }
        }
    }
}
