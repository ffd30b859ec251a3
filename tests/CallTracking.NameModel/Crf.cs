using CallTracking.Privacy;

namespace CallTracking.NameTraining;

/// <summary>
/// A conditional random field of first order, learnt by stochastic gradients with a rate per weight (AdaGrad). Single-threaded:
/// the same sequences in the same order give the same weights.
/// </summary>
internal sealed class Crf(int tableBits, Dice dice)
{
    public const int Named = NameLabels.Count - 1;

    private const int Labels = NameLabels.Count;
    private const float Rate = 0.1f;

    // Towards zero, where words are looked at; letters need their exceptions.
    private const float PullOfWords = 2e-3f;
    private const float PullOfLetters = 1e-6f;

    // Of a hundred features of a unit, in each step.
    private const int LeftOut = 20;

    private const float Forget = 1e-3f;
    private const float Nothing = -1e9f;

    private readonly float[] _weights = new float[Named << tableBits];
    private readonly float[] _squares = new float[Named << tableBits];
    private readonly float[] _transitions = new float[NameLabels.Groups * Labels * Labels];
    private readonly float[] _transitionSquares = new float[NameLabels.Groups * Labels * Labels];
    private readonly List<int[]> _rows = [];
    private float[] _scores = new float[1024];
    private float[] _forward = new float[1024];
    private float[] _backward = new float[1024];

    /// <summary>The share of features that each step sees: weights are so much too large when all are there.</summary>
    public static float Kept => (100 - LeftOut) / 100f;

    public float[] Weights => _weights;

    public float[] Transitions => _transitions;

    /// <summary>One step on a sequence; gives the loss before it.</summary>
    public double Learn(Sequence sequence)
    {
        Choose(sequence);
        var total = Sweep(sequence);
        var loss = total - ScoreOfTruth(sequence);
        for (var i = 0; i < sequence.Length; i++)
        {
            StepWeights(sequence, i, total);
            StepTransitions(sequence, i, total);
        }

        return loss;
    }

    // A feature that is not always there makes the others learn, too.
    private void Choose(Sequence sequence)
    {
        _rows.Clear();
        foreach (var rows in sequence.Rows)
        {
            _rows.Add([.. rows.Where(_ => dice.Below(100) >= LeftOut)]);
        }
    }

    private float Sweep(Sequence sequence)
    {
        var size = sequence.Length * Labels;
        if (_scores.Length < size)
        {
            (_scores, _forward, _backward) = (new float[size * 2], new float[size * 2], new float[size * 2]);
        }

        Weigh(sequence);
        for (var i = 0; i < sequence.Length; i++)
        {
            for (var label = 0; label < Labels; label++)
            {
                _forward[(i * Labels) + label] = _scores[(i * Labels) + label] + Into(sequence, i, label);
            }
        }

        for (var i = sequence.Length - 1; i >= 0; i--)
        {
            for (var label = 0; label < Labels; label++)
            {
                _backward[(i * Labels) + label] = OutOf(sequence, i, label);
            }
        }

        var end = (sequence.Length - 1) * Labels;
        var total = Nothing;
        for (var label = 0; label < Labels; label++)
        {
            total = NameLabels.IsClosed(label) ? Add(total, _forward[end + label]) : total;
        }

        return total;
    }

    private void Weigh(Sequence sequence)
    {
        for (var i = 0; i < sequence.Length; i++)
        {
            var scores = _scores.AsSpan(i * Labels, Labels);
            scores.Clear();
            foreach (var row in _rows[i])
            {
                var weights = _weights.AsSpan(row * Named, Named);
                for (var label = 0; label < Named; label++)
                {
                    scores[label + 1] += weights[label];
                }
            }

            for (var label = 0; label < Labels; label++)
            {
                scores[label] = (sequence.Allowed[i] & (1 << label)) != 0 ? scores[label] : Nothing;
            }
        }
    }

