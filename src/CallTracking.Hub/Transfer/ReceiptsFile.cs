using System.Security.Cryptography;
using CallTracking.Contracts;
using CallTracking.Privacy;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace CallTracking.Hub.Transfer;

/// <summary>A file of receipts that is being written: it has its name when it is whole, and is gone otherwise.</summary>
internal sealed class ReceiptsFile : IDisposable
{
    private readonly FileStream _stream;
    private readonly TransferWriter _writer;
    private bool _isWhole;

    /// <param name="folder">Where it is put.</param>
    /// <param name="answered">The header of the region's file.</param>
    /// <param name="answerKey">From that file.</param>
    /// <param name="signer">The hub's.</param>
    /// <param name="now">When.</param>
    public ReceiptsFile(string folder, TransferHeader answered, byte[] answerKey, ECDsa signer, DateTimeOffset now)
    {
        Path = System.IO.Path.Combine(folder, FormattableString.Invariant($"{answered.Region}-{answered.Number:D6}-receipts.ct"));
        _stream = new FileStream(Path + ".part", FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16);
        var header = new TransferHeader
        {
            Region = answered.Region,
            Number = answered.Number,
            FileId = ByteString.CopyFrom(RandomNumberGenerator.GetBytes(CaseUid.Size)),
            Answers = answered.FileId,
            MadeAt = Timestamp.FromDateTimeOffset(now),
            Run = answered.Run,
        };
        _writer = TransferWriter.ToRegion(_stream, header, answerKey, signer);
    }

    public string Path { get; }

    public void Write(IMessage message) => _writer.Write(message);

    public void Complete()
    {
        _writer.Complete();
        _stream.Flush(flushToDisk: true);
        _stream.Dispose();
        File.Move(Path + ".part", Path, overwrite: true);
        _isWhole = true;
    }

    public void Dispose()
    {
        _writer.Dispose();
        _stream.Dispose();
        if (!_isWhole)
        {
            File.Delete(Path + ".part");
        }
    }
}
