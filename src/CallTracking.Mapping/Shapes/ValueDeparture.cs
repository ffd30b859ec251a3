namespace CallTracking.Mapping.Shapes;

/// <summary>A column whose values have lost the shape that nearly all of them had.</summary>
/// <param name="Column">Its watch.</param>
/// <param name="Was">What nearly all were.</param>
/// <param name="Now">What came instead.</param>
internal sealed record ValueDeparture(ColumnWatch Column, ValueShape Was, ShapeShares Now)
{
    // More columns at once are an export that was built anew: whoever looks at the first ones sees it.
    private const int MostSearched = 40;

    private ValueShape? Is => Now.Prevailing;

    /// <summary>Somebody's address or number was there, or is now.</summary>
    public bool IsPersonal => ValueShapes.IsPersonal(Was) || ValueShapes.IsPersonal(Is);

    /// <summary>
    /// Worth telling also where no other column has taken its values: addresses and telephones that are gone, or stand where none were, and texts that are something else
    /// now. What an export only writes otherwise is not: codes for words, numbers for codes; nor one text for all, as where many call about one thing.
    /// </summary>
    public bool IsOdd => ValueShapes.IsPersonal(Was) || Is == ValueShape.Email || Was switch
    {
        ValueShape.Varied => Is is ValueShape.Phone or ValueShape.Time or ValueShape.Whole or ValueShape.LongWhole or ValueShape.Number,
        ValueShape.FewWords or ValueShape.Time or ValueShape.Flag => Is == ValueShape.Phone,
        _ => false,
    };

    /// <summary>Columns of which each has what the next one had, in twos and, of the rest, in threes.</summary>
    public static IReadOnlyList<IReadOnlyList<ValueDeparture>> Rings(IEnumerable<ValueDeparture> departures)
    {
        var left = departures.Take(MostSearched).ToList();
        var rings = new List<IReadOnlyList<ValueDeparture>>();
        while ((Pair(left) ?? Triple(left)) is { } ring)
        {
            rings.Add(ring);
            left.RemoveAll(ring.Contains);
        }

        return rings;
    }

    private static ValueDeparture[]? Pair(List<ValueDeparture> left) =>
        (from one in left from other in left where one.HasThatOf(other) && other.HasThatOf(one) select (ValueDeparture[])[one, other]).FirstOrDefault();

    private static ValueDeparture[]? Triple(List<ValueDeparture> left) =>
        (from one in left
         from next in left
         where one.HasThatOf(next)
         from last in left
         where next.HasThatOf(last) && last.HasThatOf(one)
         select (ValueDeparture[])[one, next, last]).FirstOrDefault();

    private bool HasThatOf(ValueDeparture other) => other != this && Is is { } shape && ValueShapes.AreNear(shape, other.Was);
}
