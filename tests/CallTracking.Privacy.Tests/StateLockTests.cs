using System.Security.Cryptography;
using System.Text;
using Xunit;

namespace CallTracking.Privacy.Tests;

/// <summary>Files with keys, locked under a key that lies elsewhere.</summary>
public sealed class StateLockTests
{
    private static readonly byte[] Content = Encoding.ASCII.GetBytes("what nobody else may read");
    private readonly StateLock _lock = StateLock.TryParse(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(StateLock.KeySize)))!;
    private readonly StateLock _other = StateLock.TryParse(Convert.ToBase64String(RandomNumberGenerator.GetBytes(StateLock.KeySize)))!;

    [Fact]
    public void Open_WhatWasClosed_GivesItBackAndTheFileTellsNothing()
    {
        var (first, second) = (_lock.Close("a.key", Content), _lock.Close("a.key", Content));

        Assert.Equal(Content, _lock.Open("a.key", first));
        Assert.Equal(-1, first.AsSpan().IndexOf(Content.AsSpan(0, 4)));
        Assert.NotEqual(first, second); // A nonce of its own for each.
        Assert.Equal(_lock.KeyId, StateLock.KeyIdOf(first));
    }

    [Fact]
    public void Open_AnyByteChangedOrCut_NeverGivesTheContent()
    {
        var file = _lock.Close("a.key", Content);
        for (var at = 0; at < file.Length; at++)
        {
            var changed = file.ToArray();
            changed[at] ^= 1;
            Assert.NotEqual(Content, TryOpen(_lock, "a.key", changed));
            Assert.NotEqual(Content, TryOpen(_lock, "a.key", file[..at]));
        }
    }

    [Fact]
    public void Open_OtherKeyNoKeyOrAnotherFilesPlace_SaysWhich()
    {
        var file = _lock.Close("a.key", Content);

        Assert.Contains($"the configured one is {_other.KeyId}", Refusal(_other, "a.key", file), StringComparison.Ordinal);
        Assert.Contains("none is configured", Refusal(StateLock.None, "a.key", file), StringComparison.Ordinal);
        Assert.Contains("another file in its stead", Refusal(_lock, "b.key", file), StringComparison.Ordinal);
    }

    [Fact]
    public void Open_FileInClear_GivesItAsItIs() => Assert.Equal(Content, _lock.Open("a.key", StateLock.None.Close("a.key", Content)));

    [Fact]
    public void Renew_ClearOlderAndOwn_PutsEachUnderThisKeyOnce()
    {
        var older = _other.Close("a.key", Content);

        Assert.Equal(Content, _lock.Open("a.key", _lock.Renew("a.key", Content, older: null)!));
        Assert.Equal(Content, _lock.Open("a.key", _lock.Renew("a.key", older, _other)!));
        Assert.Null(_lock.Renew("a.key", _lock.Close("a.key", Content), _other));
        Assert.Throws<StateLockException>(() => _lock.Renew("a.key", older, older: null));
    }

    [Theory]
    [InlineData("")]
    [InlineData("secret")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("zz11111111111111111111111111111111111111111111111111111111111111")]
    [InlineData("0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e")]
    [InlineData("AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0e")]
    public void TryParse_NoKeyOf32Bytes_IsRefused(string text) => Assert.Null(StateLock.TryParse(text));

    [Fact]
    public void TryParse_SameKeyInBothSpellings_IsOneKey()
    {
        var key = RandomNumberGenerator.GetBytes(StateLock.KeySize);

        Assert.Equal(
            StateLock.TryParse(Convert.ToHexString(key) + "\n")!.KeyId,
            StateLock.TryParse(Convert.ToBase64String(key))!.KeyId);
    }

    private static byte[]? TryOpen(StateLock with, string name, byte[] file)
    {
        try
        {
            return with.Open(name, file);
        }
        catch (StateLockException)
        {
            return null;
        }
    }

    private static string Refusal(StateLock with, string name, byte[] file) => Assert.Throws<StateLockException>(() => with.Open(name, file)).Message;
}
