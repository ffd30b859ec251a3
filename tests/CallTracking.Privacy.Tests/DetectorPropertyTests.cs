using System.Diagnostics;
using System.Text;
using CallTracking.Testing;
using Xunit;

namespace CallTracking.Privacy.Tests;

/// <summary>What holds for every text, however strange: places inside it, whole characters, nothing left to find, time in proportion.</summary>
[Collection(nameof(Alone))]
public sealed class DetectorPropertyTests
{
    private const int TextLength = 120;
    private const int Short = 10_000;
    private const int Factor = 8;
    private const int Slack = 3;

    private const string Signs = "0123456789０٣۴५ABCdeü日本路号로。.,:;@=/-–+()[]#% \t\n\u00A0\u3000\uD83D\uDE00\uD800'\"\u0301ßЖ漢ーn°_&";

    private static readonly string[] Pieces =
    [
        "http://", "www.", "Suite ", "St. ", "password: ", "PESEL ", "DE89", "tel. ", "〒", "born ", "10.0.0.1", "::", "4111 1111", "calle ", "\u202F", "[ID_1]", "0x", "-----BEGIN ", "😀", "é", "e\u0301",
        " ", "order ", "Hauptstraße ", " TX ", "Main Street", "49", "089", "12345678", "lives at ", "May ", "years old", "Germany", "NHS ", "card ", "BIC ", "IMEI ", "zip ", "강남구 ", "丁目", "aa:bb:", "name@", ".com",
    ];

    private readonly TextDetection _detection = new();

    public static TheoryData<string> Units =>
    [
        ".", "@", "1", "a", "http://http://", "1a", "a1-", "1 ", "1-1.", "a.", "aa:", "1.1.1.", "DE89 ", "BIC ", "DEUTDEFF ", "AB12 ", "12 Main ", "1丁目", "路1号", "구 로로로 1 ", "a@a.", "password 1 ", "May 1 ", "1 years ", "é", "漢", "😀", "e\u0301",
    ];

    [Theory]
    [InlineData("😀😀 a@b.de 😀", "a@b.de")]
    [InlineData("e\u0301te\u0301 +49 89 1234567 😀", "+49 89 1234567")]
    [InlineData("😀4111 1111 1111 1111😀", "4111 1111 1111 1111")]
    [InlineData("Ж\u0301 DE89 3704 0044 0532 0130 00\u0301", "DE89 3704 0044 0532 0130 00")]
    [InlineData("\uD83D\uDC69\u200D\uD83D\uDCBB Tel. 089 1234567", "089 1234567")]
    public void Look_SurrogatesAndMarksAround_PlaceIsRight(string text, string expected) =>
        Assert.Contains(expected, _detection.Look(text, "DE", "", null).Findings.Select(f => text[f.Start..f.End]));

    [Theory]
    [InlineData("en", "US")]
    [InlineData("de", "DE")]
    [InlineData("es", "ES")]
    [InlineData("ja", "JP")]
    public void Look_RedactedTextsOfALanguage_ChangeNoMore(string language, string country)
    {
        string[] values = ["max@example.com", "+49 89 1234567", "4111 1111 1111 1111", "DE89 3704 0044 0532 0130 00", "192.168.10.20", "Hauptstraße 12, 80331", "1690 Hospital Way, Minneapolis, MN 55401", "password: hunter2"];
        var random = new Random(5);
        foreach (var line in File.ReadAllLines(RepositoryRoot.Path("tests", "CallTracking.Quality", "Neutral", language + ".txt")))
        {
            var text = $"{line.Replace('#', '7').Replace('&', 'K')} {values[random.Next(values.Length)]}, {values[random.Next(values.Length)]}. {line}";
            var redacted = _detection.Look(text, country, language, null).Redacted;

            // The tagger weighs what stands around a word, placeholders too; so it looks at a text once, and receipts say that it did.
            Assert.DoesNotContain(_detection.Look(redacted, country, language, null).Findings, finding => finding.Entity != EntityKinds.Person.Name);
        }
    }

    [Theory]
    [InlineData("calle [ADDRESS_1] 3, Suite [ID_2]")]
    [InlineData("lives at [ADDRESS_1], zip [POSTCODE_1]")]
    [InlineData("St. [ADDRESS_12]Hauptstraße, tel. [PHONE_123456]")]
    public void Look_NumberOfAPlaceholder_IsNothing(string text) =>
        Assert.DoesNotContain(_detection.Look(text, "DE", "", null).Findings, f => text[f.Start..f.End] is var found && found.Contains(']', StringComparison.Ordinal) && !found.Contains('[', StringComparison.Ordinal));

    [Fact]
    public void Look_FuzzedTexts_HoldsItsPromises() => Fuzz(200_000);

    [LongFact]
    public void Look_TenMillionFuzzedCharacters_HoldsItsPromises() => Fuzz(10_000_000);

    [Theory]
    [MemberData(nameof(Units))]
    public void Find_HostileText_TakesEveryDetectorLinearTime(string unit)
    {
        foreach (var part in StructuredDetector.Parts)
        {
            var (small, large) = (double.MaxValue, double.MaxValue);
            for (var round = 0; round < 40 && (round < 3 || large / small > Factor * Slack); round++)
            {
                small = Math.Min(small, Time(part, unit, Short));
                large = Math.Min(large, Time(part, unit, Short * Factor));
            }

            // Under two milliseconds the clock says more than the work.
            Assert.True(large < 2 || large / small <= Factor * Slack, $"{part.GetType().Name}: {large / small:0.0} times the time for {Factor} times the text.");
        }
    }

    private static double Time(ValueDetector part, string unit, int length)
    {
        var scan = new TextScan();
        scan.Read(string.Concat(Enumerable.Repeat(unit, length / unit.Length)), "DE", new ClassSet(ulong.MaxValue), []);
        var start = Stopwatch.GetTimestamp();
        part.Find(scan);
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private void Fuzz(int characters)
    {
        string[] countries = ["DE", "US", "GB", "JP", "ES", "KR", ""];
        var random = new Random(11);
        for (var done = 0; done < characters;)
        {
            var text = Make(random);
            var country = countries[random.Next(countries.Length)];
            var verdict = _detection.Look(text, country, "", null);
            foreach (var found in verdict.Findings)
            {
                Assert.True(found.Start >= 0 && found.Start < found.End && found.End <= text.Length, $"{found} in {text}");
                Assert.False(IsInside(text, found.Start) || IsInside(text, found.End), $"{found} cuts a character of {text}");
            }

            done += text.Length;
        }
    }

    private static bool IsInside(string text, int at) => at > 0 && at < text.Length && char.IsLowSurrogate(text[at]) && char.IsHighSurrogate(text[at - 1]);

    private static string Make(Random random)
    {
        var text = new StringBuilder();
        while (text.Length < TextLength)
        {
            _ = random.Next(3) == 0 ? text.Append(Pieces[random.Next(Pieces.Length)]) : text.Append(Signs[random.Next(Signs.Length)]);
        }

        return text.ToString();
    }
}
