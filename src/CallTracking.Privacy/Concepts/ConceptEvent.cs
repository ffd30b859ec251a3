namespace CallTracking.Privacy;

/// <summary>A literal met in a text.</summary>
/// <param name="Use">What it stands for.</param>
/// <param name="End">The number of its last word.</param>
/// <param name="Clause">The number of the phrase.</param>
/// <param name="Sentence">The number of the sentence.</param>
/// <param name="Position">Where in the text it ends, in UTF-16 code units.</param>
internal readonly record struct ConceptEvent(LiteralUse Use, int End, int Clause, int Sentence, int Position)
{
    /// <summary>The number of its first word.</summary>
    public int Start => End - Use.Tokens + 1;
}
