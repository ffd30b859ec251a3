using CallTracking.Agent.Ledger;
using CallTracking.Agent.Reconciliation;
using CallTracking.Contracts;
using Xunit;

namespace CallTracking.Agent.Tests.Reconciliation;

/// <summary>What a difference between ledger and hub means: sent again, noted, or only told. H1 is the ledger's version, H2 another.</summary>
public sealed class RangeJudgeTests
{
    private static readonly CaseUid Uid = CaseUid.FromBytes([.. Enumerable.Repeat((byte)7, 16)]);
    private static readonly CaseOrder Order = new(3, 12);

    [Theory]
    [InlineData("Sent H1", "H1", null)]
    [InlineData("Sent H1", "", "Missing")]
    [InlineData("Sent H1", "gone", "Missing")]
    [InlineData("Sent H1", "H2", "Differs")]
    [InlineData("Sent H1", "H2 altered", "Altered")]
    [InlineData("Sent H1", "suppressed", "Suppressed")]
    [InlineData("Sent H1 noted H2", "H2", null)]
    [InlineData("Sent H1 noted H2", "H1", "Differs")]
    [InlineData("Sent H1 noted H2", "", "Missing")]
    [InlineData("Sent -", "H1", "Explained")]
    [InlineData("Sent -", "", null)]
    [InlineData("Sent - noted H1", "", "LostAtHub")]
    [InlineData("Sent -", "H2 altered", "Spoilt")]
    [InlineData("Held H1", "", null)]
    [InlineData("Held H1", "H2", "Explained")]
    [InlineData("Held H1", "suppressed", null)]
    [InlineData("Held H1", "H2 altered", "Spoilt")]
    [InlineData("Suppressed H1", "", null)]
    [InlineData("Suppressed H1", "suppressed", null)]
    [InlineData("Suppressed H1", "H2", "Explained")]
    [InlineData("Rejected H1", "", null)]
    [InlineData("Rejected H1", "H2", "Explained")]
    [InlineData("Rejected H1 noted H2", "suppressed", "Suppressed")]
    [InlineData("Gone H1", "", null)]
    [InlineData("Gone H1", "gone", null)]
    [InlineData("Gone H1", "H2", "StillAtHub")]
    [InlineData("", "H2", "OnlyAtHub")]
    [InlineData("", "suppressed", null)]
    [InlineData("", "gone", null)]
    [InlineData("", "H2 altered", "Spoilt")]
    [InlineData("stranger noted H2", "H2", null)]
    [InlineData("stranger noted H2", "H1", "OnlyAtHub")]
    [InlineData("stranger noted H2", "", "LostAtHub")]
    [InlineData("stranger noted H2", "suppressed", "Suppressed")]
    public void Judge_OneCase_IsWhatBothSidesSay(string ledger, string hub, string? expected)
    {
        var findings = RangeJudge.Judge(Claims(ledger), Stored(hub), isEqual: false, isHealed: false).ToList();

        Assert.Equal(expected, findings.SingleOrDefault() is { Uid: var uid } found && uid == Uid ? found.Kind.ToString() : null);
    }

    [Fact]
    public void Judge_VersionThatTheHubKeepsAfterHealing_IsNewer() =>
        Assert.Equal(FindingKind.Newer, RangeJudge.Judge(Claims("Sent H1"), Stored("H2"), isEqual: false, isHealed: true).Single().Kind);

    [Fact]
    public void Judge_ErasedCaseThatStandsThereAgain_IsNotSentAgain() =>
        Assert.Equal(FindingKind.Suppressed, RangeJudge.Judge(Claims("Sent H1"), [.. Stored("H2"), .. Stored("suppressed")], isEqual: false, isHealed: false).Single().Kind);

    [Fact]
    public void Judge_CaseThatIsGoneAndCameBack_IsThere() =>
        Assert.Empty(RangeJudge.Judge(Claims("Sent H1"), [.. Stored("gone"), .. Stored("H1")], isEqual: false, isHealed: false));

    [Fact]
    public void Judge_EqualRange_LooksOnlyAtWhatIsNamed()
    {
        Assert.Empty(RangeJudge.Judge(Claims("Sent H1"), [], isEqual: true, isHealed: false));
        Assert.Equal(FindingKind.Altered, RangeJudge.Judge(Claims("Sent H1"), Stored("H1 altered"), isEqual: true, isHealed: false).Single().Kind);
    }

    private static List<LedgerClaim> Claims(string text)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        ChangeHash? noted = words.Contains("noted") ? Hash(words[^1]) : null;
        return words switch
        {
            [] => [],
            ["stranger", ..] => [new LedgerClaim(Uid, null, null, noted, default)],
            _ => [new LedgerClaim(Uid, Enum.Parse<CaseState>(words[0]), words[1] == "-" ? null : Hash(words[1]), noted, Order)],
        };
    }

    private static List<StoredVersion> Stored(string text) => text switch
    {
        "" => [],
        "gone" => [new StoredVersion { CaseUid = Uid.ToByteString(), State = Outcome.Gone }],
        "suppressed" => [new StoredVersion { CaseUid = Uid.ToByteString(), State = Outcome.Suppressed }],
        _ => [new StoredVersion { CaseUid = Uid.ToByteString(), ChangeHash = Hash(text[..2]).ToByteString(), Altered = text.EndsWith("altered", StringComparison.Ordinal) }],
    };

    private static ChangeHash Hash(string name) => ChangeHash.FromBytes([.. Enumerable.Repeat((byte)name[1], ChangeHash.Size)]);
}
