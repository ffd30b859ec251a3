namespace CallTracking.NameTraining;

/// <summary>A text and where names of persons stand in it, in UTF-16 code units.</summary>
internal sealed record LabelledText(string Text, IReadOnlyList<(int Start, int End)> Names, string Source)
{
    /// <summary>What else is labelled as personal: a name found there is the wrong kind, and still no ordinary word.</summary>
    public IReadOnlyList<(int Start, int End)> Others { get; init; } = [];
}
