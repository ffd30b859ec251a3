using CallTracking.Contracts;

namespace CallTracking.Mapping.Reading;

/// <summary>Reads records whose columns a header or the mapping names once for the whole file.</summary>
internal abstract class TableReader : RecordReader
{
    /// <summary>The columns' names, before any record is read; none when the file is empty.</summary>
    /// <exception cref="SourceFormatException">The header cannot be read.</exception>
    public abstract ValueTask<IReadOnlyList<string>> ReadHeaderAsync(CancellationToken cancellationToken);

    /// <summary>The faults of the header, with a better cure where the file itself shows one; what is looked through for it is not read again.</summary>
    public virtual ValueTask<IReadOnlyList<Fault>> AdviseAsync(IReadOnlyList<Fault> faults, HeaderCheck check, CancellationToken cancellationToken) => new(faults);
}
