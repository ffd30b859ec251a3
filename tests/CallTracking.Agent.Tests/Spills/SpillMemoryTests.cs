using System.Globalization;
using System.Text;
using CallTracking.Agent.Spills;
using CallTracking.Mapping;
using CallTracking.Testing;
using Xunit;
using Xunit.Abstractions;

namespace CallTracking.Agent.Tests.Spills;

/// <summary>Memory is the whole process's: beside other tests it would be theirs, too.</summary>
[CollectionDefinition(nameof(MemoryAlone), DisableParallelization = true)]
public sealed class MemoryAlone;

[Collection(nameof(MemoryAlone))]
public sealed class SpillMemoryTests(ITestOutputHelper output) : IDisposable
{
    private const int Records = 1_000_000;
    private const int Cases = 20_000;
    private const long MostBytes = 48 * 1024 * 1024;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [LongFact]
    public async Task Join_MillionSideRecords_ManagedMemoryStaysBounded()
    {
        WriteUsers();
        var mapping = SourceMapping.Parse("mapping.yaml", """
            source: test
            format: {type: delimited}
            time_zone: Etc/UTC
            key: id
            join: [{as: user, files: users.csv, key: id, on: user}]
            fields: {customer.name: user.name}
            """).Mapping!;
        var place = new ReadingPlace(_folder.Path, new SpillFolder(_folder.Path).New);
        // What tests before left in the process, such as the table of the names' tagger, is not the join's.
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var most = long.MinValue;
        var named = 0;

        await using var reader = mapping.OpenReader(Tickets(), "tickets.csv", place);
        while (await reader.ReadAsync(CancellationToken.None) is { } outcome)
        {
            named += outcome is RowOutcome.Mapped { Case.Customer.Name: not null } ? 1 : 0;
            most = named % 1000 == 1 ? Math.Max(most, GC.GetTotalMemory(forceFullCollection: true) - before) : most;
        }

        output.WriteLine($"{most / 1024 / 1024} MiB managed at most");
        Assert.Equal(Cases, named);
        Assert.InRange(most, -MostBytes, MostBytes);
    }

    private void WriteUsers()
    {
        using var users = new StreamWriter(_folder.File("users.csv"));
        users.Write("id,name,remark\n");
        for (var user = 0; user < Records; user++)
        {
            users.Write(string.Create(CultureInfo.InvariantCulture, $"{user},Name of {user},{"a remark of some length that nobody reads",80}\n"));
        }
    }

    private static MemoryStream Tickets()
    {
        var text = new StringBuilder("id,user\n");
        for (var ticket = 0; ticket < Cases; ticket++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{ticket},{ticket * 7919L % Records}\n");
        }

        return new MemoryStream(Encoding.UTF8.GetBytes(text.ToString()));
    }
}
