namespace CallTracking.Mapping.Reading.Detection;

/// <summary>
/// Reads a sample in every encoding that is in use where cases come from, and weighs how probable each text is in the languages that
/// are written so. Readings that give the same text are one.
/// </summary>
internal static class StatisticalReadings
{
    private const int MostBytes = 24 * 1024;

    // Letters of a text hang together, so that what each says is less than it seems.
    private const double Independence = 0.35;

    // Costs per letter above the language's own at which a text is no text of it: half sure, and how fast.
    private const double StrangeCost = 2.05;
    private const double Sharpness = 4;

    // In the order in which equal readings are named: what Windows writes first.
    private static readonly (string Name, string Languages)[] Known =
    [
        ("windows-1252", "da de en es fi fr id it nl pt sv"),
        ("Shift_JIS", "ja"),
        ("euc-jp", "ja"),
        ("gb18030", "zh"),
        ("big5", "zh-Hant"),
        ("cp949", "ko"),
        ("windows-1250", "cs hr hu pl ro sk sr"),
        ("windows-1251", "ru uk"),
        ("windows-1253", "el"),
        ("windows-1254", "tr"),
        ("windows-1255", "he"),
        ("windows-1256", "ar ur"),
        ("windows-874", "th"),
        ("iso-8859-1", "da de en es fi fr id it nl pt sv"),
        ("iso-8859-15", "da de en es fi fr id it nl pt sv"),
        ("iso-8859-2", "cs hr hu pl ro sk sr"),
        ("iso-8859-5", "ru uk"),
        ("iso-8859-7", "el"),
        ("iso-8859-9", "tr"),
        ("koi8-r", "ru"),
        ("ibm850", "da de en es fi fr id it nl pt sv"),
        ("ibm437", "da de en es fi fr it nl sv"),
        ("ibm852", "cs hr hu pl ro sk sr"),
        ("cp866", "ru"),
        ("macintosh", "da de en es fi fr it nl pt sv"),
    ];

    private static readonly Lazy<(SourceEncoding Encoding, LanguageModel[] Languages)[]> Candidates = new(() =>
    [
        .. Known.Select(known => (
            SourceEncoding.Find(known.Name)!,
            known.Languages.Split(' ').Select(LanguageModel.Find).OfType<LanguageModel>().ToArray())),
    ]);

    /// <summary>Best first.</summary>
    public static IReadOnlyList<EncodingReading> Of(ReadOnlySpan<byte> sample)
    {
        var lines = Telling(sample);
        var texts = new Dictionary<string, (SourceEncoding Encoding, double Cost, double Strangeness)>(StringComparer.Ordinal);
        foreach (var (encoding, languages) in Candidates.Value)
        {
            var text = ReadingText.Decode(lines, encoding);
            var best = languages.Select(language => language.Weigh(text)).MinBy(weight => weight.Cost);
            var cost = best.Cost + LoneLetters.CostIn(text);
            if (!texts.TryGetValue(text, out var same))
            {
                texts[text] = (encoding, cost, best.Strangeness);
            }
            else if (cost < same.Cost)
            {
                texts[text] = (same.Encoding, cost, best.Strangeness);
            }
        }

        var least = texts.Values.Min(reading => reading.Cost);
        var sum = texts.Values.Sum(reading => Likelihood(reading.Cost - least));
        return
        [
            .. texts.Values.Select(reading => new EncodingReading(reading.Encoding, Likelihood(reading.Cost - least) / sum * Plausibility(reading.Strangeness)))
                .OrderByDescending(reading => reading.Confidence),
        ];
    }

    private static double Likelihood(double cost) => Math.Exp(-cost * Independence);

    private static double Plausibility(double strangeness) => 1 / (1 + Math.Exp(Sharpness * (strangeness - StrangeCost)));

    /// <summary>Lines with bytes above ASCII, as many as tell enough.</summary>
    private static byte[] Telling(ReadOnlySpan<byte> sample)
    {
        var lines = new List<byte>(MostBytes);
        while (!sample.IsEmpty && lines.Count < MostBytes)
        {
            var length = sample.IndexOfAny((byte)'\r', (byte)'\n') is >= 0 and var end ? end + 1 : sample.Length;
            var line = sample[..Math.Min(length, MostBytes)];
            if (line.IndexOfAnyInRange<byte>(0x80, 0xFF) >= 0)
            {
                lines.AddRange(line);
            }

            sample = sample[length..];
        }

        return [.. lines];
    }
}
