using System.Buffers.Binary;
using CallTracking.Contracts;
using CallTracking.Mapping.Shapes;
using Xunit;

namespace CallTracking.Mapping.Tests.Joins;

/// <summary>What joins give each record, and what a watch makes of cases that were given more.</summary>
public sealed class JoinLossTests : IDisposable
{
    private const string Yaml = """
        source: s
        format: {type: delimited}
        time_zone: UTC
        key: id
        join: [{as: who, files: users.csv, key: key, on: user, many: true}]
        fields: {messages: {each: who, fields: {body: name}}}
        """;

    private readonly Composed _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task Read_SecretOfTheRegion_NamesAlikeInEveryReadingAndWithoutOneNothingIsKnown()
    {
        var (first, again) = (await YieldsAsync([1, 2, 3]), await YieldsAsync([1, 2, 3]));

        Assert.Equal(2, Assert.Single(first!.All).Records);
        Assert.Equal(first.All, again!.All);
        Assert.NotEqual(first.All[0].Lead, (await YieldsAsync([1, 2, 4]))!.All[0].Lead);
        Assert.Null(await YieldsAsync(null));
    }

    [Fact]
    public async Task Compare_MoreCasesThanAreHeld_AreCountedAndNotNamed()
    {
        const int Cases = 100_010;
        var watch = new ShapeWatch(Reading.Mapping(Yaml), known: null, isLook: true);
        var now = (await YieldsAsync([1, 2, 3], watch))!;
        var before = new JoinYields(now.All[0] with { Records = 5 });
        for (var number = 0; number < Cases; number++)
        {
            watch.Compare(UidOf(number), before, now);
        }

        // One of those that are held was whole after all.
        watch.Compare(UidOf(7), before, before);
        var loss = Assert.Single(watch.JoinLosses);

        Assert.Equal((Cases - 1, 3L * (Cases - 1)), (loss.Cases, loss.Records));
        Assert.Null(watch.LosingCases);
    }

    private static CaseUid UidOf(int number)
    {
        var bytes = new byte[CaseUid.Size];
        BinaryPrimitives.WriteInt32BigEndian(bytes, number);
        return CaseUid.FromBytes(bytes);
    }

    private async Task<JoinYields?> YieldsAsync(byte[]? secret, ShapeWatch? watch = null)
    {
        _files.With("users.csv", "key,name\n7,Ada\n8,Grace\n7,Joan\n");
        await using var reader = Reading.Mapping(Yaml).OpenReader(new MemoryStream("id,user\n1,7\n"u8.ToArray()), "cases.csv", ReadingPlace.InMemory(_files.Folder) with { Secret = secret });
        if (watch is not null)
        {
            reader.Watch(watch);
        }

        return Assert.IsType<RowOutcome.Mapped>(await reader.ReadAsync(CancellationToken.None)).Yields;
    }
}
