using CallTracking.Privacy;

namespace CallTracking.Quality;

/// <summary>Scores per kind over a labelled set.</summary>
internal sealed class LabelledScore(string folder, SetKinds set)
{
    private readonly TextDetection _detection = new();

    /// <summary>By the set's kinds: what is found as any of the entities that a kind may be.</summary>
    public SortedDictionary<string, SpanScore> Measure()
    {
        var scores = new SortedDictionary<string, SpanScore>(set.Kinds.ToDictionary(kind => kind.Key, _ => new SpanScore()), StringComparer.Ordinal);
        foreach (var row in LabelledSets.Read<LabelledText>(folder, set.Set))
        {
            var found = _detection.Look(row.Text, set.Country, set.Language, null).Findings;
            var marked = row.Spans.Concat(set.HasNamesOnly ? [] : row.Other ?? []).ToList();
            foreach (var (kind, entities) in set.Kinds)
            {
                var ofKind = found.Where(f => entities.Length == 0 ? f.Entity != "PERSON" : entities.Contains(f.Entity)).ToList();
                foreach (var span in row.Spans.Where(span => span.Type == kind))
                {
                    scores[kind].Mark(row.Text, span, ofKind.Select(f => (f.Start, f.End)));
                }

                foreach (var wrong in ofKind.Where(f => !marked.Exists(span => span.Start < f.End && f.Start < span.End)))
                {
                    scores[kind].CountFalse(row.Text, wrong.Start, wrong.End);
                }
            }
        }

        return scores;
    }
}
