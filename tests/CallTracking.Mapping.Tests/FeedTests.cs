using System.Text;
using Xunit;

namespace CallTracking.Mapping.Tests;

/// <summary>Rows that are in no file: cells with types, lists, refused cells, raw records.</summary>
public sealed class FeedTests
{
    private const string Yaml = """
        source: test
        format: {type: table, max_record_bytes: 1024}
        time_zone: Asia/Tokyo
        culture: de-DE
        key: id
        fields:
          case_number: id
          opened: opened
          subject: {from: subject, optional: true}
          tags: tags
        custom_fields:
          amount: {from: amount, class: technical, type: number}
        unmapped: {keep: true, class: technical}
        """;

    [Fact]
    public async Task OpenReader_TypedCells_BecomeTheCase()
    {
        var outcomes = await ReadAsync(row =>
        {
            row.AddNumber("17");
            row.AddText("2026-11-20T10:00:00");
            row.AddText("It hums");
            row.AddList(["loud", "night"]);
            row.AddNumber("1.5");
            row.AddFlag(true);
        });

        var value = Assert.IsType<RowOutcome.Mapped>(Assert.Single(outcomes)).Case;
        Assert.Equal("17", value.CaseNumber.Clear);
        Assert.Equal(540, value.Opened.UtcOffsetMinutes);
        Assert.Equal(["loud", "night"], value.Tags.Select(tag => tag.Clear));
        Assert.Equal(1.5, value.CustomFields.Single(field => field.Name == "amount").Number);
        Assert.True(value.CustomFields.Single(field => field.Name == "extra").Flag);
    }

    [Fact]
    public async Task OpenReader_ListForAFieldOfOneValue_IsRefusedAsInJson()
    {
        var outcomes = await ReadAsync(row => Fill(row, subject: () => row.AddList(["loud", "night"])), row => Fill(row, subject: () => row.AddList(["loud"])));

        Assert.Contains("2 values for a field that holds one", Assert.IsType<RowOutcome.Rejected>(outcomes[0]).Message, StringComparison.Ordinal);
        Assert.Equal("loud", Assert.IsType<RowOutcome.Mapped>(outcomes[1]).Case.Subject.Clear);
    }

    [Fact]
    public async Task OpenReader_CellsThatAreNoText_RejectTheRowAndTheNextIsRead()
    {
        var outcomes = await ReadAsync(
            row => Fill(row, subject: () => row.AddRefused(RejectReason.BadValue, "holds bytes: leave it out of the query.")),
            row => Fill(row, subject: () => row.AddText("a\0b")),
            row => Fill(row, subject: () => row.AddText(new string('x', 2000))),
            row => Fill(row, subject: row.AddTooLarge),
            row => Fill(row, extra: () => row.AddText("a\0b")),
            row => Fill(row),
            _ => { });

        var reasons = outcomes.OfType<RowOutcome.Rejected>().Select(rejected => rejected.Reason);
        Assert.Equal([RejectReason.BadValue, RejectReason.NulCharacter, RejectReason.TooLarge, RejectReason.TooLarge, RejectReason.NulCharacter], reasons);
        Assert.Contains("'subject' holds bytes", ((RowOutcome.Rejected)outcomes[0]).Message, StringComparison.Ordinal);
        Assert.IsType<RowOutcome.Mapped>(outcomes[5]);
        Assert.IsType<RowOutcome.Blank>(outcomes[6]);
        Assert.Equal("query: row 6", outcomes[5].Position.ToString());
    }

    [Fact]
    public async Task Rejected_RawRecord_IsOneJsonLineOfItsCells()
    {
        var outcomes = await ReadAsync(row =>
        {
            row.AddNothing();
            row.AddText("2026-11-20T10:00:00");
            row.AddText("half \ud800 \"pair\" é");
            row.AddList(["loud"]);
            row.AddNumber("1.5");
            row.AddFlag(false);
        });

        var rejected = Assert.IsType<RowOutcome.Rejected>(Assert.Single(outcomes));
        Assert.Equal(RejectReason.MissingKey, rejected.Reason);
        Assert.Equal(
            """{"id":null,"opened":"2026-11-20T10:00:00","subject":"half � \"pair\" é","tags":["loud"],"amount":1.5,"extra":false}""",
            Encoding.UTF8.GetString(rejected.RawRecord.Span));
    }

