using Xunit;

namespace CallTracking.Mapping.Tests;

/// <summary>Documents that stand where other systems have texts.</summary>
public sealed class AtlassianTextTests
{
    [Theory]
    [InlineData("""{"type":"paragraph","content":[{"type":"text","text":"It "},{"type":"text","text":"hums","marks":[{"type":"strong"}]},{"type":"hardBreak"},{"type":"text","text":"loudly"}]},{"type":"paragraph","content":[{"type":"text","text":"Bye"}]}""", "It hums\nloudly\n\nBye")]
    [InlineData("""{"type":"heading","attrs":{"level":1},"content":[{"type":"text","text":"Steps"}]},{"type":"orderedList","attrs":{"order":3},"content":[{"type":"listItem","content":[{"type":"paragraph","content":[{"type":"text","text":"plug in"}]},{"type":"bulletList","content":[{"type":"listItem","content":[{"type":"paragraph","content":[{"type":"text","text":"gently"}]}]}]}]},{"type":"listItem","content":[{"type":"paragraph","content":[{"type":"text","text":"wait"}]}]}]}""", "Steps\n\n3. plug in\n  - gently\n4. wait")]
    [InlineData("""{"type":"taskList","content":[{"type":"taskItem","attrs":{"state":"DONE"},"content":[{"type":"text","text":"call"}]},{"type":"taskItem","attrs":{"state":"TODO"},"content":[{"type":"text","text":"mend"}]}]}""", "[x] call\n[ ] mend")]
    [InlineData("""{"type":"table","content":[{"type":"tableRow","content":[{"type":"tableHeader","content":[{"type":"paragraph","content":[{"type":"text","text":"part"}]}]},{"type":"tableCell","content":[{"type":"paragraph","content":[{"type":"text","text":"fuse"}]}]}]},{"type":"tableRow","content":[{"type":"tableCell","content":[]},{"type":"tableCell","content":[{"type":"paragraph","content":[{"type":"text","text":"2"}]}]}]}]}""", "part | fuse\n | 2")]
    [InlineData("""{"type":"blockquote","content":[{"type":"paragraph","content":[{"type":"text","text":"a"}]},{"type":"paragraph","content":[{"type":"text","text":"b"}]}]},{"type":"codeBlock","content":[{"type":"text","text":"x = 1\n  y"}]}""", "> a\n> b\n\nx = 1\n  y")]
    [InlineData("""{"type":"paragraph","content":[{"type":"mention","attrs":{"id":"1","text":"@Ida"}},{"type":"text","text":" "},{"type":"emoji","attrs":{"shortName":":smile:"}},{"type":"text","text":" see "},{"type":"text","text":"here","marks":[{"type":"link","attrs":{"href":"https://example.com/a"}}]},{"type":"text","text":" "},{"type":"inlineCard","attrs":{"url":"https://example.com/b"}},{"type":"text","text":" until "},{"type":"date","attrs":{"timestamp":"1772409600000"}}]}""", "@Ida :smile: see here (https://example.com/a) https://example.com/b until 2026-03-02")]
    [InlineData("""{"type":"panel","content":[{"type":"paragraph","content":[{"type":"text","text":"note"}]}]},{"type":"expand","attrs":{"title":"More"},"content":[{"type":"paragraph","content":[{"type":"text","text":"inner"}]}]},{"type":"mediaSingle","content":[{"type":"media","attrs":{"alt":"lamp.jpg"}}]},{"type":"newKind","content":[{"type":"otherKind","content":[{"type":"text","text":"kept"}]}]}""", "note\n\nMore\ninner\n\nlamp.jpg\n\nkept")]
    public async Task Description_AsADocument_IsItsText(string content, string text)
    {
        var outcome = await OneAsync($$"""{"type":"doc","version":1,"content":[{{content}}]}""");

        Assert.Equal(text, Assert.IsType<RowOutcome.Mapped>(outcome).Case.Description.Clear);
    }

    [Fact]
    public async Task Description_AsAnEmptyDocument_IsNone() =>
        Assert.Null(Assert.IsType<RowOutcome.Mapped>(await OneAsync("""{"type":"doc","version":1,"content":[]}""")).Case.Description);

    [Theory]
    [InlineData("""{"type":"doc","text":"no content"}""", "bad-value")]
    [InlineData("""{"type":"paragraph","content":[]}""", "bad-value")]
    [InlineData("""{"type":"doc","version":1,"content":[{"type":"text","text":"\ud800"}]}""", "undecodable")]
    [InlineData("""{"type":"doc","version":1,"content":[{"type":"text","text":"\u0000"}]}""", "nul-character")]
    [InlineData("""{"type":"\ud800","content":[]}""", "bad-value")]
    public async Task Description_ThatIsNoSoundDocument_RejectsTheRecord(string value, string reason) =>
        Assert.Equal(reason, Assert.IsType<RowOutcome.Rejected>(await OneAsync(value)).Reason);

    [Theory]
    [InlineData("""{"type":"doc","content":[1,null,"x",[],{"type":7},{"content":{}},{"type":"text"},{"type":"text","text":5},{"type":"date","attrs":{"timestamp":"99999999999999999"}},{"type":"orderedList","attrs":{"order":"many"},"content":[{}]},{"type":"paragraph","attrs":3,"content":[{"type":"text","text":"ok","marks":[1,{"type":"link"},{"type":"link","attrs":{"href":4}}]}]}]}""")]
    public async Task Description_AsADocumentWithNonsense_IsReadWithoutIt(string value) =>
        Assert.Contains("ok", Assert.IsType<RowOutcome.Mapped>(await OneAsync(value)).Case.Description.Clear, StringComparison.Ordinal);

    [Fact]
    public async Task Document_ThatNothingNames_IsKeptAsItsText()
    {
        const string Mapping = "source: t\nformat: {type: json}\ntime_zone: Etc/UTC\nkey: id\nfields: {subject: s}\nunmapped: keep\n";

        var outcome = Assert.Single(await Reading.AllAsync(Mapping, """[{"id":1,"more":{"type":"doc","version":1,"content":[{"type":"paragraph","content":[{"type":"text","text":"It hums"}]}]}}]"""));

        var field = Assert.Single(Assert.IsType<RowOutcome.Mapped>(outcome).Case.CustomFields);
        Assert.Equal(("more", "It hums"), (field.Name, field.Text.Clear));
    }

    private static async Task<RowOutcome> OneAsync(string description)
    {
        const string Mapping = "source: t\nformat: {type: json}\ntime_zone: Etc/UTC\nkey: id\nfields: {description: d}\n";
        return Assert.Single(await Reading.AllAsync(Mapping, $$"""[{"id":1,"d":{{description}}}]"""));
    }
}
