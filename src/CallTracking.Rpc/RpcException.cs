using System.Globalization;
using CallTracking.Rpc.Wire;
using Google.Protobuf;
using Google.Protobuf.Collections;
using Google.Protobuf.WellKnownTypes;

namespace CallTracking.Rpc;

/// <summary>
/// A call's outcome other than OK: thrown by a handler to answer it, thrown at a client that received it. The detail is for
/// people and travels to the peer, so it never holds personal data; <see cref="Reason"/> is for machines.
/// </summary>
public sealed class RpcException : Exception
{
    internal const string DetailsKey = "grpc-status-details-bin";
    private const string ReasonKey = "reason";
    private const string RetryAfterKey = "retry-after-ms";

    /// <param name="statusCode">The outcome; not OK.</param>
    /// <param name="detail">For people: what was expected, what shape was found, the cure.</param>
    /// <param name="trailers">Metadata beside the status, or null for none.</param>
    /// <param name="innerException">What caused it; stays in this process.</param>
    public RpcException(RpcStatusCode statusCode, string detail, RpcMetadata? trailers = null, Exception? innerException = null)
        : base($"{statusCode}: {detail}", innerException)
    {
        StatusCode = statusCode;
        Detail = detail;
        Trailers = trailers ?? [];
    }

    public RpcStatusCode StatusCode { get; }

    public string Detail { get; }

    public RpcMetadata Trailers { get; }

    /// <summary>The stable, machine-readable reason: trailer <c>reason</c>, else the ErrorInfo among the details. Null for none.</summary>
    public string? Reason => Trailers.Get(ReasonKey) ?? Detailed<ErrorInfo>()?.Reason;

    /// <summary>How long the server asks to wait before the next try: RetryInfo among the details, else trailer <c>retry-after-ms</c>.</summary>
    public TimeSpan? RetryAfter
    {
        get
        {
            if (Detailed<RetryInfo>()?.RetryDelay is { } delay)
            {
                return TimeSpan.FromSeconds(Math.Clamp(delay.Seconds, 0, int.MaxValue)) + TimeSpan.FromTicks(Math.Max(delay.Nanos, 0) / TimeSpan.NanosecondsPerTick);
            }

            return long.TryParse(Trailers.Get(RetryAfterKey), NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds)
                && milliseconds <= int.MaxValue
                ? TimeSpan.FromMilliseconds(milliseconds)
                : null;
        }
    }

    /// <summary>The messages of the standard error model (google.rpc.Status) that came with the status; empty when none or unreadable.</summary>
    public IReadOnlyList<Any> Details => DecodeDetails();

    /// <summary>A status with a machine-readable reason and, where given, the time to wait before the next try.</summary>
    public static RpcException WithReason(RpcStatusCode statusCode, string reason, string detail, TimeSpan? retryAfter = null)
    {
        var trailers = new RpcMetadata { { ReasonKey, reason } };
        if (retryAfter is { } wait)
        {
            trailers.Add(RetryAfterKey, ((long)wait.TotalMilliseconds).ToString(CultureInfo.InvariantCulture));
        }

        return new RpcException(statusCode, detail, trailers);
    }

    /// <summary>A status with details of the standard error model, which any gRPC client can read.</summary>
    public static RpcException WithDetails(RpcStatusCode statusCode, string detail, params IEnumerable<IMessage> details)
    {
        var status = new Status { Code = (int)statusCode, Message = detail };
        status.Details.AddRange(details.Select(Any.Pack));
        var trailers = new RpcMetadata();
        trailers.TryAddFromWire(DetailsKey, Convert.ToBase64String(status.ToByteArray()));
        return new RpcException(statusCode, detail, trailers);
    }

    private T? Detailed<T>()
        where T : class, IMessage, new()
    {
        foreach (var any in Details)
        {
            try
            {
                if (any.TryUnpack<T>(out var found))
                {
                    return found;
                }
            }
            catch (InvalidProtocolBufferException)
            {
                // A peer's broken detail is no detail; the status itself stands.
            }
        }

        return null;
    }

    private RepeatedField<Any> DecodeDetails()
    {
        if (Trailers.GetBinary(DetailsKey) is not { } bytes)
        {
            return [];
        }

        try
        {
            return Status.Parser.ParseFrom(bytes).Details;
        }
        catch (InvalidProtocolBufferException)
        {
            return [];
        }
    }
}
