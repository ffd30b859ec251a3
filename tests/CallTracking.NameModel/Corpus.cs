using System.Text.Json;
using CallTracking.Privacy;

namespace CallTracking.NameTraining;

/// <summary>Labelled texts by language: files <c>de.jsonl</c> of lines <c>{"text", "spans": [{"start", "end", "type"}], "source"}</c>.</summary>
internal sealed class Corpus(IReadOnlyDictionary<string, IReadOnlyList<LabelledText>> texts)
{
    private const int HeldOutEvery = 10;

    public IReadOnlyDictionary<string, IReadOnlyList<LabelledText>> Texts => texts;

    public static Corpus Read(string folder)
    {
        var texts = new SortedDictionary<string, IReadOnlyList<LabelledText>>(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(folder, "*.jsonl").Order(StringComparer.Ordinal))
        {
            texts[Path.GetFileNameWithoutExtension(file)] = ReadFile(file);
        }

        return new Corpus(texts);
    }

    public static IReadOnlyList<LabelledText> ReadFile(string file) => [.. File.ReadLines(file).Select(Parse).OfType<LabelledText>()];

    /// <summary>What choices are measured by: every tenth text, of which there are ten sets, the folds.</summary>
    public Corpus HeldOut(int fold = 0) => Where((_, index) => index % HeldOutEvery == fold);

    /// <summary>All but those, and but the same sentence in the other kind of Chinese characters.</summary>
    public Corpus Training(int fold = 0)
    {
        var forms = texts.Values.SelectMany(list => list.Where((_, index) => index % HeldOutEvery == fold)).Select(FormOf).ToHashSet(StringComparer.Ordinal);
        return Where((text, _) => !forms.Contains(FormOf(text)));
    }

    /// <summary>The texts of some languages only.</summary>
    public Corpus Only(IReadOnlyCollection<string> languages) => new(new SortedDictionary<string, IReadOnlyList<LabelledText>>(
        texts.Where(pair => languages.Contains(pair.Key)).ToDictionary(), StringComparer.Ordinal));

    // Chinese is there twice, in simplified and traditional characters: alike but for the characters.
    private static string FormOf(LabelledText text) => string.Concat(text.Text.Select(letter => LetterKinds.Of(letter) == LetterKind.Han ? 'x' : letter));

    private Corpus Where(Func<LabelledText, int, bool> isWanted) => new(new SortedDictionary<string, IReadOnlyList<LabelledText>>(
        texts.ToDictionary(pair => pair.Key, pair => (IReadOnlyList<LabelledText>)[.. pair.Value.Where(isWanted)]), StringComparer.Ordinal));

    // Sets of cases of single recognizers have texts without spans: not for this.
    private static LabelledText? Parse(string line)
    {
        using var record = JsonDocument.Parse(line);
        var root = record.RootElement;
        if (!root.TryGetProperty("spans", out var spans) || !root.TryGetProperty("text", out var text))
        {
            return null;
        }

        return new LabelledText(text.GetString()!, Spans(spans, isPerson: true), root.TryGetProperty("source", out var source) ? source.GetString()! : "")
        {
            Others = Spans(spans, isPerson: false),
        };
    }

    private static IReadOnlyList<(int Start, int End)> Spans(JsonElement spans, bool isPerson) =>
    [
        .. spans.EnumerateArray().Where(span => span.GetProperty("type").GetString() == "PERSON" == isPerson)
            .Select(span => (span.GetProperty("start").GetInt32(), span.GetProperty("end").GetInt32())),
    ];
}
