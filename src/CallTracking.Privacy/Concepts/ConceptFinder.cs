namespace CallTracking.Privacy;

/// <summary>A pattern found in a text.</summary>
/// <param name="Pattern">Its place.</param>
/// <param name="Concept">Its concept's place.</param>
/// <param name="Start">The number of its first word.</param>
/// <param name="End">The number of its last word.</param>
/// <param name="Position">Where in the text it ends, in UTF-16 code units.</param>
internal readonly record struct ConceptHit(int Pattern, int Concept, int Start, int End, int Position);

/// <summary>
/// Decides over what a scan met. A part counts unless a guard of its language voids it; a pattern is found where its parts follow each
/// other in one sentence with no more words between than it allows. All looking about is bounded by a few words, so the work is linear.
/// </summary>
internal sealed class ConceptFinder(IReadOnlyList<int> windows, Action<ConceptHit> take)
{
    // How far what follows, and what came before, can matter: a reach or gap and the words of one part.
    private const int Ahead = 1 + PatternParser.WidestGap + PatternParser.MostTokens;
    private const int Behind = 1 + PatternParser.WidestGap + PatternParser.MostTokens;

    // For each event where the chain of parts that ends with it began; -1 when none does.
    private readonly List<int> _chains = [];

    /// <summary>Gives every find that is sure by now, in the order in which they end, and drops the events that no longer matter.</summary>
    /// <param name="events">As a scan met them.</param>
    /// <param name="token">The word that the scan is at; the highest number at the text's end.</param>
    public void Advance(List<ConceptEvent> events, int token)
    {
        for (var i = _chains.Count; i < events.Count && events[i].End < token - Ahead; i++)
        {
            var met = events[i];
            _chains.Add(-1);
            if (met.Use.Kind != UseKind.Part || IsVoid(events, i))
            {
                continue;
            }

            _chains[i] = met.Use.Part == 0 ? met.Start : ChainBefore(events, i);
            if (_chains[i] >= 0 && met.Use.IsLast)
            {
                take(new ConceptHit(met.Use.Pattern, met.Use.Concept, _chains[i], met.End, met.Position));
            }
        }

        var old = 0;
        while (old < _chains.Count && events[old].End < token - Ahead - Behind - PatternParser.MostTokens)
        {
            old++;
        }

        events.RemoveRange(0, old);
        _chains.RemoveRange(0, old);
    }

    /// <summary>Forgets the text.</summary>
    public void Forget() => _chains.Clear();

    // The nearest part before that fits: the shortest find.
    private int ChainBefore(List<ConceptEvent> events, int at)
    {
        var met = events[at];
        var best = -1;
        for (var i = at - 1; i >= 0 && events[i].End >= met.Start - 1 - met.Use.Gap; i--)
        {
            if (_chains[i] > best && events[i].Use.Pattern == met.Use.Pattern && events[i].Use.Part == met.Use.Part - 1 && events[i].End < met.Start && events[i].Sentence == met.Sentence)
            {
                best = _chains[i];
            }
        }

        return best;
    }

    private bool IsVoid(List<ConceptEvent> events, int at) => IsVoidByWhatStandsBefore(events, at) || IsVoidByWhatFollows(events, at);

    private bool IsVoidByWhatStandsBefore(List<ConceptEvent> events, int at)
    {
        var met = events[at];
        var reach = windows[met.Use.Language];
        var (negation, stop) = (-1, -1);
        for (var i = at - 1; i >= 0 && events[i].End >= met.Start - 1 - reach; i--)
        {
            var other = events[i];
            if (other.Use.Language != met.Use.Language)
            {
                continue;
            }

            if (other.Use.Kind == UseKind.Exception && other.Use.Concept == met.Use.Concept && other.End >= met.Start)
            {
                return true;
            }

            if (other.End < met.Start && other.Clause == met.Clause)
            {
                negation = other.Use.Kind == UseKind.Before ? Math.Max(negation, other.End) : negation;
                stop = other.Use.Kind == UseKind.Stop ? Math.Max(stop, other.End) : stop;
            }
        }

        return negation > stop;
    }

    private bool IsVoidByWhatFollows(List<ConceptEvent> events, int at)
    {
        var met = events[at];
        var reach = windows[met.Use.Language];
        var (negation, stop) = (int.MaxValue, int.MaxValue);
        for (var i = at + 1; i < events.Count && events[i].End <= met.End + 1 + reach + PatternParser.MostTokens; i++)
        {
            var other = events[i];
            if (other.Use.Language != met.Use.Language)
            {
                continue;
            }

            if (other.Use.Kind == UseKind.Exception && other.Use.Concept == met.Use.Concept && other.Start <= met.End)
            {
                return true;
            }

            if (other.Start > met.End && other.Start <= met.End + 1 + reach && other.Clause == met.Clause)
            {
                negation = other.Use.Kind == UseKind.After ? Math.Min(negation, other.Start) : negation;
                stop = other.Use.Kind == UseKind.Stop ? Math.Min(stop, other.Start) : stop;
            }
        }

        return negation < stop;
    }
}
