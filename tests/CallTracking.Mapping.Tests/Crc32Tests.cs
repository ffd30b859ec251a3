using Xunit;

namespace CallTracking.Mapping.Tests;

/// <summary>The check sum of zip files, against its definition bit by bit.</summary>
public sealed class Crc32Tests
{
    [Fact]
    public void Value_OfTheStandardsExample_IsItsCheck()
    {
        var sum = default(Crc32);
        sum.Add("123456789"u8);

        Assert.Equal(0xCBF43926, sum.Value);
        Assert.Equal(0U, default(Crc32).Value);
    }

    [Fact]
    public void Value_OfAnyLengthInAnyParts_IsThatOfTheDefinition()
    {
        var random = new Random(11);
        for (var run = 0; run < 400; run++)
        {
            var bytes = new byte[random.Next(run < 200 ? 300 : 5000)];
            random.NextBytes(bytes);
            var sum = default(Crc32);
            for (var at = 0; at < bytes.Length;)
            {
                var length = Math.Min(random.Next(1, 700), bytes.Length - at);
                sum.Add(bytes.AsSpan(at, length));
                at += length;
            }

            Assert.Equal(ByDefinition(bytes), sum.Value);
        }
    }

    private static uint ByDefinition(byte[] bytes)
    {
        var rest = uint.MaxValue;
        foreach (var one in bytes)
        {
            rest ^= one;
            for (var bit = 0; bit < 8; bit++)
            {
                rest = (rest & 1) == 1 ? (rest >> 1) ^ 0xEDB88320 : rest >> 1;
            }
        }

        return ~rest;
    }
}
