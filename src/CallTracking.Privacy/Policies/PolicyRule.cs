using CallTracking.Contracts;

namespace CallTracking.Privacy;

/// <summary>A document's own rule for a class, with the provision that it rests on.</summary>
/// <param name="DataClass">The class.</param>
/// <param name="Rule">What happens to its values.</param>
/// <param name="Article">The provision; empty when the document does not say.</param>
public sealed record PolicyRule(DataClass DataClass, ClassRule Rule, string Article)
{
    /// <summary>Product categories that the rule is for, in capitals or small letters; empty means all. One that names products beats one that does not.</summary>
    public IReadOnlyList<string> Products { get; init; } = [];

    /// <summary>Purposes of processing that the rule is for; empty means all. One that names purposes beats one that does not.</summary>
    public IReadOnlyList<string> Purposes { get; init; } = [];

    /// <summary>The days on which the rule holds.</summary>
    public Validity Validity { get; init; }

    /// <summary>How many conditions it has: of two rules that suit, the one with more holds.</summary>
    internal int Conditions => (Products.Count > 0 ? 1 : 0) + (Purposes.Count > 0 ? 1 : 0);

    /// <summary>True when it speaks of a product category and a purpose; empty is any that no rule names.</summary>
    internal bool Suits(string product, string purpose) =>
        (Products.Count == 0 || Products.Contains(product, StringComparer.OrdinalIgnoreCase)) && (Purposes.Count == 0 || Purposes.Contains(purpose));

    /// <summary>The agreement (<c>employee</c>) or legal ground (<c>special_category</c>, <c>child</c>) that lets values through; else empty.</summary>
    public string Ground { get; init; } = "";
}
