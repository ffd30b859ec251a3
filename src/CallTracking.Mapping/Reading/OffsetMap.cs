namespace CallTracking.Mapping.Reading;

/// <summary>
/// Which byte of the original file a byte of its UTF-8 form came from. Exact at line starts and at bad bytes; elsewhere it names a
/// place at most a piece before. Asked in rising order; what is passed is forgotten. Not thread-safe.
/// </summary>
internal sealed class OffsetMap
{
    // A record that is passed over may have any number of lines: the newest places are those that will be asked for.
    private const int Most = 64 * 1024;

    private readonly Queue<(long Utf8, long Source)> _places = new();
    private long _source;

    /// <summary>Not null: the file is UTF-8 and only lacks so many bytes at its start.</summary>
    public long? Shift { get; set; }

    public void Add(long utf8, long source)
    {
        if (_places.Count == Most)
        {
            _source = _places.Dequeue().Source;
        }

        _places.Enqueue((utf8, source));
    }

    public long SourceOf(long utf8)
    {
        if (Shift is { } before)
        {
            return utf8 + before;
        }

        while (_places.TryPeek(out var place) && place.Utf8 <= utf8)
        {
            _source = _places.Dequeue().Source;
        }

        return _source;
    }
}
