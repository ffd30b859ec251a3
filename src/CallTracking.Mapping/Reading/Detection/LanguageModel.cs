using System.IO.Compression;

namespace CallTracking.Mapping.Reading.Detection;

/// <summary>How probable a text is, and how far from the language's own texts: both in nats, the second per letter.</summary>
internal readonly record struct TextWeight(double Cost, double Strangeness);

/// <summary>
/// How often letters follow each other in one language, or (where there are thousands) how often each occurs. Immutable, thread-safe.
/// Made from texts by a test's command; the resource holds costs, minus the logarithm of a probability, in sixteenths.
/// </summary>
internal sealed class LanguageModel
{
    /// <summary>Costs are whole numbers of one part of this many.</summary>
    public const int Parts = 16;

    /// <summary>Never seen.</summary>
    public const byte Unseen = 255;

    private const double UnseenPair = 9;
    private const double ForeignLetter = 12;
    private const double AfterForeign = 3;
    private const double AfterSign = 1;
    private const double AfterIdeograph = 2;
    private const double AmongLatin = 3;
    private const double OddCase = 3;
    private const double HalfWidthKana = 5;

    private static readonly Lazy<Dictionary<string, LanguageModel>> All = new(Load);

    private readonly byte[] _costs;
    private readonly Dictionary<char, int> _symbols;
    private readonly bool _isIdeographic;
    private readonly double _usual;

    /// <param name="symbols">Its letters, <see cref="ModelSymbols.Gap"/> and <see cref="ModelSymbols.Digit"/>.</param>
    /// <param name="costs">One per letter, or one per pair: the first letter's row, the second's place in it.</param>
    /// <param name="usual">What a letter of its own texts costs.</param>
    /// <param name="isIdeographic">One per letter.</param>
    public LanguageModel(string symbols, byte[] costs, double usual, bool isIdeographic)
    {
        _symbols = symbols.Select((symbol, index) => (symbol, index)).ToDictionary(pair => pair.symbol, pair => pair.index);
        _costs = costs;
        _usual = usual;
        _isIdeographic = isIdeographic;
    }

    /// <summary>Null when no such language has been learned.</summary>
    public static LanguageModel? Find(string language) => All.Value.GetValueOrDefault(language);

    /// <summary>ASCII among itself costs nothing: every reading has it.</summary>
    public TextWeight Weigh(ReadOnlySpan<char> text)
    {
        var (cost, count) = (0.0, 0);
        var (before, previous) = (' ', ' ');
        foreach (var character in text)
        {
            if (!char.IsAscii(character) || !char.IsAscii(previous))
            {
                cost += CostOf(before, previous, character);
                count++;
            }

            (before, previous) = (previous, character);
        }

        return new TextWeight(cost, count == 0 ? 0 : (cost / count) - _usual);
    }

    private double CostOf(char before, char previous, char character)
    {
        if (!char.IsAscii(character) && !ModelSymbols.IsLetter(character) && !_isIdeographic)
        {
            return ModelSymbols.CostOfSign(character);
        }

        var second = _symbols.GetValueOrDefault(ModelSymbols.Of(character), -1);
        if (_isIdeographic)
        {
            var mixed = char.IsAsciiLetter(character) || char.IsAsciiLetter(previous) ? AmongLatin : 0;
            return mixed + (char.IsAscii(character) ? AfterIdeograph : second >= 0 ? (double)_costs[second] / Parts : CostOfUnknown(previous, character));
        }

        // Pairs of ASCII are not learned: what follows a sign that people write says nothing.
        if (char.IsAscii(character) && ModelSymbols.IsWritten(before, previous, character))
        {
            return AfterSign;
        }

        if (second < 0)
        {
            return ForeignLetter;
        }

        var first = _symbols.GetValueOrDefault(ModelSymbols.Of(previous), -1);
        var pair = first < 0 ? AfterForeign + (char.IsAscii(character) ? 0 : AfterForeign)
            : _costs[(first * _symbols.Count) + second] is var known && known == Unseen ? UnseenPair
            : (double)known / Parts;
        return char.IsLower(previous) && char.IsUpper(character) ? pair + OddCase : pair;
    }

    private static double CostOfUnknown(char previous, char character) => character switch
    {
        // No word begins with a small kana or a sound mark.
        (>= '\uFF67' and <= '\uFF70') or '\uFF9E' or '\uFF9F' when char.IsAscii(previous) => ForeignLetter,
        >= '\uFF61' and <= '\uFF9F' => char.IsAscii(previous) ? HalfWidthKana + AmongLatin : HalfWidthKana,
        _ => ModelSymbols.IsLetter(character) ? ForeignLetter : ModelSymbols.CostOfSign(character),
    };

    private static Dictionary<string, LanguageModel> Load()
    {
        using var resource = typeof(LanguageModel).Assembly.GetManifestResourceStream("letters.model")!;
        using var reader = new BinaryReader(new BrotliStream(resource, CompressionMode.Decompress));
        var models = new Dictionary<string, LanguageModel>(StringComparer.Ordinal);
        for (var left = reader.ReadInt32(); left > 0; left--)
        {
            var name = reader.ReadString();
            var isIdeographic = reader.ReadBoolean();
            var usual = (double)reader.ReadByte() / Parts;
            var symbols = reader.ReadString();
            models[name] = new LanguageModel(symbols, reader.ReadBytes(isIdeographic ? symbols.Length : symbols.Length * symbols.Length), usual, isIdeographic);
        }

        return models;
    }
}
