namespace CallTracking.Mapping.Reading;

/// <summary>How files of lines ended, of those that were read to their end and whose mapping does not say how they must.</summary>
/// <param name="InLine">Files whose last record has its line end.</param>
/// <param name="Open">The names of those whose last record has none.</param>
internal sealed record FileEnds(long InLine, IReadOnlyList<string> Open)
{
    public static readonly FileEnds None = new(0, []);

    public FileEnds And(FileEnds others) => others == None ? this : new(InLine + others.InLine, [.. Open, .. others.Open]);
}
