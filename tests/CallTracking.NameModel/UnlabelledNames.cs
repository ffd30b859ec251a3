using CallTracking.Privacy;

namespace CallTracking.NameTraining;

/// <summary>
/// Leaves texts out whose labels were made by a machine and that hold a surname without a label: they teach that a surname alone
/// is none.
/// </summary>
internal static class UnlabelledNames
{
    private const string Machine = "wikiann";
    private const int FewestLabels = 2;

    public static IReadOnlyList<LabelledText> Without(IReadOnlyList<LabelledText> texts)
    {
        if (!texts.Any(text => text.Source.StartsWith(Machine, StringComparison.Ordinal)))
        {
            return texts;
        }

        var inside = new Dictionary<uint, int>();
        var outside = new Dictionary<uint, int>();
        foreach (var text in texts)
        {
            foreach (var (hash, isLabelled) in Words(text))
            {
                var counts = isLabelled ? inside : outside;
                counts[hash] = counts.GetValueOrDefault(hash) + 1;
            }
        }

        return [.. texts.Where(text => !text.Source.StartsWith(Machine, StringComparison.Ordinal) || Words(text).All(word => word.IsLabelled || !IsName(word.Hash)))];

        bool IsName(uint hash) => inside.GetValueOrDefault(hash) is >= FewestLabels and var labels && labels * 2 >= outside.GetValueOrDefault(hash);
    }

    // Words with a capital, but for the first of a sentence.
    private static IEnumerable<(uint Hash, bool IsLabelled)> Words(LabelledText text)
    {
        var reader = new UnitReader();
        reader.Read(text.Text, 0);
        for (var i = UnitReader.First; i < reader.End; i++)
        {
            var unit = reader.Units[i];
            if (unit is { Shape: UnitShape.Title, IsSentenceStart: false })
            {
                yield return (unit.Hash, text.Names.Any(name => name.Start <= unit.Start && unit.End <= name.End));
            }
        }
    }
}
