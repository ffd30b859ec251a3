namespace CallTracking.Mapping.Shapes;

/// <summary>One column while its source is read: what it was, what is asked of it, and what came.</summary>
internal sealed class ColumnWatch(string name, int number)
{
    public string Name => name;

    /// <summary>In the header from 1; 0 where there is none.</summary>
    public int Number => number;

    public bool IsNew { get; init; }

    /// <summary>To its being new.</summary>
    public ContractAnswer NewAnswer { get; init; }

    /// <summary>The only kind that its values may have; null when that is not asked.</summary>
    public ValueKinds? Expected { get; init; }

    /// <summary>To a value of another kind.</summary>
    public ContractAnswer RetypedAnswer { get; init; }

    /// <summary>Records that had a value.</summary>
    public long Values { get; set; }

    /// <summary>Of these, records that were refused for the column before and stand in the quarantine.</summary>
    public long KnownRows { get; set; }

    public ValueKinds Kinds { get; set; }

    /// <summary>Values of another kind than expected.</summary>
    public long Others { get; set; }

    /// <summary>What those looked like.</summary>
    public ValueKinds OtherKinds { get; set; }

    public long LeftOutAsNew { get; set; }

    public long LeftOutAsRetyped { get; set; }

    /// <summary>The last record that had a value, by its number in the reading.</summary>
    public long LastRecord { get; set; }

    /// <summary>Counts what its values look like in the input that is being read.</summary>
    public ShapeTally Shapes { get; } = new();

    /// <summary>What its values looked like until now.</summary>
    public ShapeShares Usual { get; init; } = ShapeShares.None;

    /// <summary>What they looked like before that was said to be meant otherwise.</summary>
    public ShapeShares Former { get; init; } = ShapeShares.None;

    /// <summary>What so few values looked like, in this reading and the last ones, that they tell nothing yet.</summary>
    public ShapeShares Recent { get; set; } = ShapeShares.None;

    /// <summary>What values of this reading add to what is usual.</summary>
    public ShapeShares Learned { get; set; } = ShapeShares.None;

    /// <summary>Refused for being new, so that it stays new.</summary>
    public bool IsRefused => IsNew && NewAnswer is ContractAnswer.DiscardRow or ContractAnswer.DiscardValue;
}