    private float Into(Sequence sequence, int at, int label)
    {
        if (at == 0)
        {
            return NameLabels.IsOpening(label) ? _transitions[Index(sequence, 0, NameLabels.Outside, label)] : Nothing;
        }

        var sum = Nothing;
        for (var before = 0; before < Labels; before++)
        {
            if (NameLabels.MayFollow(before, label))
            {
                sum = Add(sum, _forward[((at - 1) * Labels) + before] + _transitions[Index(sequence, at, before, label)]);
            }
        }

        return sum;
    }

    private float OutOf(Sequence sequence, int at, int label)
    {
        if (at == sequence.Length - 1)
        {
            return NameLabels.IsClosed(label) ? 0 : Nothing;
        }

        var sum = Nothing;
        for (var next = 0; next < Labels; next++)
        {
            if (NameLabels.MayFollow(label, next))
            {
                var index = ((at + 1) * Labels) + next;
                sum = Add(sum, _backward[index] + _scores[index] + _transitions[Index(sequence, at + 1, label, next)]);
            }
        }

        return sum;
    }

    private float ScoreOfTruth(Sequence sequence)
    {
        var score = 0f;
        for (var i = 0; i < sequence.Length; i++)
        {
            var before = i == 0 ? NameLabels.Outside : sequence.Labels[i - 1];
            score += _scores[(i * Labels) + sequence.Labels[i]] + _transitions[Index(sequence, i, before, sequence.Labels[i])];
        }

        return score;
    }

    private void StepWeights(Sequence sequence, int at, float total)
    {
        Span<float> gradient = stackalloc float[Named];
        for (var label = 1; label < Labels; label++)
        {
            var index = (at * Labels) + label;
            gradient[label - 1] = MathF.Exp(_forward[index] + _backward[index] - total) - (sequence.Labels[at] == label ? 1 : 0);
        }

        if (MathF.Abs(gradient[0]) + MathF.Abs(gradient[1]) + MathF.Abs(gradient[2]) + MathF.Abs(gradient[3]) < Forget)
        {
            return;
        }

        var pull = sequence.Groups[at] is NameLabels.Cased or NameLabels.Caseless or NameLabels.German ? PullOfWords : PullOfLetters;
        foreach (var row in _rows[at])
        {
            for (var label = 0; label < Named; label++)
            {
                Step(ref _weights[(row * Named) + label], ref _squares[(row * Named) + label], gradient[label], pull);
            }
        }
    }

    private void StepTransitions(Sequence sequence, int at, float total)
    {
        for (var before = 0; before < Labels; before++)
        {
            for (var label = 0; label < Labels; label++)
            {
                if (!NameLabels.MayFollow(before, label) || (at == 0 && before != NameLabels.Outside))
                {
                    continue;
                }

                var index = Index(sequence, at, before, label);
                var entry = at == 0 ? 0 : _forward[((at - 1) * Labels) + before];
                var expected = MathF.Exp(entry + _transitions[index] + _scores[(at * Labels) + label] + _backward[(at * Labels) + label] - total);
                var isTrue = sequence.Labels[at] == label && (at == 0 ? NameLabels.Outside : sequence.Labels[at - 1]) == before;
                Step(ref _transitions[index], ref _transitionSquares[index], expected - (isTrue ? 1 : 0), 0);
            }
        }
    }

    private static void Step(ref float weight, ref float squares, float gradient, float pull)
    {
        gradient += pull * weight;
        squares += gradient * gradient;
        weight -= Rate * gradient / (1e-3f + MathF.Sqrt(squares));
    }

    private static int Index(Sequence sequence, int at, int before, int label) => (((sequence.Groups[at] * Labels) + before) * Labels) + label;

    private static float Add(float left, float right)
    {
        var (high, low) = left > right ? (left, right) : (right, left);
        return low - high < -20 ? high : high + MathF.Log(1 + MathF.Exp(low - high));
    }
}
