namespace CallTracking.Faults.Sources;

/// <summary>What a region's help desk holds, round by round: the truth with which headquarters is compared.</summary>
/// <param name="region">The region's code.</param>
/// <param name="cases">Cases to begin with.</param>
internal sealed class SourceBook(string region, int cases)
{
    // Of all cases; a night is quiet, usual, busy, or one in which everything is touched.
    private static readonly double[] Shares = [0.01, 0.1, 0.4, 1.0];
    private readonly List<SourceCase> _cases = [.. Enumerable.Range(0, cases).Select(number => new SourceCase(region, number, Version: 1, ChangedIn: 0, IsOpen: true))];

    public string Region => region;

    public IReadOnlyList<SourceCase> Cases => _cases;

    /// <summary>A round's work at the centre: some cases change, some are opened. Answers those.</summary>
    public IReadOnlyList<SourceCase> Change(int round, Random random)
    {
        var share = Shares[random.Next(Shares.Length)];
        var changed = new List<SourceCase>();
        for (var index = 0; index < _cases.Count; index++)
        {
            if (random.NextDouble() < share)
            {
                _cases[index] = _cases[index] with { Version = _cases[index].Version + 1, ChangedIn = round, IsOpen = random.Next(3) > 0 };
                changed.Add(_cases[index]);
            }
        }

        for (var opened = random.Next(10); opened > 0; opened--)
        {
            _cases.Add(new SourceCase(region, _cases.Count, Version: 1, round, IsOpen: true));
            changed.Add(_cases[^1]);
        }

        return changed;
    }
}
