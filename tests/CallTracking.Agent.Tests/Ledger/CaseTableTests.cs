using CallTracking.Agent.Ledger;
using CallTracking.Mapping.Shapes;
using Xunit;

namespace CallTracking.Agent.Tests.Ledger;

/// <summary>What the table of cases keeps of what joins gave them.</summary>
public sealed class CaseTableTests : IDisposable
{
    private static readonly JoinYields Yields = new(new JoinYield(1, 2, 3));

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Joined_OfACase_StandsUntilItIsGivenMoreOrItsSourceForgetsIt()
    {
        using var file = LedgerFile.Open(_folder.File("ledger.db"), thorough: false);
        using var cases = new CaseTable(file.Connection);
        byte[] one = [.. LedgerBench.Uid(1).ToByteString()];
        byte[] other = [.. LedgerBench.Uid(2).ToByteString()];
        cases.Write(one, Row("desk") with { Joined = Yields });
        cases.Write(other, Row("other") with { Joined = Yields });

        cases.Write(one, Row("desk"));
        cases.See(one, 2, Row("desk"));
        var kept = cases.Find(one)?.Joined;
        cases.ForgetJoined("desk");

        Assert.Equal(Yields.All, kept!.All);
        Assert.Null(cases.Find(one)!.Value.Joined);
        Assert.Equal(Yields.All, cases.Find(other)!.Value.Joined!.All);
    }

    private static LedgerRow Row(string source) => new(LedgerBench.Hash(1), default, null, CaseState.Sent, 1) { Source = source };
}
