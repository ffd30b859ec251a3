namespace CallTracking.Mapping;

/// <summary>What a file's encoding seems to be, with the readings to choose from.</summary>
/// <param name="Encoding">The best reading's name, as a mapping writes it.</param>
/// <param name="Confidence">From 0 to 1: how sure it is that the best reading is right.</param>
/// <param name="Readings">At most three different ones, the best first.</param>
public sealed record EncodingVerdict(string Encoding, double Confidence, IReadOnlyList<EncodingSample> Readings)
{
    /// <summary>What <c>encoding: detect</c> asks for where the mapping names no other <c>confidence</c>.</summary>
    public const double UsualConfidence = 0.9;

    public override string ToString() => FormattableString.Invariant($"{Encoding} {Confidence:0.00}");
}

/// <summary>How a file's start reads in one encoding.</summary>
/// <param name="Encoding">As a mapping writes it.</param>
/// <param name="Confidence">From 0 to 1.</param>
/// <param name="Lines">
/// A few lines, or their parts, that differ from plain ASCII, the same of the file in every reading. Personal data: for the eyes of the
/// region's engineer at the terminal, never for a log or a fault.
/// </param>
public sealed record EncodingSample(string Encoding, double Confidence, IReadOnlyList<string> Lines)
{
    public override string ToString() => FormattableString.Invariant($"{Encoding} {Confidence:0.00}, {Lines.Count} lines");
}
