namespace CallTracking.Mapping.Reading;

/// <summary>Reads records whose columns a header or the mapping names once for the whole file.</summary>
internal abstract class TableReader : RecordReader
{
    /// <summary>The columns' names, before any record is read; none when the file is empty.</summary>
    /// <exception cref="SourceFormatException">The header cannot be read.</exception>
    public abstract ValueTask<IReadOnlyList<string>> ReadHeaderAsync(CancellationToken cancellationToken);
}
