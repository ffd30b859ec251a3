using CallTracking.Contracts;
using CallTracking.Testing;
using Google.Protobuf;
using Xunit;
using Xunit.Sdk;

namespace CallTracking.Mapping.Tests.Mutants;

/// <summary>
/// Reads and maps mutants: each ends soon and in little memory, with its outcomes or with a fault that says what to do, and what came
/// out equals what stood in it. 100,000 over all kinds of file under <c>ops/test --long</c>, else the first tenth of each.
/// </summary>
internal sealed class MutantRun
{
    private const long MostBytes = 100_000_000;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private readonly Dictionary<Type, int> _outcomes = [];

    /// <summary>Mutants read.</summary>
    public int Mutants { get; private set; }

    /// <summary>Those that ended with a fault of the file.</summary>
    public int Faults { get; private set; }

    /// <summary>Those whose records were counted apart, too.</summary>
    public int Counted { get; private set; }

    /// <summary>Of <paramref name="all"/> mutants those of this tier.</summary>
    public static int OfTier(int all) => TestTier.IsLong ? all : all / 10;

    /// <summary>How many records of all mutants became this.</summary>
    public int Count<T>()
        where T : RowOutcome => _outcomes.GetValueOrDefault(typeof(T));

    /// <summary>Reads them all.</summary>
    /// <param name="kind">What is read.</param>
    /// <param name="all">Mutants of the long tier.</param>
    public static async Task<MutantRun> OfAsync(MutantKind kind, int all)
    {
        var run = new MutantRun { Mutants = OfTier(all) };
        for (var mutant = 0; mutant < run.Mutants; mutant++)
        {
            var content = kind.Mutant(new Random(SeedOf(kind.Name, mutant)));
            try
            {
                // Apart, so that a reader that never comes back is left behind.
                await Task.Run(() => run.ReadAsync(kind, content)).WaitAsync(Longest);
            }
            catch (Exception failure)
            {
                throw new XunitException($"{kind.Name}, mutant {mutant} of {content.Length} bytes: {failure.Message}", failure);
            }
        }

        return run;
    }

    /// <summary>The same in every process.</summary>
    public static int SeedOf(string kind, int mutant) => kind.Aggregate(mutant, (hash, letter) => unchecked((hash * 31) + letter));

    private async Task ReadAsync(MutantKind kind, byte[] content)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var thread = Environment.CurrentManagedThreadId;
        var places = new List<RowPosition>();
        var isWhole = await IsWholeAsync(kind, content, places);
        RequireClosed(kind, places, isWhole);
        if (isWhole && kind.Records(content) is { } records)
        {
            Counted++;
            Assert.Equal(records, places.Count);
        }

        if (thread == Environment.CurrentManagedThreadId)
        {
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MostBytes);
        }
    }

    private async Task<bool> IsWholeAsync(MutantKind kind, byte[] content, List<RowPosition> places)
    {
        await using var reader = kind.Open(content);
        try
        {
            while (await reader.ReadAsync(CancellationToken.None) is { } outcome)
            {
                Take(outcome);
                places.Add(outcome.Position);
            }

            Assert.Null(await reader.ReadAsync(CancellationToken.None));
            return true;
        }
        catch (SourceFormatException refused)
        {
            Faults++;
            Assert.All(refused.Faults, fault => Assert.True(fault is { Message.Length: > 0, Cure.Length: > 0, File.Length: > 0 }));
            return false;
        }
    }

    private void Take(RowOutcome outcome)
    {
        _outcomes[outcome.GetType()] = _outcomes.GetValueOrDefault(outcome.GetType()) + 1;
        if (outcome is RowOutcome.Rejected rejected)
        {
            Assert.True(rejected is { Reason.Length: > 0, Message.Length: > 0 });
        }
        else if (outcome is RowOutcome.Mapped mapped)
        {
            Assert.NotEmpty(mapped.LocalId);

            // Half a pair of code units would become U+FFFD on its way.
            Assert.Equal(mapped.Case, Case.Parser.ParseFrom(mapped.Case.ToByteArray()));
        }
    }

    private static void RequireClosed(MutantKind kind, List<RowPosition> places, bool isWhole)
    {
        foreach (var file in places.GroupBy(place => place.File, StringComparer.Ordinal))
        {
            var found = file.Select(place => place.Row);
            var rows = (kind.IsInOrder ? found : found.Order()).ToList();
            if (!kind.HasOwnNumbers && (kind.IsInOrder || isWhole))
            {
                Assert.Equal(Enumerable.Range(1, rows.Count).Select(row => (long)row), rows);
            }
        }

        Assert.True(!kind.OffsetsRise || places.Zip(places.Skip(1)).All(pair => pair.First.ByteOffset < pair.Second.ByteOffset), "A record stands before the one before.");
    }
}
