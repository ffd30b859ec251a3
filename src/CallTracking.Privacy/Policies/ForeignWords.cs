using CallTracking.Contracts;

namespace CallTracking.Privacy;

/// <summary>A word of a document that this version of the program does not know.</summary>
/// <param name="Jurisdiction">The document's.</param>
/// <param name="DataClass">The class whose rule has the word; null when it stands elsewhere and may concern any value.</param>
/// <param name="Fault">Where it stands.</param>
public sealed record ForeignWord(string Jurisdiction, DataClass? DataClass, Fault Fault);

/// <summary>
/// Which cases must wait because a document in force for them has words that this version does not know: all of a jurisdiction, or those with a
/// value of certain classes. Whoever published the document knew its words, so they are a newer program's.
/// </summary>
internal sealed class ForeignWords(IReadOnlyList<ForeignWord> words)
{
    public static readonly ForeignWords None = new([]);

    public IReadOnlyList<ForeignWord> All => words;

    /// <summary>The words that concern cases of these jurisdictions, their ancestors among them.</summary>
    public ForeignWords Of(IEnumerable<Jurisdiction> applicable)
    {
        if (words.Count == 0)
        {
            return None;
        }

        var codes = applicable.SelectMany(jurisdiction => jurisdiction.Line).Select(one => one.Info.Code).ToHashSet(StringComparer.Ordinal);
        return words.Any(word => codes.Contains(word.Jurisdiction)) ? new ForeignWords([.. words.Where(word => codes.Contains(word.Jurisdiction))]) : None;
    }

    /// <summary>True when the case must wait.</summary>
    public bool Concern(Case value)
    {
        if (words.Count == 0)
        {
            return false;
        }

        if (words.Any(word => word.DataClass is null))
        {
            return true;
        }

        var leaves = new List<Leaf>();
        CaseShape.Instance.Collect(value, leaves);
        return leaves.Exists(leaf => words.Any(word => word.DataClass == leaf.DataClass));
    }

    /// <summary>What stands for them in a digest: nothing where there is none.</summary>
    public string Mark => string.Concat(words.Select(word => $"not understood {word.Jurisdiction} {(int?)word.DataClass} {word.Fault}\n"));
}
