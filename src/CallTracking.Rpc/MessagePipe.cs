using System.IO.Pipelines;

namespace CallTracking.Rpc;

/// <summary>Pipes over the client's streams, in pieces that suit messages of a mebibyte.</summary>
internal static class MessagePipe
{
    private const int PieceBytes = 32 * 1024;

    public static PipeWriter Over(Stream requests) =>
        PipeWriter.Create(requests, new StreamPipeWriterOptions(minimumBufferSize: PieceBytes, leaveOpen: true));

    /// <summary>Waits without holding memory: most streams are idle most of the time.</summary>
    public static PipeReader From(Stream replies) =>
        PipeReader.Create(replies, new StreamPipeReaderOptions(bufferSize: PieceBytes, leaveOpen: true, useZeroByteReads: true));
}
