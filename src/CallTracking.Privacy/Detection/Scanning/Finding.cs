using CallTracking.Contracts;

namespace CallTracking.Privacy;

/// <summary>A personal value found in a text, in UTF-16 code units.</summary>
/// <param name="Start">First code unit.</param>
/// <param name="End">One past the last.</param>
/// <param name="DataClass">Class of the value.</param>
/// <param name="Own">The own value that it is, or -1 for a detector's find.</param>
/// <param name="Key">For a detector's find: the spelling that all spellings of the value share.</param>
/// <param name="Kind">For a detector's find: what it is.</param>
/// <param name="Score">How sure that is, from 0 to 1.</param>
internal readonly record struct Finding(int Start, int End, DataClass DataClass, int Own, string Key, EntityKind? Kind = null, float Score = 1)
{
    public Finding(int start, int end, EntityKind kind, string key, float score)
        : this(start, end, kind.DataClass, -1, key, kind, score)
    {
    }

    public int Length => End - Start;

    /// <summary>On a tie of length the lowest names the place: own values, then by <see cref="EntityKinds"/>.</summary>
    public int Rank => Own >= 0 ? 0 : Kind?.Precedence ?? int.MaxValue;

    /// <summary>A name in running text: less sure than anything else, so whatever it overlaps names the place, longer or not.</summary>
    public bool IsPerson => ReferenceEquals(Kind, EntityKinds.Person);

    /// <summary>Whether this names a place that both claim.</summary>
    public bool Outranks(in Finding other) =>
        IsPerson != other.IsPerson ? !IsPerson : Length != other.Length ? Length > other.Length : Rank < other.Rank;
}

/// <summary>Whose text it is.</summary>
/// <param name="Country">ISO 3166 of the customer, or empty.</param>
/// <param name="Language">BCP 47 of the text, or empty.</param>
internal readonly record struct TextOrigin(string Country, string Language);

/// <summary>Looks for personal values of some kinds in a text.</summary>
internal interface ITextDetector
{
    /// <summary>Adds what it finds of the wanted classes, in any order; findings may overlap.</summary>
    /// <param name="text">The text.</param>
    /// <param name="origin">Whose text it is.</param>
    /// <param name="wanted">The classes to look for.</param>
    /// <param name="findings">Where findings go.</param>
    void Find(string text, in TextOrigin origin, ClassSet wanted, List<Finding> findings);
}

/// <summary>Looks for some kinds of values at the anchors of a text.</summary>
internal abstract class ValueDetector(ClassSet classes)
{
    /// <summary>Classes of what it finds: it is not asked when none of them is wanted.</summary>
    public ClassSet Classes { get; } = classes;

    public abstract void Find(TextScan scan);
}
