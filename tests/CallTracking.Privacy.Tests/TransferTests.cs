using System.Security.Cryptography;
using CallTracking.Contracts;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Xunit;

namespace CallTracking.Privacy.Tests;

/// <summary>A transfer file opens for whom it was made, as it was made, and in no other way.</summary>
public sealed class TransferTests : IDisposable
{
    private readonly ECDiffieHellman _hub = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
    private readonly ECDsa _region = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public void Dispose()
    {
        _hub.Dispose();
        _region.Dispose();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1, 127, 128, 16_383, 16_384)]
    [InlineData(65_533, 1, 65_536, 200_000)]
    public void Read_WhatWasWritten_GivesItBackMessageByMessage(params int[] lengths)
    {
        var messages = lengths.Select(RandomNumberGenerator.GetBytes).ToList();

        var file = Open(Write(messages));
        file.Verify(_region);

        Assert.Equal(messages, file.ReadAtHub(_hub).Select(message => message.ToArray()));
        Assert.Equal(messages, file.ReadAtHub(_hub).Select(message => message.ToArray()));
    }

    [Fact]
    public void Verify_AnyByteChangedOrMissingOrAdded_IsRefused()
    {
        var whole = Write([RandomNumberGenerator.GetBytes(900)]);
        foreach (var offset in Enumerable.Range(0, whole.Length))
        {
            var changed = (byte[])whole.Clone();
            changed[offset] ^= 0x10;
            Assert.Throws<TransferException>(() => Open(changed).Verify(_region));
            Assert.Throws<TransferException>(() => Open(whole[..offset]).Verify(_region));
        }

        Assert.Throws<TransferException>(() => Open([.. whole, 0]).Verify(_region));
    }

    [Fact]
    public void Read_ChunksMovedOrTheLastOneLeftOut_DoesNotOpenEvenWithoutALookAtTheSignature()
    {
        var whole = Write([RandomNumberGenerator.GetBytes(64 * 1024 * 3)]);
        const int Chunk = 4 + (64 * 1024) + 16;
        var start = whole.Length - 64 - (4 + 16 + 3) - (3 * Chunk);
        byte[] swapped = [.. whole[..start], .. whole[(start + Chunk)..(start + (2 * Chunk))], .. whole[start..(start + Chunk)], .. whole[(start + (2 * Chunk))..]];
        var shorter = whole[..(start + Chunk)];
        shorter[start] |= 0x80;

        Assert.Equal(TransferFault.Damaged, Fault(() => Open(swapped).ReadAtHub(_hub)));
        Assert.Equal(TransferFault.Damaged, Fault(() => Open(shorter).ReadAtHub(_hub)));
        Assert.Single(Open(whole).ReadAtHub(_hub).ToList());
    }

    [Fact]
    public void Read_AnotherKeyOrFormat_SaysWhich()
    {
        using var other = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        using var stranger = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var whole = Write([[1]]);
        var later = (byte[])whole.Clone();
        later["calltracking transfer ".Length] = (byte)'2';

        Assert.Equal(TransferFault.OtherKey, Fault(() => Open(whole).ReadAtHub(other)));
        Assert.Equal(TransferFault.Damaged, Fault(() => Open(whole).Verify(stranger)));
        Assert.Equal(TransferFault.OtherFormat, Fault(() => Open(later)));
        Assert.Equal(TransferFault.NotATransfer, Fault(() => Open("PK"u8.ToArray())));
    }

    [Fact]
    public void Receipts_AreReadByWhoAskedAndAreNoBatches()
    {
        var answerKey = RandomNumberGenerator.GetBytes(32);
        using var stream = new MemoryStream();
        using (var writer = TransferWriter.ToRegion(stream, Header(), answerKey, _region))
        {
            writer.Write(new byte[] { 7 });
            writer.Complete();
        }

        var file = Open(stream.ToArray());
        file.Verify(_region);

        Assert.Equal([7], file.ReadAtRegion(answerKey).Single().ToArray());
        Assert.Equal(TransferFault.Damaged, Fault(() => file.ReadAtRegion(RandomNumberGenerator.GetBytes(32))));
        Assert.Equal(TransferKind.Receipts, file.Header.Kind);
    }

    [Fact]
    public void Key_OfAnotherHub_IsRefused()
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var key = new TransferKey { PublicKey = ByteString.CopyFrom(_hub.ExportSubjectPublicKeyInfo()), SignedAt = new Timestamp() };
        var signed = TransferKeySigner.Sign(key, _region);

        Assert.Equal(_hub.ExportSubjectPublicKeyInfo(), TransferKeyVerifier.Open(signed, _region.ExportSubjectPublicKeyInfo()));
        Assert.Null(TransferKeyVerifier.Open(signed, other.ExportSubjectPublicKeyInfo()));
        signed.Key = ByteString.CopyFrom([.. signed.Key.Span, 0]);
        Assert.Null(TransferKeyVerifier.Open(signed, _region.ExportSubjectPublicKeyInfo()));
    }

    private static TransferHeader Header() => new() { Region = "DE", Number = 1, FileId = ByteString.CopyFrom(RandomNumberGenerator.GetBytes(16)) };

    private static TransferFile Open(byte[] file) => TransferFile.Open(new MemoryStream(file));

    private static TransferFault? Fault<T>(Func<IEnumerable<T>> read) => Fault(() =>
    {
        foreach (var _ in read())
        {
        }
    });

    private static TransferFault? Fault(Action work) => Assert.Throws<TransferException>(work).Fault;

    private byte[] Write(IEnumerable<byte[]> messages)
    {
        using var stream = new MemoryStream();
        using var writer = TransferWriter.ToHub(stream, Header(), _hub.ExportSubjectPublicKeyInfo(), _region);
        foreach (var message in messages)
        {
            writer.Write((ReadOnlySpan<byte>)message);
        }

        writer.Complete();
        return stream.ToArray();
    }
}
