using CallTracking.Agent.Drift;
using CallTracking.Contracts;
using CallTracking.Mapping;
using Xunit;

namespace CallTracking.Agent.Tests.Drift;

/// <summary>What a row's key tells of a turn of keys; the look into the ledger is what it costs.</summary>
public sealed class KeyTurnTests
{
    [Fact]
    public void Add_SeveralTurnsOfOneRow_LooksOnceAndNotForThoseWhoseRowItIsNot()
    {
        var looks = 0;
        var turns = Enumerable.Range(0, 2).Select(_ => new KeyTurn(() => 20, before: null, isComplete: true)).ToArray();
        foreach (var row in Enumerable.Range(1, 20))
        {
            KeyTurn.Add(Row(row), Look, turns[0], turns[1], null);
            KeyTurn.Add(Row(row), Look, null, null);
        }

        Assert.Equal(20, looks);
        Assert.All(turns, turn => Assert.StartsWith("none of the 20 known cases is in what was read, and 20 are new", turn.Doubt(), StringComparison.Ordinal));

        bool? Look(RowOutcome outcome)
        {
            looks++;
            return false;
        }
    }

    private static RowOutcome.Mapped Row(int row) => new(new RowPosition("cases.csv", row, row, 0), new Case(), FormattableString.Invariant($"C-{row}"), null, IsGone: false);
}
