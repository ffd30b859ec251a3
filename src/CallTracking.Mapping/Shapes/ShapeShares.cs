namespace CallTracking.Mapping.Shapes;

/// <summary>How many values of a column have which shape: counts, and never a value. Immutable.</summary>
public sealed class ShapeShares
{
    /// <summary>Of fewer values no custom can be told.</summary>
    internal const int Telling = 50;

    // Fewer tell where addresses or telephones have come.
    private const long TellingOfPersons = 20;
    private const double Nearly = 0.9;
    private const double Hardly = 0.1;

    // What came later weighs more than what was years ago.
    private const long MostValues = 20_000;

    /// <summary>Nothing is known.</summary>
    public static readonly ShapeShares None = new(new long[ValueShapes.Count]);

    private readonly long[] _counts;

    private ShapeShares(long[] counts) => (_counts, Total) = (counts, counts.Sum());

    /// <summary>Values that were looked at.</summary>
    public long Total { get; }

    /// <summary>The shape that nearly all values have; null where they are mixed.</summary>
    public ValueShape? Prevailing => Total > 0 && Array.FindIndex(_counts, count => count >= Nearly * Total) is >= 0 and var shape ? (ValueShape)shape : null;

    /// <summary>As <see cref="Prevailing"/>, where there are so many values that later ones can be expected to have it.</summary>
    public ValueShape? Custom => Total >= Telling && Prevailing is { } shape and not ValueShape.Text ? shape : null;

    /// <param name="counts">By the places of their shapes; null for none. What a later program counts besides is passed over.</param>
    public static ShapeShares Of(IEnumerable<long>? counts)
    {
        var known = (counts ?? []).Take(ValueShapes.Count).Select(count => Math.Max(0, count)).ToArray();
        Array.Resize(ref known, ValueShapes.Count);
        return new ShapeShares(known);
    }

    /// <summary>Null where there is none, which needs no room.</summary>
    public IReadOnlyList<long>? ToCounts() => Total == 0 ? null : [.. _counts];

    /// <summary>Values of the shape.</summary>
    public long this[ValueShape shape] => _counts[(int)shape];

    /// <summary>Such as 98, of a hundred.</summary>
    public long PercentOf(ValueShape shape) => Total == 0 ? 0 : 100 * this[shape] / Total;

    /// <summary>Both together.</summary>
    public ShapeShares And(ShapeShares others)
    {
        ArgumentNullException.ThrowIfNull(others);
        var sums = new ShapeShares([.. _counts.Zip(others._counts, (one, other) => one + other)]);
        return sums.Total <= MostValues ? sums : new ShapeShares([.. sums._counts.Select(count => count / 2)]);
    }

    /// <summary>Texts too few to show how they are count as those that the column has by custom.</summary>
    internal ShapeShares Taking(ValueShape custom)
    {
        if (custom is not (ValueShape.FewWords or ValueShape.Varied))
        {
            return this;
        }

        var counts = _counts.ToArray();
        counts[(int)custom] += counts[(int)ValueShape.Text];
        counts[(int)ValueShape.Text] = 0;
        return new ShapeShares(counts);
    }

    /// <summary>There are enough values to tell whether a shape is still there.</summary>
    internal bool IsTelling => Total >= Telling || (Total >= TellingOfPersons && ValueShapes.IsPersonal(Prevailing));

    /// <summary>Hardly a value has the shape, or one near to it.</summary>
    internal bool IsWithout(ValueShape custom) => _counts.Where((_, shape) => ValueShapes.AreNear(custom, (ValueShape)shape)).Sum() <= Hardly * Total;
}
