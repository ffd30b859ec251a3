using System.Text;
using Xunit;

namespace CallTracking.Mapping.Tests.Joins;

/// <summary>A folder of small files, read with a mapping that joins or folds them.</summary>
internal sealed class Composed : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("calltracking-joins-").FullName;

    public string Folder => _folder;

    public Composed With(string name, string content)
    {
        File.WriteAllText(Path.Combine(_folder, name), content, new UTF8Encoding(false));
        return this;
    }

    public async Task<List<RowOutcome>> ReadAsync(string yaml, string primary, long spillBytes = ReadingPlace.MemoryBytes)
    {
        var place = new ReadingPlace(_folder, () => new MemorySpill(spillBytes));
        await using var reader = Reading.Mapping(yaml).OpenReader(new MemoryStream(Encoding.UTF8.GetBytes(primary)), "cases", place);
        return await Reading.AllAsync(reader);
    }

    /// <summary>Reads to the fault that ends the file.</summary>
    public async Task<SourceFormatException> FaultAsync(string yaml, string primary, long spillBytes = ReadingPlace.MemoryBytes) =>
        await Assert.ThrowsAsync<SourceFormatException>(() => ReadAsync(yaml, primary, spillBytes));

    /// <summary>One line per outcome: subject and messages of cases, else what became of the record.</summary>
    public static string Said(IEnumerable<RowOutcome> outcomes) => string.Join("; ", outcomes.Select(outcome => outcome switch
    {
        RowOutcome.Mapped mapped => $"{mapped.LocalId}={mapped.Case.Subject?.Clear}{string.Concat(mapped.Case.Messages.Select(message => $"[{message.Body.Clear}]"))}",
        RowOutcome.Rejected rejected => $"{rejected.Reason} {rejected.Field}@{rejected.Position.Row}",
        _ => $"{outcome.GetType().Name.ToLowerInvariant()}@{outcome.Position.Row}",
    }));

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
