using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace CallTracking.Contracts.Tests;

public sealed class ValueTests
{
    [Fact]
    public void CaseUid_AnyBytes_SurviveEveryForm() =>
        Prop.ForAll(
            ArbMap.Default.ArbFor<Guid>(),
            uuid =>
            {
                var uid = CaseUid.FromGuid(uuid);
                return uid.ToGuid() == uuid
                    && CaseUid.FromBytes(uid.ToByteString().Span) == uid
                    && CaseUid.TryParse(uid.ToString(), out var parsed) && parsed == uid;
            }).QuickCheckThrowOnFailure();

    [Fact]
    public void CaseUid_WrongLength_SaysWhichLengthItWants()
    {
        var failure = Assert.Throws<FormatException>(() => CaseUid.FromBytes(new byte[15]));

        Assert.Contains("16", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void CaseUid_Order_IsThatOfItsBytes()
    {
        Assert.True(CaseUid.FromBytes([0, .. new byte[14], 2]) < CaseUid.FromBytes([1, .. new byte[15]]));
    }

    [Theory]
    [InlineData("JP", true)]
    [InlineData("ABCDEFGH", true)]
    [InlineData("J", false)]
    [InlineData("jp", false)]
    [InlineData("ABCDEFGHI", false)]
    [InlineData("J1", false)]
    [InlineData(null, false)]
    public void RegionCode_TryParse_TakesTwoToEightCapitals(string? text, bool fits)
    {
        Assert.Equal(fits, RegionCode.TryParse(text, out _));
    }

    [Fact]
    public void CaseOrder_LaterEpoch_BeatsAnySequence()
    {
        Assert.True(new CaseOrder(2, 1) > new CaseOrder(1, ulong.MaxValue));
        Assert.True(new CaseOrder(2, 2) > new CaseOrder(2, 1));
    }
}
