using CallTracking.Privacy;

namespace CallTracking.NameTraining;

/// <summary>What a training depends on beside its texts.</summary>
internal sealed record TrainerOptions(int TableBits = 22, int Rounds = 5, int FewestUses = 3, int TimesEach = 8, int Swapped = 60, ulong Seed = 20240611)
{
    /// <summary>Whose texts are invented; all when empty.</summary>
    public IReadOnlyCollection<string> Languages { get; init; } = [];
}

/// <summary>Learns a model from labelled texts. The same texts and options give the same model, bit for bit.</summary>
internal static class Trainer
{
    // Rows are counted in a table so large that features hardly share one.
    private const int CountBits = 27;

    // Smaller weights are noise: leaving them out makes the model smaller.
    private const float Least = 0.08f;

    public static NameModel Train(TrainingTexts gathered, TrainerOptions options, Action<string> tell)
    {
        var (texts, lexicon) = gathered;
        var sequencer = new Sequencer(lexicon, CountBits);
        var sequences = texts.SelectMany(sequencer.Of).ToList();
        var used = KeepFrequent(sequences, options);
        tell($"{texts.Count} texts, {sequences.Count} runs, {sequences.Sum(sequence => sequence.Length)} units, {used} features; {sequencer.OutOfReach} of {texts.Sum(text => text.Names.Sum(name => name.End - name.Start))} characters of names are out of reach");
        var dice = new Dice(options.Seed);
        var crf = new Crf(options.TableBits, dice);
        var sum = new float[crf.Weights.Length];
        var transitionSum = new float[crf.Transitions.Length];
        for (var round = 0; round < options.Rounds; round++)
        {
            dice.Shuffle(sequences);
            tell($"round {round + 1}: loss {sequences.Sum(crf.Learn):0}");
            if (round >= options.Rounds / 2)
            {
                AddTo(sum, crf.Weights);
                AddTo(transitionSum, crf.Transitions);
            }
        }

        var averaged = options.Rounds - (options.Rounds / 2);
        return new NameModel(options.TableBits, Pack(sum, averaged), [.. transitionSum.Select(weight => (short)Part(weight / averaged, short.MaxValue))], new short[NameModel.Leaned], lexicon);
    }

    // Rare features are learnt by heart and help nobody: they are left out. The others get rows of the model's table.
    private static int KeepFrequent(List<Sequence> sequences, TrainerOptions options)
    {
        var counts = new byte[1 << CountBits];
        foreach (var row in sequences.SelectMany(sequence => sequence.Rows).SelectMany(rows => rows))
        {
            counts[row] = (byte)Math.Min(counts[row] + 1, byte.MaxValue);
        }

        foreach (var sequence in sequences)
        {
            for (var i = 0; i < sequence.Length; i++)
            {
                sequence.Rows[i] = [.. sequence.Rows[i].Where(row => counts[row] >= options.FewestUses).Select(row => row >> (CountBits - options.TableBits))];
            }
        }

        return counts.Count(count => count >= options.FewestUses);
    }

    private static void AddTo(float[] sum, float[] values)
    {
        for (var i = 0; i < sum.Length; i++)
        {
            sum[i] += values[i];
        }
    }

    private static uint[] Pack(float[] sum, int averaged)
    {
        var packed = new uint[sum.Length / Crf.Named];
        for (var row = 0; row < packed.Length; row++)
        {
            for (var label = 0; label < Crf.Named; label++)
            {
                var weight = sum[(row * Crf.Named) + label] / averaged;
                packed[row] |= Math.Abs(weight) < Least ? 0 : (uint)(byte)(sbyte)Part(weight * Crf.Kept, sbyte.MaxValue) << (8 * label);
            }
        }

        return packed;
    }

    private static int Part(float weight, int most) => (int)Math.Clamp(MathF.Round(weight * NameModel.Parts), -most, most);
}
