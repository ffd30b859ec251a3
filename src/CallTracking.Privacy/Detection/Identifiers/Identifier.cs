using CallTracking.Contracts;

namespace CallTracking.Privacy;

/// <summary>Whether a value follows the published rule of its kind; the form has been looked at.</summary>
/// <param name="value">Digits as 0 to 9 and letters in upper case, without separators.</param>
internal delegate bool Check(ReadOnlySpan<char> value);

/// <summary>One row of the table of identifiers: how a kind is written, its check rule, and the words that stand beside it.</summary>
internal sealed class Identifier
{
    /// <param name="name">Entity name.</param>
    /// <param name="country">ISO 3166-1 alpha-2.</param>
    /// <param name="dataClass">Class of its values.</param>
    /// <param name="tier">What it takes to be found.</param>
    /// <param name="forms">Written forms; see <see cref="Form"/>.</param>
    /// <param name="check">The check rule, or null when there is none.</param>
    /// <param name="words">Words beside it, parted by bars; see <see cref="ContextWords"/>.</param>
    public Identifier(string name, string country, DataClass dataClass, DetectionTier tier, string[] forms, Check? check, string words)
    {
        Kind = new EntityKind(name, dataClass, country, tier, EntityKinds.IdentifierPrecedence + (3 * (int)tier) + (dataClass == DataClass.NationalId ? 0 : 1));
        Forms = [.. forms.Select(form => new Form(form))];
        Check = check;
        Words = words;
    }

    public EntityKind Kind { get; init; }

    public IReadOnlyList<Form> Forms { get; }

    public Check? Check { get; }

    public string Words { get; }

    /// <summary>Found when a text of its country is nothing but such a value; false where any number would do.</summary>
    public bool Bare { get; init; } = true;

    /// <summary>On sight in texts of its own country only.</summary>
    public bool AtHome { get; init; }

    /// <summary>Counts in capitals only: words beside a number have its form ("2023 is").</summary>
    public bool InCapitals { get; init; }

    /// <summary>Where other than 0: its word stands before it and at most so many characters away, and neither a digit nor a word such as "serial" stands between.</summary>
    public int Before { get; init; }

    /// <summary>Its words in <see cref="ContextWords"/>.</summary>
    public int Group { get; set; }
}
