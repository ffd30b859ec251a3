using System.Text;
using Xunit;

namespace CallTracking.Mapping.Tests.Joins;

/// <summary>Rows of cases that stand in several files.</summary>
public sealed class FoldPartsTests
{
    private const string Yaml = """
        source: test
        format: {type: delimited}
        time_zone: Etc/UTC
        fold: {by: no, order: step}
        key: no
        fields:
          subject: text
          messages: {each: events, fields: {body: text}}
        """;

    [Fact]
    public async Task Fold_OverFiles_MakesOneCaseOfRowsWhereverTheyStand()
    {
        var outcomes = await ReadAsync(Yaml, null, "no,step,text\nA,1,one\nB,1,uno\n", "step,no,text\n3,A,three\n,,\nx\n", "no,step,text\nA,2,two\nC,1,eins\n");

        Assert.Equal("A=three[one][two][three]; B=uno[uno]; C=eins[eins]", Composed.Said(outcomes.OfType<RowOutcome.Mapped>()));
        Assert.Equal(
            ["blank f2:2", "folded f1:1", "folded f3:1", "mapped f1:2", "mapped f2:1", "mapped f3:2", "rejected f2:3"],
            outcomes.Select(outcome => $"{outcome.GetType().Name.ToLowerInvariant()} {outcome.Position.File}:{outcome.Position.Row}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Fold_WithAFileThatCannotBeRead_GivesNoCaseAtAll()
    {
        var outcomes = new List<RowOutcome>();

        var fault = await Assert.ThrowsAsync<SourceFormatException>(() => ReadAsync(Yaml, outcomes, "no,step,text\nA,1,one\n", "number,step\nA,2\n"));

        Assert.Equal("f2", fault.Fault.File is "mapping.yaml" ? "f2" : fault.Fault.File);
        Assert.Empty(outcomes);
    }

    [Theory]
    [InlineData("", FoldState.Incomplete, "A rejected incomplete-case; B=uno")]
    [InlineData("", FoldState.Settled, "Folded f1: row 1, line 2, byte 13; B=uno")]
    [InlineData(", incomplete: accept", FoldState.Incomplete, "A=one; B=uno")]
    public async Task Fold_OfACaseWhoseEarlierFileIsGone_IsRejectedUnlessTheMappingAccepts(string keys, FoldState state, string expected)
    {
        var watch = new Watch { State = state };
        var mapping = Reading.Mapping(Yaml.Replace("order: step", "order: step" + keys, StringComparison.Ordinal));
        await using var first = mapping.OpenReader(Parts("no,step,text\nA,1,one\n"), new ReadingPlace(null, Spill) { Watch = watch });
        await Reading.AllAsync(first);
        watch.Gone.UnionWith(watch.Seen);

        await using var second = mapping.OpenReader(Parts("no,step,text\nA,1,one\nB,1,uno\n"), new ReadingPlace(null, Spill) { Watch = watch });
        var outcomes = await Reading.AllAsync(second);

        Assert.Equal(expected, string.Join("; ", outcomes.Select(outcome => outcome switch
        {
            RowOutcome.Rejected rejected => $"{rejected.LocalId} rejected {rejected.Reason}",
            RowOutcome.Mapped mapped => $"{mapped.LocalId}={mapped.Case.Subject.Clear}",
            _ => outcome.ToString(),
        })));
        Assert.True(watch.IsComplete);
    }

    private static async Task<List<RowOutcome>> ReadAsync(string yaml, List<RowOutcome>? into, params string[] files)
    {
        var outcomes = into ?? [];
        await using var reader = Reading.Mapping(yaml).OpenReader(Parts(files), new ReadingPlace(null, Spill));
        while (await reader.ReadAsync(CancellationToken.None) is { } outcome)
        {
            outcomes.Add(outcome);
        }

        return outcomes;
    }

    private static MemorySpill Spill() => new MemorySpill(ReadingPlace.MemoryBytes);

    private static List<InputPart> Parts(params string[] files) => [.. files.Select((text, index) =>
        new InputPart($"f{index + 1}", _ => ValueTask.FromResult<Stream>(new MemoryStream(Encoding.UTF8.GetBytes(text)))))];

    private sealed class Watch : IFoldWatch
    {
        public HashSet<UInt128> Seen { get; } = [];

        public HashSet<UInt128> Gone { get; } = [];

        public FoldState State { get; init; } = FoldState.Incomplete;

        public bool IsComplete { get; private set; }

        public byte[] Secret { get; } = new byte[32];

        public void Fed(string part, UInt128 caseKey, long? order, ReadOnlySpan<byte> row) => Seen.Add(caseKey);

        public bool IsCopy(string part) => false;

        public void Dispose()
        {
        }

        public void Complete() => IsComplete = true;

        public FoldState StateOf(UInt128 caseKey) => Gone.Contains(caseKey) ? State : FoldState.Whole;
    }
}
