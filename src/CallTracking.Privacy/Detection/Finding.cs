using CallTracking.Contracts;

namespace CallTracking.Privacy;

/// <summary>A personal value found in a text, in UTF-16 code units.</summary>
/// <param name="Start">First code unit.</param>
/// <param name="End">One past the last.</param>
/// <param name="DataClass">Class of the value.</param>
/// <param name="Entity">The own value that it is, or -1 for a detector's find.</param>
/// <param name="Key">For a detector's find: the spelling that all spellings of the value share.</param>
internal readonly record struct Finding(int Start, int End, DataClass DataClass, int Entity, string Key)
{
    public int Length => End - Start;

    /// <summary>On a tie of length: own values, then cards, e-mail addresses, phone numbers.</summary>
    public int Rank => Entity >= 0 ? 0 : DataClass switch
    {
        DataClass.Payment => 1,
        DataClass.Email => 2,
        _ => 3,
    };
}

/// <summary>Looks for personal values of some kinds in a text.</summary>
internal interface ITextDetector
{
    /// <summary>Adds what it finds of the wanted classes, in any order.</summary>
    /// <param name="text">The text.</param>
    /// <param name="country">ISO 3166 of the customer, or empty.</param>
    /// <param name="wanted">The classes to look for.</param>
    /// <param name="findings">Where findings go.</param>
    void Find(string text, string country, ClassSet wanted, List<Finding> findings);
}
