using Xunit;

namespace CallTracking.Mapping.Tests.Joins;

/// <summary>A value of JSON that is no text, though it is sound JSON, costs its record where it is joined or folded too, and never the run.</summary>
public sealed class UnworkableValueTests : IDisposable
{
    private const string Sound = """{"id":1,"u":1}""";

    private readonly Composed _files = new();

    public static TheoryData<string, string, string> Values => new()
    {
        { "id.k", """{"\ud800":1}""", "A value of the record could not be worked on." },
        { "id", """{"\ud800":1}""", "id is an object: name a value in it." },
        { "id", """{"#text":{"\ud800":2}}""", "id is an object: name a value in it." },
        { "id", """{"type":"doc","\ud800":2}""", "id is an object: name a value in it." },
        { "id", """{"#invariant":5}""", "id is an object: name a value in it." },
        { "id", """{"#invariant":"\ud800"}""", "A text holds half of a surrogate pair, which is no character." },
        { "id", """{"#invariant":"a\u0000"}""", "U+0000 in a text; the text of a case cannot hold it." },
    };

    public void Dispose() => _files.Dispose();

    [Theory]
    [MemberData(nameof(Values))]
    public async Task Records_ThatAreJoinedTo_AreRejectedAlone(string path, string value, string message)
    {
        _files.With("s.jsonl", Sound);
        foreach (var more in (string[])[$"join: [{{as: s, files: s.jsonl, key: id, on: {path}}}]", $"fold: {{by: {path}}}", $"fold: {{by: u, order: {path}}}"])
        {
            var outcomes = await _files.ReadAsync(Yaml(more), $"{Record(value)}\n{SoundOf(path)}\n");

            Assert.EndsWith(message, Assert.Single(outcomes.OfType<RowOutcome.Rejected>()).Message, StringComparison.Ordinal);
            Assert.Equal("1", Assert.Single(outcomes.OfType<RowOutcome.Mapped>()).LocalId);
        }
    }

    [Theory]
    [MemberData(nameof(Values))]
    public async Task Records_ThatAreJoined_EndTheInputWithTheirPlace(string path, string value, string message)
    {
        _files.With("s.jsonl", $"{SoundOf(path)}\n{Record(value)}\n");
        foreach (var join in (string[])[$"key: {path}, on: u", $"key: u, on: u, order: {path}", $"key: u, on: u, where: {{from: {path}, equals: 1}}"])
        {
            var failure = await _files.FaultAsync(Yaml($"join: [{{as: s, files: s.jsonl, {join}}}]"), Sound);

            Assert.Equal(("s.jsonl", 2, $"A record to join as 's' cannot be read: {message}"), (failure.Fault.File, failure.Fault.Line, failure.Fault.Message));
        }
    }

    [Fact]
    public async Task Records_ThatAreJoinedThroughOthers_EndTheInputWithTheirPlace()
    {
        _files.With("s.jsonl", $"{Sound}\n{Record("""{"\ud800":1}""")}\n").With("t.jsonl", Sound);

        var failure = await _files.FaultAsync(Yaml("join: [{as: s, files: s.jsonl, key: u, on: u}, {as: t, files: t.jsonl, key: id, on: s.id.k}]"), Sound);

        Assert.Equal(("s.jsonl", 2), (failure.Fault.File, failure.Fault.Line));
    }

    [Fact]
    public async Task Records_WithANameThatIsHalfAPair_AreJoinedAllTheSame()
    {
        _files.With("s.jsonl", """{"\ud800":"x","id":1,"n":"joined"}""");

        var outcomes = await _files.ReadAsync(Reading.Csv("subject: s.n", "join: [{as: s, files: s.jsonl, key: id, on: id}]", "{type: jsonl}"), """{"\ud800":"x","id":1}""");

        Assert.Equal("1=joined", Composed.Said(outcomes));
    }

    private static string Record(string value) => $$"""{"id":{{value}},"u":1}""";

    private static string SoundOf(string path) => path == "id" ? Sound : """{"id":{"k":1},"u":1}""";

    private static string Yaml(string more) => Reading.Csv("subject: u", more, "{type: jsonl}").Replace("key: id\n", "key: [u]\n", StringComparison.Ordinal);
}
