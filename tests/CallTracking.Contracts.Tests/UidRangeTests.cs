using System.Security.Cryptography;
using Google.Protobuf;
using Xunit;

namespace CallTracking.Contracts.Tests;

/// <summary>Ranges of uids and their sums, which both sides of a reconciliation have to reckon alike.</summary>
public sealed class UidRangeTests
{
    private static readonly byte[] Key = [.. Enumerable.Range(0, RangeSum.KeyBytes).Select(number => (byte)number)];

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(8)]
    [InlineData(11)]
    [InlineData(16)]
    public void All_OfALevel_CoverEveryUidOnceInOrder(int bits)
    {
        var ranges = UidRange.All(bits).ToList();

        Assert.Equal(1 << bits, ranges.Count);
        Assert.Equal(new string('0', 32), ranges[0].First.ToString());
        Assert.Equal(new string('f', 32), ranges[^1].Last.ToString());
        Assert.All(ranges.Zip(ranges.Skip(1)), pair => Assert.Equal(Next(pair.First.Last), pair.Second.First));
        for (var count = 0; count < 200; count++)
        {
            var uid = CaseUid.FromBytes(RandomNumberGenerator.GetBytes(CaseUid.Size));
            var mine = UidRange.Of(uid, bits);
            Assert.True(mine.First <= uid && uid <= mine.Last);
            Assert.Contains(mine, ranges);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(121)]
    [InlineData(127)]
    [InlineData(128)]
    public void Prefix_SentAndRead_IsTheSameRange(int bits)
    {
        var range = UidRange.Of(CaseUid.FromBytes(SHA256.HashData(Key).AsSpan(0, 16)), bits);

        Assert.True(UidRange.TryParse(range.Prefix, (uint)bits, out var read));
        Assert.Equal(range, read);
        Assert.Equal((bits + 7) / 8, range.Prefix.Length);
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData("80", 0)]
    [InlineData("81", 1)]
    [InlineData("8000", 8)]
    [InlineData("00000000000000000000000000000000", 129)]
    [InlineData("", uint.MaxValue)]
    public void TryParse_NoRange_IsRefused(string prefix, uint bits) =>
        Assert.False(UidRange.TryParse(ByteString.CopyFrom(Convert.FromHexString(prefix)), bits, out _));

    [Fact]
    public void Split_AgainAndAgain_EndsAtOneCase()
    {
        var range = default(UidRange);
        for (var parts = range.Split().ToList(); parts.Count > 0; parts = range.Split().ToList())
        {
            Assert.Equal((range.First, range.Last), (parts[0].First, parts[^1].Last));
            Assert.All(parts.Zip(parts.Skip(1)), pair => Assert.Equal(Next(pair.First.Last), pair.Second.First));
            range = parts[9];
        }

        Assert.Equal((UidRange.MostBits, range.First), (range.Bits, range.Last));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(256, 0)]
    [InlineData(257, 1)]
    [InlineData(512, 1)]
    [InlineData(513, 2)]
    [InlineData(5_000_000, 15)]
    [InlineData(100_000_000, 16)]
    [InlineData(long.MaxValue, 16)]
    public void BitsFor_SoManyCases_LeavesAboutTheUsualNumberARange(long cases, int bits) => Assert.Equal(bits, UidRange.BitsFor(cases));

    [Fact]
    public void RangeSum_AnyOrder_IsTheSameAndEveryChangeIsAnother()
    {
        var cases = Enumerable.Range(0, 300).Select(_ => (Uid: CaseUid.FromBytes(RandomNumberGenerator.GetBytes(16)), Hash: RandomNumberGenerator.GetBytes(16))).ToList();
        var sum = Sum(Key, cases);
        var turned = Sum(Key, cases.AsEnumerable().Reverse());
        var one = cases[17].Hash.ToArray();
        one[15] ^= 1;

        Assert.True(sum.Matches(Said(turned)));
        Assert.False(sum.Matches(Said(Sum(Key, cases.Skip(1)))));
        Assert.False(sum.Matches(Said(Sum(Key, cases.Select((entry, index) => index == 17 ? (entry.Uid, one) : entry)))));
        Assert.False(sum.Matches(Said(Sum([.. Key.Reverse()], cases))));

        // Two of one case cancel each other out in the digest, and are two all the same.
        Assert.False(sum.Matches(Said(Sum(Key, [.. cases, cases[0], cases[0]]))));
        sum.Clear();
        Assert.True(sum.Matches(Said(new RangeSum(Key))));
    }

    [Fact]
    public void RangeSum_OfOneCase_IsWhatTheContractSays()
    {
        var (uid, hash) = (SHA256.HashData("uid"u8)[..16], SHA256.HashData("hash"u8)[..16]);

        Assert.Equal(SHA256.HashData([.. Key, .. uid, .. hash]), Sum(Key, [(CaseUid.FromBytes(uid), hash)]).Digest.ToByteArray());
    }

    [Fact]
    public void RangeSum_OfTwoCases_IsTheXorOfBoth()
    {
        var (one, other) = (Case("one"), Case("other"));

        var both = Sum(Key, [one, other]).Digest.ToByteArray();

        Assert.Equal(Sum(Key, [one]).Digest.Zip(Sum(Key, [other]).Digest, (left, right) => (byte)(left ^ right)), both);

        static (CaseUid Uid, byte[] Hash) Case(string name)
        {
            var hash = SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(name));
            return (CaseUid.FromBytes(hash.AsSpan(0, 16)), hash.AsSpan(16).ToArray());
        }
    }

    private static RangeSum Sum(byte[] key, IEnumerable<(CaseUid Uid, byte[] Hash)> cases)
    {
        var sum = new RangeSum(key);
        foreach (var (uid, hash) in cases)
        {
            sum.Add(uid, hash);
        }

        return sum;
    }

    private static RangeDigest Said(RangeSum sum) => new() { Count = sum.Count, Digest = sum.Digest };

    private static CaseUid Next(CaseUid uid)
    {
        var number = UInt128.Parse(uid.ToString(), System.Globalization.NumberStyles.HexNumber, System.Globalization.CultureInfo.InvariantCulture) + 1;
        return CaseUid.FromBytes(Convert.FromHexString(number.ToString("x32", System.Globalization.CultureInfo.InvariantCulture)));
    }
}
