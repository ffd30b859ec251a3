namespace CallTracking.Privacy;

/// <summary>Gathers literals with their uses and makes the automaton of them.</summary>
internal sealed class AutomatonBuilder
{
    // More steps are looked up in a row.
    private const int MostListed = 8;
    private readonly List<Node> _nodes = [new Node()];
    private readonly Dictionary<char, ushort> _numbers = new() { [ConceptLetters.Border] = ConceptAutomaton.BorderNumber };

    /// <summary>False when there are too many different letters for one automaton.</summary>
    public bool TryAdd(string literal, LiteralUse use)
    {
        if (_numbers.Count + literal.Length > ConceptAutomaton.MostLetters)
        {
            return false;
        }

        var node = 0;
        foreach (var letter in literal)
        {
            var number = NumberOf(letter);
            if (!_nodes[node].Children.TryGetValue(number, out var child))
            {
                _nodes[node].Children.Add(number, child = _nodes.Count);
                _nodes.Add(new Node());
            }

            node = child;
        }

        _nodes[node].Uses.Add(use);
        return true;
    }

    public ConceptAutomaton Build()
    {
        var made = new Arrays(_numbers.Count + 1);
        var states = new AutomatonState[_nodes.Count];
        foreach (var number in BreadthFirst())
        {
            var node = _nodes[number];
            var fail = _nodes[node.Fail];
            if (number != 0)
            {
                node.Uses.AddRange(fail.Uses);
                node.Steps = node.Children.Count == 0 && node.Fail != 0 ? fail.Steps : Join(node.Fail == 0 ? [] : fail.Steps, node.Children);
            }

            var (first, count) = number == 0 ? made.AddFirstRow(node.Children) : ReferenceEquals(node.Steps, fail.Steps) && node.Fail != 0 ? (states[node.Fail].First, states[node.Fail].Count) : made.Add(node.Steps, MostListed);
            states[number] = new AutomatonState(first, count, made.Uses.Count, node.Uses.Count);
            made.Uses.AddRange(node.Uses);
        }

        return new ConceptAutomaton(Signs(), states, [.. made.Letters], [.. made.Targets], [.. made.Rows], [.. made.Uses]);
    }

    private ushort NumberOf(char letter)
    {
        if (!_numbers.TryGetValue(letter, out var number))
        {
            _numbers.Add(letter, number = (ushort)(_numbers.Count + 1));
        }

        return number;
    }

    // A node after its failure, which is shorter: what that has is known then.
    private IEnumerable<int> BreadthFirst()
    {
        var waiting = new Queue<int>([0]);
        while (waiting.TryDequeue(out var number))
        {
            yield return number;
            foreach (var (letter, child) in _nodes[number].Children)
            {
                _nodes[child].Fail = number == 0 ? 0 : Step(_nodes[number].Fail, letter);
                waiting.Enqueue(child);
            }
        }
    }

    private int Step(int from, ushort letter)
    {
        for (var at = from; ; at = _nodes[at].Fail)
        {
            if (_nodes[at].Children.TryGetValue(letter, out var child))
            {
                return child;
            }

            if (at == 0)
            {
                return 0;
            }
        }
    }

    private static SortedDictionary<ushort, int> Join(SortedDictionary<ushort, int> inherited, SortedDictionary<ushort, int> own)
    {
        var steps = new SortedDictionary<ushort, int>(inherited);
        foreach (var (letter, target) in own)
        {
            steps[letter] = target;
        }

        return steps;
    }

    private ushort[] Signs()
    {
        var signs = new ushort[char.MaxValue + 1];
        for (var code = 0; code <= char.MaxValue; code++)
        {
            var letter = (char)code;
            signs[code] = ConceptLetters.KindOf(letter) is var kind && kind != ConceptLetterKind.Letter
                ? (ushort)(ConceptAutomaton.Special | (int)kind)
                : SignOf(ConceptLetters.Of(letter));
        }

        return signs;
    }

    private ushort SignOf(char folded) => (ushort)(_numbers.GetValueOrDefault(folded) | (ConceptLetters.IsUnspaced(folded) ? ConceptAutomaton.Unspaced : 0));

    private sealed class Node
    {
        public SortedDictionary<ushort, int> Children { get; } = [];

        public SortedDictionary<ushort, int> Steps { get; set; } = [];

        public List<LiteralUse> Uses { get; } = [];

        public int Fail { get; set; }
    }

    private sealed class Arrays(int letters)
    {
        public List<ushort> Letters { get; } = [];

        public List<int> Targets { get; } = [];

        public List<int> Rows { get; } = [];

        public List<LiteralUse> Uses { get; } = [];

        public (int First, int Count) AddFirstRow(SortedDictionary<ushort, int> steps)
        {
            Rows.AddRange(new int[letters]);
            foreach (var (letter, target) in steps)
            {
                Rows[letter] = target;
            }

            return (~0, 0);
        }

        public (int First, int Count) Add(SortedDictionary<ushort, int> steps, int mostListed)
        {
            if (steps.Count <= mostListed)
            {
                var first = Letters.Count;
                Letters.AddRange(steps.Keys);
                Targets.AddRange(steps.Values);
                return (first, steps.Count);
            }

            var row = Rows.Count;
            Rows.AddRange(Rows.Take(letters).ToList());
            foreach (var (letter, target) in steps)
            {
                Rows[row + letter] = target;
            }

            return (~row, 0);
        }
    }
}
