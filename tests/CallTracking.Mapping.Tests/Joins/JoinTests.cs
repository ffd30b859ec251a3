using Xunit;

namespace CallTracking.Mapping.Tests.Joins;

public sealed class JoinTests : IDisposable
{
    private const string Tickets = "id,user\n1,7\n2,8\n3,\n";
    private const string Users = "key;full name;on\n7;Ada;2\n8;Grace;1\n";

    private readonly Composed _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task Join_TableWithTable_ShowsTheSideRecordUnderItsName()
    {
        _files.With("users.csv", Users);

        Assert.Equal("1=Ada; 2=Grace; 3=", Composed.Said(await _files.ReadAsync(Yaml("key: key, on: user"), Tickets)));
    }

    [Fact]
    public async Task Join_ManyRecords_StandInOrder()
    {
        _files.With("users.csv", "key;full name;on\n7;late;20\n8;x;1\n7;early;3\n7;tie;20\n");

        var yaml = Yaml("key: key, on: user, many: true, order: on", "messages: {each: who, fields: {body: full name}}");
        Assert.Equal("1=[early][late][tie]; 2=[x]; 3=", Composed.Said(await _files.ReadAsync(yaml, Tickets)));
    }

    [Theory]
    [InlineData("", "1=new")]
    [InlineData(", order: on", "1=old")]
    [InlineData(", order: {from: on, format: d/M/yyyy}", "1=new", "1/2/2024", "1/3/2024")]
    public async Task Join_SeveralRecordsOfOneKey_TheLastStands(string order, string expected, string first = "9", string second = "3")
    {
        _files.With("users.csv", $"key;full name;on\n7;old;{first}\n7;new;{second}\n");

        Assert.Equal(expected, Composed.Said(await _files.ReadAsync(Yaml($"key: key, on: user{order}"), "id,user\n1,7\n")));
    }

    [Theory]
    [InlineData("", "1=; 2=Grace; 3=")]
    [InlineData(", missing: reject", "unmatched-reference who@1; 2=Grace; 3=")]
    public async Task Join_ReferenceWithoutARecord_IsAbsentOrRejected(string missing, string expected)
    {
        _files.With("users.csv", "key;full name;on\n8;Grace;1\n");

        Assert.Equal(expected, Composed.Said(await _files.ReadAsync(Yaml($"key: key, on: user{missing}"), Tickets)));
    }

    [Fact]
    public async Task Join_WithoutTheFile_IsAFaultUnlessOptional()
    {
        var fault = await _files.FaultAsync(Yaml("key: key, on: user"), Tickets);

        Assert.Contains("There is no file 'users.csv'", fault.Message, StringComparison.Ordinal);
        Assert.Equal("1=; 2=; 3=", Composed.Said(await _files.ReadAsync(Yaml("key: key, on: user, optional: true"), Tickets)));
    }

