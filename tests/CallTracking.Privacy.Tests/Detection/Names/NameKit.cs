namespace CallTracking.Privacy.Tests.Detection.Names;

/// <summary>What a tagger finds in a text, as the words themselves.</summary>
internal static class NameKit
{
    public static List<NameSpan> Spans(string text, string language = "")
    {
        var spans = new List<NameSpan>();
        new NameTagger().Find(text, language, spans);
        return spans;
    }

    public static List<string> Names(string text, string language = "") => [.. Spans(text, language).Select(span => text[span.Start..span.End])];
}
