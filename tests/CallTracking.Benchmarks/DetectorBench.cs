using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using CallTracking.Mapping;
using CallTracking.Privacy;
using CallTracking.SampleData;
using CallTracking.Testing;
using Spectre.Console;

namespace CallTracking.Benchmarks;

/// <summary>
/// How fast the detectors of structured values, and the tagger of names, look through support texts of about 500 bytes in ten languages, on one core, against
/// one alternation of usual patterns and a copy of the same texts. Rates are of the texts as UTF-8. Short rounds, the fastest counts.
/// </summary>
internal sealed class DetectorBench(TimeSpan time)
{
    private const int TextBytes = 500;
    private const int Texts = 200;
    private const int CharactersPerValue = 200;
    private const int Cases = 200;

    private static readonly (string Language, string Country)[] Languages =
        [("en", "US"), ("de", "DE"), ("fr", "FR"), ("es", "ES"), ("it", "IT"), ("pt", "BR"), ("pl", "PL"), ("ru", "RU"), ("ja", "JP"), ("zh", "CN")];

    private static readonly (string Script, string[] Countries)[] Scripts = [("Latin", ["US", "DE", "FR", "ES", "IT", "BR", "PL"]), ("Cyrillic", ["RU"]), ("Japanese", ["JP"]), ("Chinese", ["CN"])];

    // Found everywhere, of kinds that support texts have most.
    private static readonly string[] Values = ["max.mustermann@example.com", "+49 89 1234567", "4111 1111 1111 1111", "DE89 3704 0044 0532 0130 00", "192.168.10.20", "+1 415 555 0132"];

    // Usual patterns, one alternation: what a team without an engine writes.
    private const string Usual =
        @"[\w.+-]+@[\w-]+\.[\w.]+|\+\d[\d ()/-]{7,}\d|\(\d{3}\) ?\d{3}-\d{4}|\b\d{3}-\d{3}-\d{4}\b|\b0\d{2,4}[ /-]\d{3,8}\b|\b(?:\d[ -]?){13,19}\b|\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?\b|"
        + @"\b\d{1,3}(?:\.\d{1,3}){3}\b|\b(?:[0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}\b|\b(?:[0-9A-Fa-f]{2}[:-]){5}[0-9A-Fa-f]{2}\b|https?://\S+|\b\d{3}-\d{2}-\d{4}\b|\b[A-Z]{2}\d{6}[A-D]\b|\b\d{8}[A-Z]\b|\b[XYZ]\d{7}[A-Z]\b|"
        + @"\b[A-Z]{6}\d{2}[A-Z]\d{2}[A-Z]\d{3}[A-Z]\b|\b\d{3}\.\d{3}\.\d{3}-\d{2}\b|\b\d{2}\.\d{3}\.\d{3}/\d{4}-\d{2}\b|\b\d{6}-\d{7}\b|\b\d{17}[\dX]\b|\b[A-Z]\d{6}\([\dA]\)|\b[A-Z][12]\d{8}\b|\b[STFGM]\d{7}[A-Z]\b|\b\d{4} \d{4} \d{4}\b|"
        + @"\b[A-Z]{5}\d{4}[A-Z]\b|\b\d{6}[+-]\d{4}\b|\b\d{6}[-+A]\d{3}[0-9A-Y]\b|\b\d{2}\.\d{2}\.\d{2}-\d{3}\.\d{2}\b|\b756\.\d{4}\.\d{4}\.\d{2}\b|\b\d{3}-\d{3}-\d{3} \d{2}\b|\b784-\d{4}-\d{7}-\d\b|\b[A-Z]{4}\d{6}[HM][A-Z]{5}[0-9A-Z]\d\b|"
        + @"\b[13][a-km-zA-HJ-NP-Z1-9]{25,34}\b|\bbc1[a-z0-9]{39,59}\b|\bAKIA[0-9A-Z]{16}\b|\bghp_\w{36}\b|\beyJ[\w-]+\.[\w-]+\.[\w-]+|\bpassword[:=] ?\S+|\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b|\b\d{5}(?:-\d{4})?\b";

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var plain = Make();
        var filled = WithValues(plain);
        var regex = new Regex(Usual, RegexOptions.Compiled | RegexOptions.CultureInvariant);
        var detection = new TextDetection();
        var target = new char[4096];
        Look[] values =
        [
            Alternation("alternation of 40 usual patterns, texts full of numbers", plain),
            new("detectors, these, nothing found", plain, (text, country) => detection.Count(text, country)),
            new($"detectors, these with one value in {CharactersPerValue} characters", filled, (text, country) => detection.Count(text, country)),
            new("copy", plain, (text, _) => text.CopyTo(target)),
        ];

