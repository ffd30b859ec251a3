namespace CallTracking.Mapping.Shapes;

/// <summary>
/// Counts the shapes of a column's values in one input, of the first ones only. Which of its texts are alike is known while the input is read, and to nobody
/// afterwards. Not thread-safe.
/// </summary>
internal sealed class ShapeTally
{
    private const int MostValues = 512;
    private const int Telling = 50;
    private const int FewWords = 16;

    private readonly long[] _counts = new long[ValueShapes.Count];
    private HashSet<int>? _texts;
    private int _total;

    public bool IsFull => _total >= MostValues;

    public bool IsEmpty => _total == 0;

    public void Add(ReadOnlySpan<char> text)
    {
        var shape = ValueShapes.Of(text);
        _total++;
        _counts[(int)shape]++;
        if (shape == ValueShape.Text)
        {
            (_texts ??= []).Add(string.GetHashCode(text));
        }
    }

    /// <summary>What was counted; begins anew.</summary>
    public ShapeShares Take()
    {
        var (texts, words) = (_counts[(int)ValueShape.Text], _texts?.Count ?? 0);
        var shape = texts < Telling ? ValueShape.Text : words <= FewWords ? ValueShape.FewWords : words * 2 >= texts ? ValueShape.Varied : ValueShape.Text;
        (_counts[(int)ValueShape.Text], _counts[(int)shape]) = (0, texts);
        var shares = ShapeShares.Of(_counts);
        Array.Clear(_counts);
        (_texts, _total) = (null, 0);
        return shares;
    }
}
