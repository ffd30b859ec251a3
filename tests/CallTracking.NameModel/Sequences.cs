using CallTracking.Privacy;

namespace CallTracking.NameTraining;

/// <summary>A run of candidates: the rows of each unit's features, its group, its true label.</summary>
internal sealed class Sequence(int[][] rows, byte[] groups, byte[] labels, byte[] allowed)
{
    public int[][] Rows => rows;

    public byte[] Groups => groups;

    public byte[] Labels => labels;

    /// <summary>A bit per label that the unit may have.</summary>
    public byte[] Allowed => allowed;

    public int Length => labels.Length;
}

/// <summary>Cuts labelled texts into sequences, with the very code that looks for names.</summary>
internal sealed class Sequencer(NameLexicon lexicon, int tableBits)
{
    private readonly UnitReader _reader = new();
    private readonly NameCandidates _candidates = new(lexicon);
    private readonly NameFeatures _features = new(tableBits);
    private readonly int[] _rows = new int[NameFeatures.Most];

    /// <summary>Characters of names that are in no run, so cannot be found.</summary>
    public int OutOfReach { get; private set; }

    public IEnumerable<Sequence> Of(LabelledText text)
    {
        for (var at = 0; at < text.Text.Length;)
        {
            at = _reader.Read(text.Text, at);
            _candidates.Mark(text.Text, _reader, "");
            OutOfReach += CountOutOfReach(text);
            foreach (var run in NameRuns.Of(_reader))
            {
                yield return Build(text, run);
            }
        }
    }

    private int CountOutOfReach(LabelledText text)
    {
        var count = 0;
        for (var i = UnitReader.First; i < _reader.End; i++)
        {
            var unit = _reader.Units[i];
            count += unit is { IsCandidate: false, Kind: UnitKind.Word or UnitKind.Ideograph } && text.Names.Any(name => IsMostlyIn(unit, name)) ? unit.Length : 0;
        }

        return count;
    }

    private Sequence Build(LabelledText text, (int First, int End) run)
    {
        var length = run.End - run.First;
        var (rows, groups, allowed) = (new int[length][], new byte[length], new byte[length]);
        for (var i = 0; i < length; i++)
        {
            var count = _features.Write(text.Text, _reader, run.First + i, run, _rows);
            rows[i] = _rows[..count];
            var unit = _reader.Units[run.First + i];
            groups[i] = (byte)NameLabels.GroupOf(unit, _reader);
            allowed[i] = (byte)Enumerable.Range(0, NameLabels.Count).Where(label => NameLabels.Allows(unit, label)).Sum(label => 1 << label);
        }

        return new Sequence(rows, groups, LabelsOf(text, run, allowed), allowed);
    }

    private byte[] LabelsOf(LabelledText text, (int First, int End) run, byte[] allowed)
    {
        var labels = new byte[run.End - run.First];
        foreach (var name in text.Names)
        {
            var first = run.First;
            while (first < run.End && !IsMostlyIn(_reader.Units[first], name))
            {
                first++;
            }

            var end = first;
            while (end < run.End && IsMostlyIn(_reader.Units[end], name))
            {
                end++;
            }

            while (end > first && (allowed[end - 1 - run.First] & (1 << NameLabels.Last)) == 0)
            {
                end--;
            }

            while (end > first && (allowed[first - run.First] & (1 << NameLabels.Begin)) == 0)
            {
                first++;
            }

            for (var i = first; i < end; i++)
            {
                labels[i - run.First] = (byte)(end - first == 1 ? NameLabels.Single : i == first ? NameLabels.Begin : i == end - 1 ? NameLabels.Last : NameLabels.Inside);
            }
        }

        return labels;
    }

    private static bool IsMostlyIn(in NameUnit unit, (int Start, int End) name) =>
        2 * (Math.Min(unit.End, name.End) - Math.Max(unit.Start, name.Start)) > unit.Length;
}
