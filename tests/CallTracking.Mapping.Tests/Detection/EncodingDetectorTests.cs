using System.Globalization;
using CallTracking.Mapping.Reading;
using CallTracking.Testing;
using Xunit;
using Xunit.Abstractions;

namespace CallTracking.Mapping.Tests.Detection;

public sealed class EncodingDetectorTests(ITestOutputHelper output)
{
    private const int Snippets = 12;

    [SharedTheory("ner", "pii")]
    [InlineData(200, 99.0, 94.0)]
    [InlineData(1024, 99.5, 97.0)]
    [InlineData(4096, 99.5, 97.0)]
    public void Judge_TextsNotLearnedFrom_AreReadRightOrRefused(int bytes, double leastBest, double leastAccepted)
    {
        var attempts = DetectionFigures.Measure(LanguageTexts.HeldOut(), bytes, Snippets).ToList();

        foreach (var group in attempts.GroupBy(attempt => attempt.Written))
        {
            output.WriteLine(Line(group.Key, group));
        }

        output.WriteLine(Line($"{bytes} bytes", attempts));
        Assert.True(attempts.Select(attempt => attempt.Language).Distinct().Count() >= 25);
        Assert.DoesNotContain(attempts, attempt => attempt is { IsAccepted: true, IsRight: false });
        Assert.DoesNotContain(attempts, attempt => attempt.IsDoubted);
        Assert.True(Percent(attempts, attempt => attempt.IsRight) >= leastBest);
        Assert.True(Percent(attempts, attempt => attempt.IsAccepted) >= leastAccepted);
    }

    [SharedTheory("samples")]
    [InlineData("fukui-survey-ja", "fukui_survey_2023-05.cp932.csv", "Shift_JIS")]
    [InlineData("fukui-survey-ja", "fukui_survey_2023-05.utf8bom.csv", "utf-8")]
    [InlineData("consumidor-gov-br", "2015-01.csv", "windows-1252")]
    [InlineData("consumidor-gov-br", "2014-05.csv", "utf-8")]
    [InlineData("nyc311-csv", "311_Service_Requests_legacy.csv", "utf-8")]
    public async Task ReadAsync_RealExport_IsRecognised(string folder, string file, string encoding)
    {
        await using var content = File.OpenRead(SharedData.Path("samples", folder, file));

        var verdict = await EncodingDetector.ReadAsync(content, CancellationToken.None);

        Assert.Equal(encoding, verdict.Encoding);
        Assert.InRange(verdict.Confidence, EncodingVerdict.UsualConfidence, 1);
    }

    // Words of GBK that are sound UTF-8 by chance, and repeated as a table's values are.
    [Theory]
    [InlineData("未知", "其他")]
    [InlineData("通知", "其他")]
    [InlineData("女", "男")]
    public void Judge_AColumnThatRepeatsAWordOfAnotherEncoding_IsNotUtf8(string usual, string rare)
    {
        var rows = Enumerable.Range(1, 200).Select(row => $"{row},{(row % 19 == 0 ? rare : usual)},open\n");

        var verdict = EncodingDetector.Judge(SourceEncoding.Find("gb18030")!.Lenient.GetBytes("id,state,status\n" + string.Concat(rows)), isWhole: true);

        Assert.NotEqual("utf-8", verdict.Encoding);
    }