        var told = await ToldAsync(detection, cancellationToken);
        Look[] stories =
        [
            Alternation("alternation, texts of the sample regions", told),
            new("detectors, these, nothing found", told, (text, country) => detection.Count(text, country)),
            new($"detectors, these with one value in {CharactersPerValue} characters", WithValues(told), (text, country) => detection.Count(text, country)),
        ];

        // Apart, so that the tagger's models do not take the detectors' place in the processor's memory.
        Look[] names = [Alternation("alternation once more, beside names", plain), .. NamesByScript(plain)];
        var table = new Table { Border = TableBorder.None }.AddColumns("what", "MB/s", "to the alternation", "bytes allocated/text");
        foreach (var looks in (Look[][])[values, stories, names])
        {
            TakeTurns(looks);
            foreach (var look in looks)
            {
                table.AddRow(look.What, Written("N0", look.Rate), Written("0.0", look.Rate / looks[0].Rate), Written("N0", look.Allocated));
            }
        }

        AnsiConsole.Write(table);
        return 0;

        Look Alternation(string what, List<(string Text, string Country)> texts) => new(what, texts, (text, _) => regex.Count(text));
    }

    // In turns, so that a machine that is faster at one time than at another is so for all of them.
    private void TakeTurns(Look[] looks)
    {
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < looks.Length * time;)
        {
            foreach (var look in looks)
            {
                look.Take();
            }
        }
    }

    // What customers and agents of each region write, as far as nothing is found in it.
    private static async Task<List<(string Text, string Country)>> ToldAsync(TextDetection detection, CancellationToken cancellationToken)
    {
        var regions = new List<List<(string Text, string Country)>>();
        foreach (var region in SampleRegion.All.Where(region => region.Place is not (SamplePlace.Postgres or SamplePlace.Sqlite)))
        {
            using var file = new MemoryStream();
            await SampleWriter.WriteAsync(region, new SampleOptions(Cases, Seed: 1, ConceptBench.AsOf), file, truth: null, cancellationToken);
            var mapping = SourceMapping.Load(region.MappingFile).Mapping ?? throw new InvalidOperationException("The sample's mapping does not load.");
            var pieces = EdgeBench.Map(mapping, file.ToArray(), region).SelectMany(ConceptBench.Texts).SelectMany(text => text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
                .Where(piece => detection.Count(piece, region.Code) == 0);
            regions.Add([.. Joined(pieces).Where(text => detection.Count(text, region.Code) == 0).Take(Texts / 10).Select(text => (text, region.Code))]);
        }

        // A text of each region in turn.
        var most = regions.Max(texts => texts.Count);
        return [.. Enumerable.Range(0, most).SelectMany(index => regions.Where(texts => index < texts.Count).Select(texts => texts[index]))];
    }

    // Between words, and where a script has no blanks between any two letters.
    private static List<(string Text, string Country)> WithValues(List<(string Text, string Country)> texts)
    {
        const int LongestWord = 40;
        var (since, value) = (0, 0);
        return texts.ConvertAll(one =>
        {
            var text = new StringBuilder();
            foreach (var letter in one.Text)
            {
                text.Append(letter);
                since++;
                if (since >= CharactersPerValue && (letter == ' ' || (since >= CharactersPerValue + LongestWord && !char.IsHighSurrogate(letter))))
                {
                    text.Append(' ').Append(Values[value++ % Values.Length]).Append(' ');
                    since = 0;
                }
            }

            return (text.ToString(), one.Country);
        });
    }

    private static IEnumerable<string> Joined(IEnumerable<string> pieces)
    {
        var text = new StringBuilder();
        foreach (var piece in pieces)
        {
            text.Append(piece).Append(' ');
            if (Encoding.UTF8.GetByteCount(text.ToString()) >= TextBytes)
            {
                yield return text.ToString();
                text.Clear();
            }
        }
    }

    // By script: what is looked at differs much.
    private static IEnumerable<Look> NamesByScript(List<(string Text, string Country)> texts)
    {
        var tagger = new NameTagger();
        var spans = new List<NameSpan>();
        return Scripts.Select(script => new Look($"names of persons, {script.Script}", texts.Where(text => script.Countries.Contains(text.Country)).ToList(), (text, _) => Find(text)));

        void Find(string text)
        {
            spans.Clear();
            tagger.Find(text, "", spans);
        }
    }

    private static string Written(string format, double figure) => figure.ToString(format, CultureInfo.InvariantCulture);

    private static List<(string Text, string Country)> Make()
    {
        var random = new Random(1);
        var detection = new TextDetection();
        var texts = new List<(string, string)>();
        while (texts.Count < Texts)
        {
            var (language, country) = Languages[texts.Count % Languages.Length];
            var text = Write(language, random);

            // A number drawn at random is somebody's identifier at times (about one text in forty): such a text is one with something to find.
            if (detection.Count(text, country) == 0)
            {
                texts.Add((text, country));
            }
        }

        return texts;
    }

    private static string Write(string language, Random random)
    {
        var lines = File.ReadAllLines(RepositoryRoot.Path("tests", "CallTracking.Quality", "Neutral", language + ".txt"));
        var text = new StringBuilder();
        while (Encoding.UTF8.GetByteCount(text.ToString()) < TextBytes)
        {
            foreach (var sign in lines[random.Next(lines.Length)])
            {
                text.Append(sign switch { '#' => (char)('0' + random.Next(10)), '&' => (char)('A' + random.Next(26)), _ => sign });
            }

            text.Append(' ');
        }

        return text.ToString();
    }

    // What is measured: of each few texts the fastest turn counts.
    private sealed class Look(string what, List<(string Text, string Country)> texts, Action<string, string> look)
    {
        private readonly (string Text, string Country)[][] _groups = [.. texts.Chunk(Languages.Length)];
        private readonly (long Ticks, long Bytes)[] _best = [.. texts.Chunk(Languages.Length).Select(_ => (long.MaxValue, long.MaxValue))];

        public string What => what;

        /// <summary>Millions of bytes of UTF-8 a second.</summary>
        public double Rate => texts.Sum(text => Encoding.UTF8.GetByteCount(text.Text)) / 1e6 / Stopwatch.GetElapsedTime(0, _best.Sum(one => one.Ticks)).TotalSeconds;

        /// <summary>Bytes per text.</summary>
        public double Allocated => (double)_best.Sum(one => one.Bytes) / texts.Count;

        public void Take()
        {
            for (var i = 0; i < _groups.Length; i++)
            {
                var allocated = GC.GetAllocatedBytesForCurrentThread();
                var start = Stopwatch.GetTimestamp();
                foreach (var (text, country) in _groups[i])
                {
                    look(text, country);
                }

                _best[i] = (Math.Min(_best[i].Ticks, Stopwatch.GetTimestamp() - start), Math.Min(_best[i].Bytes, GC.GetAllocatedBytesForCurrentThread() - allocated));
            }
        }
    }
}
