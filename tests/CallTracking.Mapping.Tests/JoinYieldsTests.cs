using CallTracking.Mapping.Shapes;
using Xunit;

namespace CallTracking.Mapping.Tests;

/// <summary>What joins gave a case, as it is kept from run to run.</summary>
public sealed class JoinYieldsTests
{
    private static readonly JoinYields Three = new(new JoinYield(1, 10, 5), new JoinYield(2, 20, 0), new JoinYield(3, 30, 300));

    [Theory]
    [InlineData(0, 7)]
    [InlineData(127, 7)]
    [InlineData(128, 8)]
    [InlineData(int.MaxValue, 11)]
    public void ToBytes_AnyCount_IsReadAgainAndShort(int records, int bytes)
    {
        var yields = new JoinYields(new JoinYield(uint.MaxValue, ushort.MaxValue, records), new JoinYield(1, 2, 3));

        Assert.Equal(bytes + 7, yields.ToBytes().Length);
        Assert.Equal(yields.All, JoinYields.Parse(yields.ToBytes()).All);
    }

    [Fact]
    public void Parse_WhatNobodyWrote_IsReadAsFarAsItGoes()
    {
        var bytes = Three.ToBytes();

        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.Equal(Three.All.Take(Math.Min(2, length / 7)), JoinYields.Parse(bytes.AsSpan(0, length)).All);
        }

        Assert.NotNull(JoinYields.Parse([.. Enumerable.Repeat((byte)0xFF, 40)]));
    }

    [Theory]
    [InlineData(1, 10, 4, true)]
    [InlineData(1, 10, 5, false)]
    [InlineData(1, 10, 6, false)]
    [InlineData(1, 11, 0, false)] // It names another one.
    [InlineData(4, 10, 0, false)] // Another join.
    public void IsLessThan_OfOneJoin_IsAboutWhatTheRecordStillNames(uint join, int lead, int records, bool isLess)
    {
        var now = new JoinYields(new JoinYield(join, (ushort)lead, records));

        Assert.Equal(isLess, now.IsLessThan(Three));
        Assert.Equal(isLess ? [(join, 5 - records)] : [], now.LostOf(Three));
    }

    [Fact]
    public void MostOf_JoinsOfNow_HaveTheMostThatTheyGave()
    {
        var now = new JoinYields(new JoinYield(1, 10, 4), new JoinYield(2, 20, 1), new JoinYield(3, 31, 2), new JoinYield(4, 40, 0));

        Assert.Equal([new JoinYield(1, 10, 5), new JoinYield(2, 20, 1), new JoinYield(3, 31, 2), new JoinYield(4, 40, 0)], now.MostOf(Three).All);
    }
}