    [Theory]
    [InlineData("Zoë Müßig wohnt in der Straße ", "windows-1252")]
    [InlineData("Клиент просит замену устройства ", "windows-1251")]
    [InlineData("顧客は交換を希望しています ", "shift_jis")]
    public void Judge_FewRowsWithOneInAnotherEncoding_AreUtf8(string text, string other)
    {
        byte[] file = [.. System.Text.Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(1, 20).Select(row => $"{row};{text}{row}\n"))), .. SourceEncoding.Find(other)!.Lenient.GetBytes($"21;{text}\n")];

        var verdict = EncodingDetector.Judge(file, isWhole: true);

        Assert.Equal("utf-8", verdict.Encoding);
    }

    // Languages of which names only have been learned.
    [Theory]
    [InlineData("windows-1253", "Η συσκευή δεν ανάβει μετά την τελευταία ενημέρωση. Ο πελάτης ζητά αντικατάσταση ή επιστροφή χρημάτων.")]
    [InlineData("iso-8859-7", "Η συσκευή δεν ανάβει μετά την τελευταία ενημέρωση. Ο πελάτης ζητά αντικατάσταση ή επιστροφή χρημάτων.")]
    [InlineData("windows-1250", "Urządzenie nie włącza się po ostatniej aktualizacji. Klient prosi o wymianę albo zwrot pieniędzy, ponieważ usterka się powtarza.")]
    [InlineData("windows-1251", "Пристрій не вмикається після останнього оновлення. Клієнт просить замінити його або повернути кошти.")]
    [InlineData("windows-1252", "Il dispositivo non si accende più dopo l’ultimo aggiornamento. È la terza volta: perché non funziona così com’è?")]
    [InlineData("windows-1255", "המכשיר לא נדלק אחרי העדכון האחרון. הלקוח מבקש החלפה או החזר כספי מלא.")]
    [InlineData("cp949", "기기가 최근 업데이트 이후 켜지지 않습니다. 고객은 교환 또는 환불을 요청합니다.")]
    [InlineData("euc-jp", "最新の更新のあと電源が入りません。お客様は交換か返金を希望されています。")]
    public void Judge_OneSentence_ReadsBestInItsEncoding(string encoding, string text)
    {
        var bytes = SourceEncoding.Find(encoding)!.Strict.GetBytes(text);

        var verdict = EncodingDetector.Judge(bytes, isWhole: true);

        Assert.Equal(text, verdict.Readings[0].Lines[0]);
    }

    // Signs without a letter above ASCII: another encoding has letters where Windows has them.
    [Theory]
    [InlineData("windows-1252", "De koelkast maakt lawaai – graag een monteur sturen;€ {0},00")]
    [InlineData("windows-1252", "Der Preis von {0} € – also zu viel")]
    [InlineData("windows-1252", "The customer’s unit {0} – “leaks”")]
    [InlineData("macintosh", "The customer’s unit {0} – “leaks”")]
    [InlineData("cp866", "Цена {0} рублей, а мастер не пришёл;Samsung RB-{0}")]
    public void Judge_SignsAmongLatinWords_AreNotTakenForLetters(string encoding, string row)
    {
        var text = string.Join("\r\n", Enumerable.Range(10, 12).Select(number => string.Format(CultureInfo.InvariantCulture, row, number)));
        var bytes = SourceEncoding.Find(encoding)!.Strict.GetBytes(text);

        var verdict = EncodingDetector.Judge(bytes, isWhole: true);

        Assert.Equal(SourceEncoding.Find(encoding)!.Name, verdict.Encoding);
        Assert.InRange(verdict.Confidence, EncodingVerdict.UsualConfidence, 1);
    }

    [Fact]
    public void Judge_OneSignAlone_IsNotCertain()
    {
        var bytes = SourceEncoding.Find("windows-1252")!.Strict.GetBytes("id;text\r\n1;Price 30 €\r\n");

        var verdict = EncodingDetector.Judge(bytes, isWhole: true);

        Assert.Equal("windows-1252", verdict.Encoding);
        Assert.InRange(verdict.Confidence, 0, 0.5);
    }

    [Fact]
    public void Judge_Readings_ShowTheSamePlacesSideBySide()
    {
        var bytes = SourceEncoding.Find("windows-1250")!.Strict.GetBytes("id;text\r\n1;plain\r\n2;Příliš žluťoučký kůň\r\n3;úpěl\r\n");

        var verdict = EncodingDetector.Judge(bytes, isWhole: true);

        Assert.Equal(3, verdict.Readings.Count);
        Assert.Equal(["2;Příliš žluťoučký kůň", "3;úpěl"], verdict.Readings[0].Lines);
        Assert.All(verdict.Readings, reading => Assert.Equal(2, reading.Lines.Count));
        Assert.Equal(3, verdict.Readings.Select(reading => reading.Lines[0]).Distinct().Count());
    }

    [Fact]
    public void Judge_Readings_ShowThePlacesThatDifferFirstAndAroundTheSign()
    {
        var far = new string('x', 90) + " the price is 30 € at most";
        var text = string.Concat(Enumerable.Range(0, 30).Select(row => $"{row};Müller\r\n")) + $"31;{far}\r\n";
        var bytes = SourceEncoding.Find("windows-1252")!.Strict.GetBytes(text);
        var readings = new[] { SourceEncoding.Find("windows-1252")!, SourceEncoding.Find("iso-8859-1")! };

        var lines = CallTracking.Mapping.Reading.Detection.SampleLines.Of(bytes, readings);

        Assert.Equal(["…the price is 30 € at most", "0;Müller", "1;Müller", "2;Müller", "3;Müller"], lines.In(bytes, readings[0]));
        Assert.Equal("…the price is 30 \u0080 at most", lines.In(bytes, readings[1])[0]);
    }

    [Fact]
    public void ToString_OfAVerdictAndItsSamples_HoldsNoText()
    {
        var verdict = EncodingDetector.Judge("1;Müller"u8, isWhole: true);

        Assert.DoesNotContain("ller", verdict.ToString() + verdict.Readings[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Judge_Noise_IsNotCertain()
    {
        var noise = new byte[2000];
        new Random(7).NextBytes(noise);

        Assert.InRange(EncodingDetector.Judge(noise, isWhole: true).Confidence, 0, 0.5);
    }

    private static double Percent(List<Attempt> attempts, Func<Attempt, bool> counts) => 100.0 * attempts.Count(counts) / attempts.Count;

    private static string Line(string what, IEnumerable<Attempt> attempts)
    {
        var all = attempts.ToList();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{what}: {all.Count} best {Percent(all, one => one.IsRight):0.0} % accepted {Percent(all, one => one.IsAccepted):0.0} % wrong and accepted {all.Count(one => one is { IsAccepted: true, IsRight: false })}");
    }
}
