using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace CallTracking.Privacy;

/// <summary>Finds the most probable names of a run of candidates (Viterbi). Reusable, not thread-safe.</summary>
internal sealed class NameSearch(NameModel model, NameCues cues)
{
    private const int Never = int.MinValue / 4;
    private const float Hesitant = 0.6f;

    private readonly NameFeatures _features = new(model.TableBits);
    private readonly int[] _rows = new int[NameFeatures.Most];
    private int[] _scores = new int[256 * NameLabels.Count];
    private byte[] _before = new byte[256 * NameLabels.Count];

    /// <summary>The score of the best sequence that ends with each label.</summary>
    private readonly record struct Best(int Outside, int Begin, int Inside, int Last, int Single);

    /// <summary>Adds the names among the units of a run, first to last.</summary>
    public void Find(string text, UnitReader reader, (int First, int End) run, List<NameSpan> spans)
    {
        var length = run.End - run.First;
        if (_before.Length < length * NameLabels.Count)
        {
            Array.Resize(ref _before, length * NameLabels.Count * 2);
            Array.Resize(ref _scores, length * NameLabels.Count * 2);
        }

        var best = new Best(0, Never, Never, Never, Never);
        for (var i = 0; i < length; i++)
        {
            var group = NameLabels.GroupOf(reader.Units[run.First + i], reader);
            var scores = _scores.AsSpan(i * NameLabels.Count, NameLabels.Count);
            Weigh(text, reader, run.First + i, run, model.Leanings[NameModel.LeaningOf(group, reader.Language)], scores);
            best = Step(best, scores, model.Transitions.AsSpan(group * NameLabels.Count * NameLabels.Count, NameLabels.Count * NameLabels.Count), _before.AsSpan(i * NameLabels.Count, NameLabels.Count));
        }

        Trace(reader, run, best, spans);
    }

    private void Weigh(string text, UnitReader reader, int at, (int First, int End) run, int leaning, Span<int> scores)
    {
        var count = _features.Write(text, reader, at, run, _rows);
        ref var weights = ref MemoryMarshal.GetArrayDataReference(model.Weights);
        var sum = Vector128<short>.Zero;
        foreach (var row in _rows.AsSpan(0, count))
        {
            var packed = Unsafe.Add(ref weights, row);
            sum += Vector128.WidenLower(Vector128.CreateScalar(packed).AsSByte());
        }

        ref var unit = ref reader.Units[at];
        scores[NameLabels.Outside] = 0;
        scores[NameLabels.Begin] = sum[0] + leaning;
        scores[NameLabels.Inside] = sum[1];
        scores[NameLabels.Last] = sum[2];
        scores[NameLabels.Single] = sum[3] + leaning;
        if (unit.Kind == UnitKind.Punctuation)
        {
            scores[NameLabels.Begin] = scores[NameLabels.Single] = Never;
            scores[NameLabels.Last] = unit.Hash == '.' ? scores[NameLabels.Last] : Never;
        }
    }

    // A name is closed or open before; what begins a name or is outside follows the first, what goes on in one the second.
    private static Best Step(in Best best, ReadOnlySpan<int> scores, ReadOnlySpan<short> transitions, Span<byte> before) => new(
        Close(best, NameLabels.Outside, scores, transitions, before),
        Close(best, NameLabels.Begin, scores, transitions, before),
        Open(best, NameLabels.Inside, scores, transitions, before),
        Open(best, NameLabels.Last, scores, transitions, before),
        Close(best, NameLabels.Single, scores, transitions, before));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Close(in Best best, int label, ReadOnlySpan<int> scores, ReadOnlySpan<short> transitions, Span<byte> before)
    {
        unchecked
        {
            var outside = best.Outside + transitions[(NameLabels.Outside * NameLabels.Count) + label];
            var last = best.Last + transitions[(NameLabels.Last * NameLabels.Count) + label];
            var single = best.Single + transitions[(NameLabels.Single * NameLabels.Count) + label];
            var top = Math.Max(outside, Math.Max(last, single));
            before[label] = (byte)(top == outside ? NameLabels.Outside : top == last ? NameLabels.Last : NameLabels.Single);
            return Math.Max(top + scores[label], Never);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Open(in Best best, int label, ReadOnlySpan<int> scores, ReadOnlySpan<short> transitions, Span<byte> before)
    {
        unchecked
        {
            var begun = best.Begin + transitions[(NameLabels.Begin * NameLabels.Count) + label];
            var inside = best.Inside + transitions[(NameLabels.Inside * NameLabels.Count) + label];
            var top = Math.Max(begun, inside);
            before[label] = (byte)(top == begun ? NameLabels.Begin : NameLabels.Inside);
            return Math.Max(top + scores[label], Never);
        }
    }

    private void Trace(UnitReader reader, (int First, int End) run, in Best best, List<NameSpan> spans)
    {
        var top = Math.Max(best.Outside, Math.Max(best.Last, best.Single));
        var label = top == best.Outside ? NameLabels.Outside : top == best.Last ? NameLabels.Last : NameLabels.Single;
        var firstAdded = spans.Count;
        var (end, margin) = (0, 0);
        for (var i = run.End - run.First - 1; i >= 0; i--)
        {
            if (label is NameLabels.Last or NameLabels.Single)
            {
                (end, margin) = (i, 0);
            }

            var last = _before[(i * NameLabels.Count) + label];
            if (label != NameLabels.Outside)
            {
                margin += Math.Max(_scores[(i * NameLabels.Count) + label], Never / 1000) + Transition(reader, run.First + i, last, label);
            }

            if (label is NameLabels.Begin or NameLabels.Single)
            {
                Add(reader.Units, run.First + i, run.First + end, ScoreOf(margin), spans);
            }

            label = last;
        }

        spans.Reverse(firstAdded, spans.Count - firstAdded);
    }

    // Without the titles before it; "Dear Customer" and "Mr. President" name nobody.
    private void Add(NameUnit[] units, int first, int last, float score, List<NameSpan> spans)
    {
        while (first <= last && (cues.Of(units[first]) == NameCue.Title || (units[first].Hash == '.' && first < last)))
        {
            first++;
        }

        if (first > last)
        {
            return;
        }

        var isGreeting = cues.Of(units[first]) == NameCue.Greeting && units[first - 1].Kind == UnitKind.Break;
        var isNobody = NameCues.IsNobody(cues.Of(units[last])) && (first == last || isGreeting);
        if (!isNobody && !(first == last && (isGreeting || IsDoubtful(units, first, score))))
        {
            spans.Add(new NameSpan(units[first].Start, units[last].End, score));
        }
    }

    // A word alone: "12 Nm" is a unit, and a sentence's first word has a capital in any case.
    private static bool IsDoubtful(NameUnit[] units, int at, float score) =>
        units[at].Kind == UnitKind.Word
        && ((units[at - 1].Kind == UnitKind.Number && (units[at].Lists & 15) == 0)
            || (units[at].IsSentenceStart && units[at + 1].Shape == UnitShape.Lower && score < Hesitant));

    private int Transition(UnitReader reader, int at, int before, int label)
    {
        var group = NameLabels.GroupOf(reader.Units[at], reader) * NameLabels.Count * NameLabels.Count;
        return model.Transitions[group + (before * NameLabels.Count) + label];
    }

    private static float ScoreOf(int margin) => 1f / (1f + MathF.Exp(-margin / NameModel.Parts));
}