    [Fact]
    public async Task OpenKept_RejectedRow_IsTheSameRowUnderAMendedMapping()
    {
        var outcomes = await ReadAsync(row =>
        {
            row.AddNumber("17");
            row.AddText("yesterday");
            row.AddText("007");
            row.AddList(["loud", "night"]);
            row.AddNumber("1.5");
            row.AddFlag(true);
        });
        var kept = Assert.IsType<RowOutcome.Rejected>(Assert.Single(outcomes)).RawRecord;

        using var reader = Reading.Mapping(Yaml.Replace("opened: opened", "inquiry_type: opened", StringComparison.Ordinal)).OpenKept(kept, "query")!;

        // The number is read with a point, whatever the culture; a text that looks like one stays a text.
        var value = Assert.IsType<RowOutcome.Mapped>(await reader.ReadAsync(CancellationToken.None)).Case;
        Assert.Equal(("17", "007", "yesterday"), (value.CaseNumber.Clear, value.Subject.Clear, value.InquiryType));
        Assert.Equal(["loud", "night"], value.Tags.Select(tag => tag.Clear));
        Assert.Equal(1.5, value.CustomFields.Single(field => field.Name == "amount").Number);
        Assert.True(value.CustomFields.Single(field => field.Name == "extra").Flag);
        Assert.Null(await reader.ReadAsync(CancellationToken.None));
    }

    [Fact]
    public async Task OpenKept_CellThatWasRefused_IsRefusedAgainAndNotTakenForEmpty()
    {
        var outcomes = await ReadAsync(
            row => Fill(row, subject: () => row.AddRefused(RejectReason.BadValue, "holds bytes: leave it out of the query.")),
            row => Fill(row, subject: row.AddTooLarge),
            row => Fill(row, subject: () => row.AddText("half \ud800")));
        var mapping = Reading.Mapping(Yaml);

        var again = new List<RowOutcome?>();
        foreach (var rejected in outcomes.OfType<RowOutcome.Rejected>())
        {
            using var reader = mapping.OpenKept(rejected.RawRecord, "query")!;
            again.Add(await reader.ReadAsync(CancellationToken.None));
        }

        Assert.Equal([RejectReason.BadValue, RejectReason.TooLarge], again.Take(2).Select(outcome => Assert.IsType<RowOutcome.Rejected>(outcome).Reason));
        Assert.All(again.Skip(2), outcome => Assert.IsType<RowOutcome.Rejected>(outcome));
    }

    [Fact]
    public void OpenKept_BytesThatAreNoRow_GiveNothing()
    {
        Assert.Null(Reading.Mapping(Yaml).OpenKept("[1]"u8.ToArray(), "query"));
        Assert.Null(Reading.Mapping(Yaml).OpenKept("{\"id\":1"u8.ToArray(), "query"));
    }

    [Fact]
    public async Task OpenReader_ColumnMissing_IsAFaultWithTheNearestName()
    {
        await using var reader = Reading.Mapping(Yaml).OpenReader(new Rows(["id", "openend", "subject", "tags", "amount", "extra"]), "query");

        var fault = (await Assert.ThrowsAsync<SourceFormatException>(() => reader.ReadAsync(CancellationToken.None).AsTask())).Fault;

        Assert.Contains("'opened' is not in the header of query", fault.Message, StringComparison.Ordinal);
        Assert.Contains("openend", fault.Cure, StringComparison.Ordinal);
    }

    [Fact]
    public void OpenReader_TheOtherKindOfFormat_IsAFault()
    {
        Assert.Throws<SourceFormatException>(() => Reading.Mapping(Yaml).OpenReader(new MemoryStream(), "cases.csv"));
        Assert.Throws<SourceFormatException>(() => Reading.Mapping(Reading.Csv("case_number: id")).OpenReader(new Rows([]), "query"));
    }

    private static void Fill(FeedRow row, Action? subject = null, Action? extra = null)
    {
        row.AddNumber("17");
        row.AddText("2026-11-20T10:00:00Z");
        (subject ?? row.AddNothing)();
        row.AddList([]);
        row.AddNothing();
        (extra ?? row.AddNothing)();
    }

    private static async Task<List<RowOutcome>> ReadAsync(params Action<FeedRow>[] rows)
    {
        await using var reader = Reading.Mapping(Yaml).OpenReader(new Rows(["id", "opened", "subject", "tags", "amount", "extra"], rows), "query");
        return await Reading.AllAsync(reader);
    }

    private sealed class Rows(string[] columns, params Action<FeedRow>[] rows) : RowFeed
    {
        private int _next;

        public override ValueTask<IReadOnlyList<string>> ReadColumnsAsync(CancellationToken cancellationToken) => ValueTask.FromResult<IReadOnlyList<string>>(columns);

        public override ValueTask<bool> ReadAsync(FeedRow row, CancellationToken cancellationToken)
        {
            if (_next == rows.Length)
            {
                return ValueTask.FromResult(false);
            }

            rows[_next++](row);
            return ValueTask.FromResult(true);
        }

        public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

        public override void Dispose()
        {
        }
    }
}
