using CallTracking.Mapping.Values;

namespace CallTracking.Mapping.Reading.Feed;

/// <summary>One cell of a feed: empty, one value, several, or a fault in place of any.</summary>
internal readonly record struct FeedCell(UnmappedKind Kind, string Text)
{
    public IReadOnlyList<string>? Items { get; init; }

    public RowFault? Fault { get; init; }

    /// <summary>A fault counts as a value: asked for, it is told.</summary>
    public int Count => Items?.Count ?? (Fault is not null || Text.Length > 0 ? 1 : 0);

    public string At(int index) => Items is null ? Text : Items[index];
}
