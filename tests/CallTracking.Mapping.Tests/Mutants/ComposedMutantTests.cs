using System.Text;
using CallTracking.Mapping.Tests.Joins;
using Xunit;

namespace CallTracking.Mapping.Tests.Mutants;

/// <summary>Records composed of several: one of the files is a mutant.</summary>
public sealed class ComposedMutantTests
{
    private const int Each = 2_500;
    private const string Cases = "id,user,text\r\n1,a,\"one, two\"\r\n2,b,\"x\r\ny\"\r\n3,,\r\n,,\r\n4,z,end\r\n";
    private const string Users = "key,name,at\na,Ann,1\nb,\"B, b\",2\nb,Bea,3\n";
    private const string Log = "id,step,text\n1,1,new\n2,1,new\n1,2,open\n2,3,\"clo\nsed\"\n3,1,new\n1,3,closed\n";

    private static readonly Mutation Mutation = new("\"", "\r", "\n", "\r\n", ",", "\0", "\"\"", "1,", "a,", "\xE9", "\n\n");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ReadAsync_OfJoinedMutants_AccountsForEveryPrimaryRecord(bool isSide)
    {
        byte[] cases = Encoding.UTF8.GetBytes(Cases), users = Encoding.UTF8.GetBytes(Users);
        using var folder = new Composed();
        var side = Path.Combine(folder.Folder, "users.csv");
        await File.WriteAllBytesAsync(side, users);
        var mapping = Reading.Mapping(Reading.Csv(
            "subject: text\nmessages: {each: user, fields: {body: name}}",
            "join:\n  - {as: user, files: users.csv, format: {type: delimited}, key: key, on: user, many: true, order: at}"));
        var kind = new MutantKind($"join {isSide}", random => Mutation.Of(isSide ? users : cases, random), content =>
        {
            if (isSide)
            {
                File.WriteAllBytes(side, content);
            }

            return mapping.OpenReader(new MemoryStream(isSide ? cases : content), "cases", new ReadingPlace(folder.Folder, Spill));
        })
        {
            Records = content => isSide ? 5 : Rows(content),
        };

        var run = await MutantRun.OfAsync(kind, Each);

        Assert.True(run.Counted > run.Mutants / 20 && (!isSide || run.Faults > run.Mutants / 50), $"{run.Counted} counted, {run.Faults} faults");
    }

    [Fact]
    public async Task ReadAsync_OfFoldedMutants_AccountsForEveryRow()
    {
        var log = Encoding.UTF8.GetBytes(Log);
        var mapping = Reading.Mapping(Reading.Csv("subject: text\nmessages: {each: events, fields: {body: text}}", "fold: {by: id, order: step}"));
        var kind = new MutantKind("fold", random => Mutation.Of(log, random), content => mapping.OpenReader(new MemoryStream(content), "log", new ReadingPlace(null, Spill)))
        {
            IsInOrder = false,
            Records = Rows,
        };

        var run = await MutantRun.OfAsync(kind, Each);

        Assert.True(run.Count<RowOutcome.Folded>() > run.Mutants && run.Counted > run.Mutants / 4, $"{run.Counted} counted");
    }

    [Fact]
    public async Task ReadAsync_OfMutantsAmongFoldedFiles_AccountsForEveryRowOfAll()
    {
        var log = Encoding.UTF8.GetBytes(Log);
        var mapping = Reading.Mapping(Reading.Csv("subject: text", "fold: {by: id, order: step}"));
        var kind = new MutantKind("parts", random => Mutation.Of(log, random), content =>
            mapping.OpenReader([Part("1", log), Part("2", content), Part("3", log)], new ReadingPlace(null, Spill)))
        {
            Records = content => 12 + Rows(content),
            IsInOrder = false,
        };

        var run = await MutantRun.OfAsync(kind, Each);

        Assert.True(run.Counted > run.Mutants / 4, $"{run.Counted} counted");
    }

    private static long? Rows(byte[] content) => RecordCounts.DelimitedSoundly(content) is { } records ? Math.Max(0, records - 1) : null;

    private static InputPart Part(string name, byte[] content) => new(name, _ => ValueTask.FromResult<Stream>(new MemoryStream(content)));

    private static MemorySpill Spill() => new(ReadingPlace.MemoryBytes);
}
