namespace CallTracking.Hub.Retention;

/// <summary>A preview and what became of it.</summary>
internal sealed record RetentionRun
{
    public required Guid RunId { get; init; }

    public required DateTimeOffset PreviewedAt { get; init; }

    /// <summary>Cases whose time was over by then.</summary>
    public required DateTimeOffset AsOf { get; init; }

    public required long PolicyVersion { get; init; }

    /// <summary>When a person, or the schedule in mode <c>run</c>, said yes.</summary>
    public required DateTimeOffset? ConfirmedAt { get; init; }

    /// <summary>Null while it was not confirmed, still runs, or was interrupted.</summary>
    public required DateTimeOffset? FinishedAt { get; init; }

    public required IReadOnlyList<RetentionLine> Preview { get; init; }

    /// <summary>What was done so far; written with each batch in one transaction.</summary>
    public required IReadOnlyList<RetentionLine> Result { get; init; }

    public long PreviewCount => Preview.Sum(line => line.Count);

    public long ResultCount => Result.Sum(line => line.Count);
}
