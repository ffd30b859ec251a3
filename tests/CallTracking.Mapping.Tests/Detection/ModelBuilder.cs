using System.IO.Compression;
using CallTracking.Mapping.Reading.Detection;

namespace CallTracking.Mapping.Tests.Detection;

/// <summary>Counts letters and pairs of letters, and writes what <see cref="LanguageModel"/> reads.</summary>
internal static class ModelBuilder
{
    private const int MostIdeographs = 4000;
    private const int LeastLetters = 4;

    public static byte[] Build(IEnumerable<(string Language, IReadOnlyList<string> Texts)> languages)
    {
        var models = languages.Select(language => ModelOf(language.Language, language.Texts)).ToList();
        using var content = new MemoryStream();
        using (var writer = new BinaryWriter(new BrotliStream(content, CompressionLevel.SmallestSize)))
        {
            writer.Write(models.Count);
            foreach (var model in models)
            {
                writer.Write(model.Language);
                writer.Write(model.IsIdeographic);
                writer.Write(UsualOf(model));
                writer.Write(model.Symbols);
                writer.Write(model.Costs);
            }
        }

        return content.ToArray();
    }

    private static LearnedModel ModelOf(string language, IReadOnlyList<string> texts)
    {
        var isIdeographic = language is "ja" or "ko" or "zh" or "zh-Hant";
        return isIdeographic ? Ideographs(language, texts) : Pairs(language, texts);
    }

    private static LearnedModel Ideographs(string language, IReadOnlyList<string> texts)
    {
        var counts = texts.SelectMany(text => text).Where(letter => !char.IsAscii(letter) && !char.IsSurrogate(letter)).CountBy(letter => letter).ToList();
        var total = counts.Sum(pair => pair.Value);
        var kept = counts.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key).Take(MostIdeographs).OrderBy(pair => pair.Key).ToList();
        return new LearnedModel(language, true, string.Concat(kept.Select(pair => pair.Key)), [.. kept.Select(pair => CostOf(pair.Value, total))], texts);
    }

    private static LearnedModel Pairs(string language, IReadOnlyList<string> texts)
    {
        var letters = texts.SelectMany(text => text).Where(letter => !char.IsAscii(letter) && ModelSymbols.IsLetter(letter)).Select(ModelSymbols.Of)
            .CountBy(letter => letter).Where(pair => pair.Value >= LeastLetters).Select(pair => pair.Key);
        var symbols = string.Concat(letters.Concat("abcdefghijklmnopqrstuvwxyz").Append(ModelSymbols.Gap).Append(ModelSymbols.Digit).Distinct().Order());
        var counts = new int[symbols.Length, symbols.Length];
        foreach (var text in texts)
        {
            var previous = symbols.IndexOf(ModelSymbols.Gap, StringComparison.Ordinal);
            foreach (var letter in text.Append(' '))
            {
                var next = symbols.IndexOf(ModelSymbols.Of(letter), StringComparison.Ordinal);
                if (previous >= 0 && next >= 0)
                {
                    counts[previous, next]++;
                }

                previous = next;
            }
        }

        return new LearnedModel(language, false, symbols, CostsOf(symbols, counts), texts);
    }

    private static byte[] CostsOf(string symbols, int[,] counts)
    {
        var costs = new byte[symbols.Length * symbols.Length];
        for (var first = 0; first < symbols.Length; first++)
        {
            var total = Enumerable.Range(0, symbols.Length).Sum(second => counts[first, second]);
            for (var second = 0; second < symbols.Length; second++)
            {
                // Nobody asks for pairs of ASCII.
                var isAsked = !char.IsAscii(symbols[first]) || !char.IsAscii(symbols[second]);
                costs[(first * symbols.Length) + second] = isAsked && counts[first, second] > 0 ? CostOf(counts[first, second], total) : LanguageModel.Unseen;
            }
        }

        return costs;
    }

    private static byte CostOf(int count, int total) => (byte)Math.Min(LanguageModel.Unseen - 1, Math.Round(-Math.Log((double)count / total) * LanguageModel.Parts));

    private static byte UsualOf(LearnedModel model)
    {
        var measured = new LanguageModel(model.Symbols, model.Costs, usual: 0, model.IsIdeographic);
        return (byte)Math.Round(measured.Weigh(string.Join('\n', model.Texts)).Strangeness * LanguageModel.Parts);
    }

    private sealed record LearnedModel(string Language, bool IsIdeographic, string Symbols, byte[] Costs, IReadOnlyList<string> Texts);
}
