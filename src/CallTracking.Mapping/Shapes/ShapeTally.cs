namespace CallTracking.Mapping.Shapes;

/// <summary>
/// Counts the shapes of a column's values in one input: of the first ones all, behind them every eighth, since an export's oldest rows may look otherwise than its last. Which of its
/// texts are alike is known while the input is read, and to nobody afterwards. Not thread-safe.
/// </summary>
internal sealed class ShapeTally
{
    private const int AllUntil = 512;
    private const int ThenEvery = 8;
    private const int FewWords = 16;

    private readonly long[] _counts = new long[ValueShapes.Count];
    private HashSet<int>? _texts;
    private int _compared;
    private int _met;

    public bool IsEmpty => _met == 0;

    public void Add(ReadOnlySpan<char> text)
    {
        if (++_met > AllUntil && _met % ThenEvery != 0)
        {
            return;
        }

        var shape = ValueShapes.Of(text);
        _counts[(int)shape]++;
        if (shape == ValueShape.Text && _compared < AllUntil)
        {
            _compared++;
            (_texts ??= []).Add(string.GetHashCode(text));
        }
    }

    /// <summary>What was counted; begins anew.</summary>
    public ShapeShares Take()
    {
        var words = _texts?.Count ?? 0;
        var shape = _compared < ShapeShares.Telling ? ValueShape.Text : words <= FewWords ? ValueShape.FewWords : words * 2 >= _compared ? ValueShape.Varied : ValueShape.Text;
        var texts = _counts[(int)ValueShape.Text];
        (_counts[(int)ValueShape.Text], _counts[(int)shape]) = (0, texts);
        var shares = ShapeShares.Of(_counts);
        Array.Clear(_counts);
        (_texts, _compared, _met) = (null, 0, 0);
        return shares;
    }
}
