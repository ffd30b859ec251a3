namespace CallTracking.Privacy;

/// <summary>What a unit is to a name, and which may follow which.</summary>
internal static class NameLabels
{
    public const int Outside = 0;
    public const int Begin = 1;
    public const int Inside = 2;
    public const int Last = 3;
    public const int Single = 4;
    public const int Count = 5;

    /// <summary>Kinds of text that have transitions and a leaning of their own.</summary>
    public const int Groups = 7;

    public const int Cased = 0;
    public const int Chinese = 1;
    public const int Japanese = 2;
    public const int Caseless = 5;

    /// <summary>German has a group of its own: all its nouns have a capital.</summary>
    public const int German = 6;

    /// <summary>After a label no name is open: outside one may go on, or begin another.</summary>
    public static bool IsClosed(int label) => label is Outside or Last or Single;

    /// <summary>Begins a name or is outside.</summary>
    public static bool IsOpening(int label) => label is Outside or Begin or Single;

    public static bool MayFollow(int before, int label) => IsClosed(before) == IsOpening(label);

    /// <summary>Hyphens and the like are inside names; only a point may end one.</summary>
    public static bool Allows(in NameUnit unit, int label) =>
        unit.Kind != UnitKind.Punctuation || label is Outside or Inside || (label == Last && unit.Hash == '.');

    public static int GroupOf(in NameUnit unit, UnitReader reader) => unit.Kind switch
    {
        UnitKind.Ideograph => reader.HasKana ? Japanese : Chinese,
        UnitKind.Thai => 3,
        UnitKind.Hangul => 4,
        UnitKind.Word when unit.Shape == UnitShape.Katakana => Japanese,
        UnitKind.Word when unit.Shape == UnitShape.Caseless => Caseless,
        _ => reader.IsGerman ? German : Cased,
    };
}
