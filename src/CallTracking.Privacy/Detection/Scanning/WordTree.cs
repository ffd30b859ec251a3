namespace CallTracking.Privacy;

/// <summary>
/// Words letter by letter, each with the groups that it belongs to. What follows a letter stands beside what follows the next one, so
/// that a word of a text is followed in few places of memory.
/// </summary>
internal sealed class WordTree
{
    /// <summary>Before all words.</summary>
    public const ushort Root = 0;

    // Of a node: a word ends here.
    private const ushort Ending = 1 << 15;

    private readonly List<(byte Group, bool Whole)[]> _ends;

    // By node, and one more: the first of its steps.
    private readonly ushort[] _first;

    // A letter, and the node behind it.
    private readonly uint[] _steps;

    private WordTree(List<(byte Group, bool Whole)[]> ends, ushort[] first, uint[] steps) => (_ends, _first, _steps) = (ends, first, steps);

    public static bool IsEnd(ushort node) => (node & Ending) != 0;

    /// <summary>The node behind a letter, or <see cref="Root"/> where no word goes on so.</summary>
    public ushort Next(ushort node, char letter)
    {
        var at = node & ~Ending;
        for (int step = _first[at], last = _first[at + 1]; step < last; step++)
        {
            if (_steps[step] >> 16 == letter)
            {
                return (ushort)_steps[step];
            }
        }

        return Root;
    }

    /// <summary>The letters that words begin with, and the nodes behind them.</summary>
    public IEnumerable<(char Letter, ushort Node)> Beginnings => _steps[.._first[Root + 1]].Select(step => ((char)(step >> 16), (ushort)step));

    /// <summary>Of the words that end at a node: the group, and whether nothing may follow.</summary>
    public ReadOnlySpan<(byte Group, bool Whole)> Ends(ushort node) => _ends[node & ~Ending];

    /// <summary>Takes words in.</summary>
    public sealed class Builder
    {
        private readonly Dictionary<(int Node, char Letter), int> _nodes = [];
        private readonly List<List<(char Letter, int Node)>> _steps = [[]];
        private readonly List<(byte Group, bool Whole)[]> _ends = [[]];

        public void Add(ReadOnlySpan<char> word, byte group, bool whole)
        {
            var node = 0;
            foreach (var letter in word)
            {
                if (!_nodes.TryGetValue((node, letter), out var next))
                {
                    _nodes[(node, letter)] = next = _steps.Count;
                    _steps[node].Add((letter, next));
                    _steps.Add([]);
                    _ends.Add([]);
                }

                node = next;
            }

            _ends[node] = [.. _ends[node], (group, whole)];
        }

        /// <summary>Numbers the nodes anew, each before what follows it.</summary>
        public WordTree Build()
        {
            var order = new List<int>(_steps.Count);
            var numbers = new int[_steps.Count];
            var left = new Stack<int>([0]);
            while (left.TryPop(out var node))
            {
                numbers[node] = order.Count;
                order.Add(node);
                for (var step = _steps[node].Count - 1; step >= 0; step--)
                {
                    left.Push(_steps[node][step].Node);
                }
            }

            var first = new List<ushort>(order.Count + 1);
            var steps = new List<uint>(order.Count);
            foreach (var node in order)
            {
                first.Add(checked((ushort)steps.Count));
                steps.AddRange(_steps[node].Select(step => ((uint)step.Letter << 16) | (uint)numbers[step.Node] | (_ends[step.Node].Length > 0 ? Ending : 0u)));
            }

            first.Add(checked((ushort)steps.Count));
            return order.Count <= Ending ? new WordTree([.. order.Select(node => _ends[node])], [.. first], [.. steps]) : throw new InvalidOperationException("There are too many words.");
        }
    }
}
