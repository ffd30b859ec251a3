using System.Globalization;
using CallTracking.Contracts;
using CallTracking.Testing;
using Xunit;
using Xunit.Abstractions;

namespace CallTracking.Privacy.Tests.Concepts;

/// <summary>The starter dictionary on sentences of each language: what it has to find, and what it must not.</summary>
public sealed class SentenceTests(ITestOutputHelper output)
{
    private const string Value = "product.";

    public static TheoryData<string> Languages => [.. Directory.GetFiles(Folder, "*.tsv").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    private static string Folder => RepositoryRoot.Path("tests", "CallTracking.Privacy.Tests", "Concepts", "Sentences");

    [Theory]
    [MemberData(nameof(Languages))]
    public void Mark_SentencesOfALanguage_GivesTheCodesBesideThem(string language)
    {
        var wrong = Sentences(language).Select(sentence => (sentence.Text, Wanted: string.Join(' ', sentence.Codes), Found: string.Join(' ', Found(sentence.Text, language))))
            .Where(sentence => sentence.Wanted != sentence.Found)
            .Select(sentence => $"{sentence.Text}: wanted '{sentence.Wanted}', found '{sentence.Found}'")
            .ToList();

        output.WriteLine(Line(language, language));
        wrong.ForEach(output.WriteLine);
        Assert.Empty(wrong);
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void Sentences_OfALanguage_AreEnoughToSaySomething(string language)
    {
        var sentences = Sentences(language).ToList();

        Assert.InRange(sentences.Count(sentence => sentence.Codes.Count > 0), 8, 100);
        Assert.InRange(sentences.Count(sentence => sentence.Codes.Count == 0), 8, 100);
    }

    [Fact]
    public void Readme_MeasuredTable_SaysWhatIsMeasured()
    {
        var readme = File.ReadAllText(RepositoryRoot.Path("src", "CallTracking.Privacy", "Concepts", "README.md"));

        Assert.All(
            Directory.GetFiles(Folder, "*.tsv").Select(file => Path.GetFileNameWithoutExtension(file)).Select(language => Line(language, language)),
            line => Assert.Contains(line, readme, StringComparison.Ordinal));
    }

    [Fact]
    public void Readme_MeasuredWithoutALanguage_SaysWhatIsMeasured()
    {
        var readme = File.ReadAllText(RepositoryRoot.Path("src", "CallTracking.Privacy", "Concepts", "README.md"));
        var languages = Directory.GetFiles(Folder, "*.tsv").Select(file => Path.GetFileNameWithoutExtension(file)).ToList();
        var sums = languages.Select(language => Sums(language, "")).Aggregate((a, b) => (a.Wanted + b.Wanted, a.Found + b.Found, a.Right + b.Right));

        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"recall {100.0 * sums.Right / sums.Wanted:0.0} %, precision {100.0 * sums.Right / sums.Found:0.0} %"), readme, StringComparison.Ordinal);
    }

    private static string Line(string language, string told)
    {
        var sentences = Sentences(language).ToList();
        var (wanted, found, right) = Sums(language, told);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {language} | {sentences.Count(sentence => sentence.Codes.Count > 0)} | {sentences.Count(sentence => sentence.Codes.Count == 0)} | {100.0 * right / wanted:0.0} | {100.0 * right / found:0.0} |");
    }

    private static (int Wanted, int Found, int Right) Sums(string language, string told)
    {
        var pairs = Sentences(language).Select(sentence => (Wanted: sentence.Codes, Found: Found(sentence.Text, told))).ToList();
        return (pairs.Sum(pair => pair.Wanted.Count), pairs.Sum(pair => pair.Found.Count), pairs.Sum(pair => pair.Wanted.Intersect(pair.Found).Count()));
    }

    private static IEnumerable<(string Text, List<string> Codes)> Sentences(string language) => File.ReadLines(Path.Combine(Folder, language + ".tsv"))
        .Select(line => line.Split('\t'))
        .Select(cells => (cells[1], cells[0] == "-" ? [] : cells[0].Split(' ').Order(StringComparer.Ordinal).ToList()));

    private static List<string> Found(string text, string language)
    {
        var value = ConceptKit.Case(text, language);
        ConceptKit.Starter.Mark(value, ConceptKit.Open);
        return [.. value.Concepts.Select(concept => concept.Code + (concept.Code.StartsWith(Value, StringComparison.Ordinal) ? $"={Taken(value, concept.Code)}" : "")).Order(StringComparer.Ordinal)];
    }

    private static string Taken(Case value, string code) => code == "product.lot" ? value.Product.Lot : value.Product.Firmware;
}
