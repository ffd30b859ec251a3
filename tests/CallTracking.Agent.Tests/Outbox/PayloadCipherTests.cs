using System.Security.Cryptography;
using CallTracking.Agent.Outbox;
using Xunit;

namespace CallTracking.Agent.Tests.Outbox;

public sealed class PayloadCipherTests : IDisposable
{
    private readonly PayloadCipher _cipher = new(RandomNumberGenerator.GetBytes(32));

    [Fact]
    public void Open_WhatWasSealed_GivesItBack()
    {
        var content = RandomNumberGenerator.GetBytes(1000);

        Assert.Equal(content, _cipher.Open(_cipher.Seal(content, "place"u8), "place"u8).ToArray());
    }

    [Fact]
    public void Open_InAnothersPlace_IsRefused()
    {
        var payload = _cipher.Seal("content"u8, "one"u8);

        Assert.ThrowsAny<CryptographicException>(() => _cipher.Open(payload, "two"u8));
    }

    [Fact]
    public void Open_OneBitChanged_IsRefused()
    {
        var payload = _cipher.Seal("content"u8, "place"u8);
        payload[^1] ^= 1;

        Assert.ThrowsAny<CryptographicException>(() => _cipher.Open(payload, "place"u8));
    }

    [Fact]
    public void SealAndOpen_FromManyThreads_AllHold() => Parallel.For(0, 20_000, number =>
    {
        var content = BitConverter.GetBytes(number);
        Assert.Equal(content, _cipher.Open(_cipher.Seal(content, content), content).ToArray());
    });

    public void Dispose() => _cipher.Dispose();
}
