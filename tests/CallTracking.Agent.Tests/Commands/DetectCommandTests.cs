using System.Text.Json;
using CallTracking.Agent.Commands;
using Xunit;

namespace CallTracking.Agent.Tests.Commands;

public sealed class DetectCommandTests
{
    [Fact]
    public async Task Detect_Lines_AreAnsweredInOrder()
    {
        var (answers, broken) = await RunAsync("""
            {"text":"Mail 😀 an a@b.de, IBAN DE89 3704 0044 0532 0130 00"}
            {"text":"nothing here"}
            {"text":"PESEL 44051401359","country":"PL","lang":"pl"}
            """);

        Assert.Equal(0, broken);
        Assert.Equal(["EMAIL_ADDRESS", "IBAN_CODE"], Entities(answers[0]));
        Assert.Equal(11, answers[0].GetProperty("findings")[0].GetProperty("start").GetInt32());
        Assert.Equal("Mail 😀 an [EMAIL_1], IBAN [CARD_1]", answers[0].GetProperty("redacted").GetString());
        Assert.Empty(Entities(answers[1]));
        Assert.Equal("nothing here", answers[1].GetProperty("redacted").GetString());
        Assert.Equal(["PL_PESEL"], Entities(answers[2]));
    }

    [Theory]
    [InlineData("出生 九九九九九九九九卅")]
    [InlineData("出生 卅九九九九九九九九")]
    [InlineData("born 99999999999999999999")]
    public async Task Detect_NumberThatNoDateHas_IsAnswered(string text)
    {
        var (answers, broken) = await RunAsync(JsonSerializer.Serialize(new { text }));

        Assert.Equal((0, text), (broken, answers[0].GetProperty("redacted").GetString()));
    }

    [Fact]
    public async Task Detect_CountryByItsNameOrAnotherCode_IsTheCountry()
    {
        var (answers, broken) = await RunAsync("{\"text\":\"call 030 12345678\",\"country\":\"Germany\"}\n{\"text\":\"call 020 7946 0958\",\"country\":\"UK\"}\n{\"text\":\"call 1\",\"country\":\"nowhere\"}\n");

        Assert.Equal(0, broken);
        Assert.Equal(["call [PHONE_1]", "call [PHONE_1]", "call 1"], answers.Select(answer => answer.GetProperty("redacted").GetString()));
    }

    [Fact]
    public async Task Detect_EmptyLine_IsAnEmptyTextSoThatAnswersStayBesideTheirQuestions()
    {
        var (answers, broken) = await RunAsync("{\"text\":\"one\"}\n\n{\"text\":\"a@b.de\"}\n");

        Assert.Equal(0, broken);
        Assert.Equal(["one", "", "[EMAIL_1]"], answers.Select(answer => answer.GetProperty("redacted").GetString()));
    }

    [Theory]
    [InlineData("{\"text\":")]
    [InlineData("[1]")]
    [InlineData("{\"text\":5}")]
    [InlineData("{\"text\":\"\\ud800\"}")]
    [InlineData("plain secret")]
    public async Task Detect_BrokenLine_IsSaidWithItsNumberAndTheRunGoesOn(string line)
    {
        var (answers, broken) = await RunAsync($"{{\"text\":\"x\"}}\n{line}\n{{\"text\":\"a@b.de\"}}\n");

        Assert.Equal(1, broken);
        Assert.Equal(2, answers[1].GetProperty("line").GetInt64());
        Assert.DoesNotContain("secret", answers[1].GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Equal(["EMAIL_ADDRESS"], Entities(answers[2]));
    }

    [Theory]
    [InlineData("--country", "Deutschland", 2)]
    [InlineData("--country", "D", 2)]
    [InlineData("--lang", "deutsch!", 2)]
    [InlineData("--country", "us-ca", 0)]
    [InlineData("--country", "", 0)]
    [InlineData("--lang", "zh-Hant-TW", 0)]
    [InlineData("--lang", "pt_BR", 0)]
    public async Task Detect_OptionThatIsNoCode_IsRefused(string option, string value, int expected)
    {
        await using var run = AgentProgram.Start("detect", option, value);

        var result = await run.WaitForExitAsync(TimeSpan.FromSeconds(60));

        Assert.Equal(expected, result.ExitCode);
    }

    [Fact]
    public async Task Detect_LineThatIsTooLong_IsSaidAndNotKept()
    {
        var (answers, broken) = await RunAsync(new string('x', DetectLines.LongestLine + 1) + "\n{\"text\":\"a@b.de\"}");

        Assert.Equal(1, broken);
        Assert.Equal(1, answers[0].GetProperty("line").GetInt64());
        Assert.Equal(["EMAIL_ADDRESS"], Entities(answers[1]));
    }

    [Fact]
    public async Task Detect_Policy_DecidesWhatIsLookedFor()
    {
        using var folder = new TempFolder();
        var file = folder.File("one.yaml");
        await File.WriteAllTextAsync(file, "jurisdiction: xx\ncountries: [XX]\nrules:\n  email: {action: drop, at: edge}\n  ip_address: {action: keep}\n");
        await File.WriteAllTextAsync(folder.File("hub.yaml"), "hub: {country: XX, entity: \"Example\"}\n");

        var (answers, _) = await RunAsync("{\"text\":\"a@b.de at 10.20.30.40\",\"country\":\"XX\"}", Path.GetDirectoryName(file));

        Assert.Equal(["EMAIL_ADDRESS"], Entities(answers[0]));
    }

    [Fact]
    public async Task Detect_PolicyInAPacksPlace_SaysWhatGoes()
    {
        using var folder = new TempFolder();
        var file = folder.File("mine.yaml");
        await File.WriteAllTextAsync(file, "jurisdiction: ru\nparent: default\ncountries: [RU]\nlaw: x\n");
        using var notes = new StringWriter();

        DetectCommand.LoadPolicies(file, TimeProvider.System, notes);

        Assert.StartsWith("note: mine.yaml takes the place of the pack ru.yaml; at headquarters it does so only under that name. The pack also has localisation", notes.ToString(), StringComparison.Ordinal);
        Assert.Single(notes.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task Detect_Names_ArePersonsAndTheLanguageCounts()
    {
        const string text = "Wagner Pumpe defekt";
        var (answers, _) = await RunAsync(
            $$"""
            {"text":"My name is Jennifer Wilson."}
            {"text":"{{text}}","lang":"de"}
            {"text":"{{text}}","lang":"fr"}
            {"text":"{{text}}"}
            """,
            language: "fr");

        Assert.Equal("My name is [PERSON_1].", answers[0].GetProperty("redacted").GetString());
        Assert.Equal(["PERSON"], Entities(answers[0]));
        Assert.NotEqual(answers[1].GetRawText(), answers[2].GetRawText());
        Assert.Equal(answers[2].GetRawText(), answers[3].GetRawText());
    }

    private static async Task<(List<JsonElement> Answers, long Broken)> RunAsync(string input, string? policy = null, string language = "")
    {
        using var output = new StringWriter();
        var lines = new DetectLines(policy is null ? null : DetectCommand.LoadPolicies(policy, TimeProvider.System, TextWriter.Null), "", language);
        var broken = await lines.RunAsync(new StringReader(input), output, CancellationToken.None);
        return ([.. output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)], broken);
    }

    private static List<string> Entities(JsonElement answer) =>
        [.. answer.GetProperty("findings").EnumerateArray().Select(finding => finding.GetProperty("entity").GetString()!)];
}