    [Fact]
    public async Task Join_BrokenSideRecord_EndsTheInputWithItsPlace()
    {
        _files.With("users.csv", "key;full name;on\n7;Ada\n");

        var fault = await _files.FaultAsync(Yaml("key: key, on: user"), Tickets);

        Assert.StartsWith("users.csv:2", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Join_ColumnThatASideFileLacks_NamesThePlaceInTheMapping()
    {
        _files.With("users.csv", "key;full_name;on\n7;Ada;1\n");

        var fault = await _files.FaultAsync(Yaml("key: key, on: user"), Tickets);

        Assert.StartsWith("mapping.yaml:8", fault.Message, StringComparison.Ordinal);
        Assert.Contains("Did you mean 'full_name'?", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Join_ColumnThatThePrimaryFileLacks_IsNamed()
    {
        _files.With("users.csv", Users);

        var fault = await _files.FaultAsync(Yaml("key: key, on: user"), "id,usr\n1,7\n");

        Assert.Contains("The column 'user' is not in the header", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Join_JsonWithTable_KeysAreComparedAsTexts()
    {
        _files.With("users.csv", Users);

        var yaml = Yaml("key: key, on: user.id").Replace("{type: delimited}", "{type: jsonl}", StringComparison.Ordinal);
        var outcomes = await _files.ReadAsync(yaml, "{\"id\":\"a\",\"user\":{\"id\":7}}\n{\"id\":\"b\",\"user\":{\"id\":\"8\"}}\n{\"id\":\"c\"}\n{}\n\n[]\n");

        Assert.Equal("a=Ada; b=Grace; c=; missing-key key@4; blank@5; broken-record @6", Composed.Said(outcomes));
    }

    [Fact]
    public async Task Join_ManySideRecordsOfOneKey_AreNotReadForEachRecord()
    {
        _files.With("users.csv", "id,name\n" + string.Concat(Enumerable.Range(0, 50).Select(number => $"1,n{number}\n")));
        var place = new ReadingPlace(_files.Folder, static () => new LastOnlySpill());
        var yaml = Reading.Csv("subject: u.name", "join: [{as: u, files: users.csv, key: id, on: user}]");
        await using var reader = Reading.Mapping(yaml).OpenReader(new MemoryStream("id,user\n1,1\n2,1\n3,2\n"u8.ToArray()), "cases.csv", place);

        Assert.Equal("1=n49; 2=n49; 3=", Composed.Said(await Reading.AllAsync(reader)));
    }

    [Fact]
    public async Task Join_ValueOfTheRecordsOwnThatHasItsName_IsHiddenWhetherSomethingIsJoinedOrNot()
    {
        const string Own = """{"id":1,"comments":1,"who":{"name":"own"}}¶{"id":2,"comments":0}¶{"id":3,"comments":[{"body":"own"}],"who":{"name":"own"}}¶{"id":4}""";
        _files.With("comments.jsonl", """{"ticket":1,"body":"joined","name":"Ada","more":{"name":"own"}}""").With("none.csv", "key,name,body\n");
        var yaml = Reading.Csv(
            "subject: who.name\nmessages: {each: comments, fields: {body: {join: [body, more.name, more.body]}}}",
            """
            join:
              - {as: comments, files: comments.jsonl, key: ticket, on: id, many: true}
              - {as: who, files: none.csv, format: {type: delimited}, key: key, on: id}
              - {as: more, files: none.csv, format: {type: delimited}, key: key, on: comments.ticket}
            """,
            "{type: jsonl}");

        Assert.Equal("1=[joined]; 2=; 3=; 4=", Composed.Said(await _files.ReadAsync(yaml, Own.Replace('¶', '\n'))));
    }

    [Fact]
    public async Task Join_MoreThanARecordMayHave_RejectsThatRecordOnly()
    {
        _files.With("users.csv", $"key;full name;on\n7;{new string('x', 3000)};1\n8;Grace;1\n");

        var yaml = Yaml("key: key, on: user").Replace("{type: delimited}", "{type: delimited, max_record_bytes: 1024}", StringComparison.Ordinal);
        Assert.Equal("too-large @1; 2=Grace; 3=", Composed.Said(await _files.ReadAsync(yaml, Tickets)));
    }

    [Fact]
    public async Task Join_MoreThanMemoryAllows_SaysSo()
    {
        _files.With("users.csv", Users);

        var fault = await _files.FaultAsync(Yaml("key: key, on: user"), Tickets, spillBytes: 150);

        Assert.Contains("a sync has no such limit", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Join_ColumnsWithPointsAndOfOneName_AreReached()
    {
        _files.With("users.csv", "key;a.b;c;c\n7;Ada;1;2\n");

        var yaml = Yaml("key: key, on: user", "subject: {join: [\"who['a.b']\", 'who.c#*']}");
        Assert.Equal("1=Ada 1 2", Composed.Said(await _files.ReadAsync(yaml, "id,user\n1,7\n")));
    }

    [Fact]
    public async Task Join_SeveralFiles_AreOneTable()
    {
        _files.With("users-1.csv", "key;full name;on\n7;Ada;1\n").With("users-2.csv", "key;full name;on\n8;Grace;1\n");

        var yaml = Yaml("key: key, on: user").Replace("users.csv", "users-*.csv", StringComparison.Ordinal);
        Assert.Equal("1=Ada; 2=Grace; 3=", Composed.Said(await _files.ReadAsync(yaml, Tickets)));
        Assert.Equal(["users-1.csv", "users-2.csv"], Reading.Mapping(yaml).SideFiles(_files.Folder).Select(Path.GetFileName));
        Assert.True(Reading.Mapping(yaml).ReadsOtherFiles);
    }

    [Theory]
    [InlineData("as: a.b, files: f, key: k, on: o", "cannot be the name")]
    [InlineData("as: who, files: f, key: k, on: o", "Two joins are called 'who'")]
    [InlineData("as: b, files: f, key: k, on: who", "none of its columns")]
    [InlineData("as: b, files: f, key: [k, l], on: [user, who.x]", "lead through different ones")]
    [InlineData("as: b, files: f, key: [k, l], on: o", "as many columns as the key has")]
    [InlineData("as: b, files: f, key: k, on: o, missing: drop", "'missing' is not 'drop'")]
    public void Join_WrongInTheMapping_IsAFault(string join, string expected)
    {
        var yaml = Yaml("key: key, on: user").Replace("fields:", $"  - {{{join}}}\nfields:", StringComparison.Ordinal);

        Assert.Contains(SourceMapping.Parse("mapping.yaml", yaml).Faults, fault => fault.Message.Contains(expected, StringComparison.Ordinal));
    }

    private static string Yaml(string join, string field = "subject: who.full name") => $$"""
        source: test
        format: {type: delimited}
        time_zone: Etc/UTC
        key: id
        join:
          - {as: who, files: users.csv, format: {type: delimited, delimiter: ";"}, {{join}}}
        fields:
          {{field}}
        """;

    // What is asked for the last one only must not have to go through all.
    private sealed class LastOnlySpill : ISpill
    {
        private readonly MemorySpill _spill = new(ReadingPlace.MemoryBytes);

        public bool TryAdd(UInt128 key, long order, ReadOnlySpan<byte> record) => _spill.TryAdd(key, order, record);

        public IEnumerable<ReadOnlyMemory<byte>> Find(UInt128 key) => throw new NotSupportedException();

        public ReadOnlyMemory<byte>? FindLast(UInt128 key, out int count) => _spill.FindLast(key, out count);

        public IEnumerable<UInt128> Keys() => _spill.Keys();

        public void Dispose() => _spill.Dispose();
    }
}
