namespace CallTracking.Mapping.Shapes;

/// <summary>How files of lines have ended.</summary>
/// <param name="InLine">Readings in which the last record had its line end.</param>
/// <param name="Open">Readings in which it had none.</param>
public readonly record struct LineEndCount(long InLine, long Open)
{
    private const int Telling = 3;
    private const int InLinePerOpen = 5;

    /// <summary>So many ended in a line end that one without is odd.</summary>
    public bool IsLineByCustom => InLine >= Telling && InLine >= InLinePerOpen * (Open - 1);

    public LineEndCount And(LineEndCount others) => new(InLine + others.InLine, Open + others.Open);
}
