using Xunit;

namespace CallTracking.Mapping.Tests.Joins;

/// <summary>Joins that lead through an earlier join: what is joined stands in that one's record.</summary>
public sealed class JoinThroughTests : IDisposable
{
    private const string Tickets = "id,user\n1,7\n2,8\n3,\n";

    private readonly Composed _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task JoinThrough_OneRecord_StandsInIt()
    {
        Threads("11,1,A\n12,1,T\n13,2,T\n");
        _files.With("entries.csv", "no,thread,body\n3,12,c\n1,12,a\n2,11,other\n4,13,d\n5,14,none\n");

        var outcomes = await _files.ReadAsync(Yaml(Thread, "{as: entries, files: entries.csv, key: thread, on: thread.id, many: true, order: no}"), Tickets);

        Assert.Equal("1=[a][c]; 2=[d]; 3=", Composed.Said(outcomes));
    }

    [Fact]
    public async Task JoinThrough_EachOfMany_StandsInEach()
    {
        Threads("11,1,T\n12,1,T\n13,2,T\n14,2,T\n");
        _files.With("mime.csv", "thread,body\n12,second\n11,first\n13,old\n13,new\n");

        var yaml = Yaml(Thread.Replace("}}", "}, many: true, order: id}", StringComparison.Ordinal), "{as: mime, files: mime.csv, key: thread, on: 'thread[*].id'}", "{each: thread, fields: {body: mime.body}}");

        Assert.Equal("1=[first][second]; 2=[new]; 3=", Composed.Said(await _files.ReadAsync(yaml, Tickets)));
    }

    [Fact]
    public async Task JoinThrough_OfSeveralSteps_AreWalked()
    {
        Threads("11,1,T\n12,2,T\n");
        _files.With("entries.csv", "no,thread,body,poster\n1,11,a,9\n2,11,b,8\n3,12,c,7\n");
        _files.With("users.csv", "key;full name\n8;Ada\n9;Grace\n");

        var yaml = Yaml(
            Thread,
            "{as: entries, files: entries.csv, key: thread, on: thread.id, many: true}\n  - {as: who, files: users.csv, format: {type: delimited, delimiter: ';'}, key: key, on: thread.entries.poster}",
            "{each: thread.entries, fields: {body: {join: [body, who.full name]}}}");

        Assert.Equal("1=[a Grace][b Ada]; 2=[c]; 3=", Composed.Said(await _files.ReadAsync(yaml, Tickets)));
    }

    [Fact]
    public async Task JoinThrough_OfTwoFromOneRecord_AreBothThere()
    {
        Threads("11,1,T\n12,2,T\n");
        _files.With("a.csv", "thread,body\n11,a\n").With("b.csv", "thread,body\n11,b\n12,c\n");

        var yaml = Yaml(
            Thread,
            "{as: a, files: a.csv, key: thread, on: thread.id}\n  - {as: b, files: b.csv, key: thread, on: thread.id}",
            "[{body: thread.a.body}, {body: thread.b.body}]");

        Assert.Equal("1=[a][b]; 2=[c]; 3=", Composed.Said(await _files.ReadAsync(yaml, Tickets)));
    }

    [Fact]
    public async Task JoinThrough_JsonSideRecords_AreLedFromByTheirPaths()
    {
        _files.With("threads.json", "[{\"ticket\": 1, \"of\": {\"id\": 5}}, {\"ticket\": 2}]").With("entries.csv", "thread,body\n5,a\n");

        var yaml = Yaml("{as: thread, files: threads.json, format: {type: json}, key: ticket, on: id}", "{as: entries, files: entries.csv, key: thread, on: thread.of.id, many: true}");

        Assert.Equal("1=[a]; 2=; 3=", Composed.Said(await _files.ReadAsync(yaml, Tickets)));
    }

    [Fact]
    public async Task JoinThrough_ReferenceWithoutARecord_RejectsTheCaseWhereThatIsAsked()
    {
        Threads("11,1,T\n12,2,T\n");
        _files.With("entries.csv", "no,thread,body\n1,11,a\n");

        var outcomes = await _files.ReadAsync(Yaml(Thread, "{as: entries, files: entries.csv, key: thread, on: thread.id, many: true, missing: reject}"), Tickets);

        Assert.Equal("1=[a]; unmatched-reference entries@2; 3=", Composed.Said(outcomes));
    }

    [Fact]
    public async Task JoinThrough_MoreThanARecordMayHave_RejectsThatRecordOnly()
    {
        Threads("11,1,T\n12,2,T\n");
        _files.With("entries.csv", $"no,thread,body\n1,11,{new string('x', 3000)}\n2,12,b\n");

        var yaml = Yaml(Thread, "{as: entries, files: entries.csv, format: {type: delimited}, key: thread, on: thread.id, many: true}");
        yaml = yaml.Replace("format: {type: delimited}\ntime", "format: {type: delimited, max_record_bytes: 1024}\ntime", StringComparison.Ordinal);

        Assert.Equal("too-large @1; 2=[b]; 3=", Composed.Said(await _files.ReadAsync(yaml, Tickets)));
    }

    [Fact]
    public async Task JoinThrough_ColumnThatTheEarlierFileLacks_NamesThePlaceInTheMapping()
    {
        Threads("11,1,T\n");
        _files.With("entries.csv", "thread,body\n11,a\n");

        var fault = await _files.FaultAsync(Yaml(Thread, "{as: entries, files: entries.csv, key: thread, on: thread.idd}", "[{body: thread.entries.body}]"), Tickets);

        Assert.StartsWith("mapping.yaml:7", fault.Message, StringComparison.Ordinal);
        Assert.Contains("'idd'", fault.Message, StringComparison.Ordinal);
    }

    private const string Thread = "{as: thread, files: threads.csv, key: ticket, on: id, where: {from: type, equals: T}}";

    private void Threads(string rows) => _files.With("threads.csv", $"id,ticket,type\n{rows}");

    private static string Yaml(string thread, string join, string messages = "{each: thread.entries, fields: {body: body}}") => $$"""
        source: test
        format: {type: delimited}
        time_zone: Etc/UTC
        key: id
        join:
          - {{thread}}
          - {{join}}
        fields:
          messages: {{messages}}
        """;
}
