namespace CallTracking.SampleData.Stories;

/// <summary>A row that is not a sound case.</summary>
internal enum Quirk
{
    None,
    Blank,
    Duplicate,
    Filtered,
    UnknownStatus,
    MissingKey,
    Undecodable,
}

/// <summary>Which row of a file: the sound case of an index, or the quirk that follows it.</summary>
internal readonly record struct CaseKey(long Index, Quirk Quirk)
{
    /// <summary>Origin of the row's draws.</summary>
    public long Origin => Index | ((long)Quirk << 48);

    /// <summary>The number that local ids are made of; unique in the region.</summary>
    public long Number => (Index * 8) + (long)Quirk;
}
