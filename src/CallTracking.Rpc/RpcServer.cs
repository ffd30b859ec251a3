using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CallTracking.Rpc;

/// <summary>Runs calls: opens them, runs the handler, and turns whatever comes out into exactly one status.</summary>
internal sealed class RpcServer : IDisposable
{
    private readonly RpcServerOptions _options;
    private readonly IHostApplicationLifetime _lifetime;
    private readonly ILogger<RpcServer> _logger;
    private readonly CancellationTokenSource _drained = new();
    private readonly CancellationTokenRegistration _onStopping;
    private readonly Lock _end = new();
    private bool _isOver;
    private ITimer? _drain;

    public RpcServer(IOptions<RpcServerOptions> options, IHostApplicationLifetime lifetime, ILogger<RpcServer> logger)
    {
        _options = options.Value;
        _lifetime = lifetime;
        _logger = logger;
        _onStopping = lifetime.ApplicationStopping.Register(() =>
            _drain = _options.Clock.CreateTimer(_ => EndDraining(), null, _options.DrainTime, Timeout.InfiniteTimeSpan));
    }

    /// <summary>Whether calls of services that nobody mapped are answered already.</summary>
    public bool HasFallback { get; set; }

    public async Task RunAsync(HttpContext http, Func<ServerCall, Task> handler)
    {
        if (!TryPrepare(http))
        {
            return;
        }

        ServerCall? call = null;
        try
        {
            call = new ServerCall(http, _options, _lifetime.ApplicationStopping, _drained.Token);
            await handler(call);
            Finish(http, call, null);
        }
        catch (Exception error)
        {
            Finish(http, call, ToStatus(error, call, http));
        }
        finally
        {
            call?.Dispose();
        }
    }

    /// <summary>Runs what stands before the services, so that its exceptions are answered as theirs are.</summary>
    public async Task GuardAsync(HttpContext http, RequestDelegate next)
    {
        try
        {
            await next(http);
        }
        catch (Exception error) when (!http.Response.HasStarted)
        {
            if (TryPrepare(http))
            {
                Finish(http, null, ToStatus(error, null, http));
            }
        }
    }

    public void Dispose()
    {
        _onStopping.Dispose();
        _drain?.Dispose();
        lock (_end)
        {
            _isOver = true;
            _drained.Dispose();
        }
    }

    // A timer that is disposed may be firing already: then there is nobody left to tell.
    private void EndDraining()
    {
        lock (_end)
        {
            if (!_isOver)
            {
                _drained.Cancel();
            }
        }
    }

    private static bool TryPrepare(HttpContext http)
    {
        if (!RequestHeaders.IsGrpc(http.Request))
        {
            http.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
            return false;
        }

        if (!http.Response.SupportsTrailers())
        {
            http.Response.StatusCode = StatusCodes.Status426UpgradeRequired;
            return false;
        }

        // Kestrel's limits are made for pages: 30 MB a body, 240 bytes a second. Streams are longer and pause.
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = null;
        }

        if (http.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate)
        {
            rate.MinDataRate = null;
        }

        http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        http.Response.ContentType = "application/grpc";
        http.Response.Headers["grpc-accept-encoding"] = MessageGzip.Accepted;
        return true;
    }

    private static void Finish(HttpContext http, ServerCall? call, RpcException? failure)
    {
        if (http.RequestAborted.IsCancellationRequested)
        {
            return;
        }

        var inTrailers = failure is null || http.Response.HasStarted || call is { HasReplied: true };
        Send(StatusText.Status, ((int)(failure?.StatusCode ?? RpcStatusCode.OK)).ToString(System.Globalization.CultureInfo.InvariantCulture));
        if (failure is { Detail.Length: > 0 })
        {
            Send(StatusText.Message, StatusText.EncodeMessage(failure.Detail));
        }

        foreach (var (key, value) in (call?.Context.ResponseTrailers ?? []).Concat(failure?.Trailers ?? []))
        {
            Send(key, value);
        }

        void Send(string key, string value)
        {
            if (inTrailers)
            {
                http.Response.AppendTrailer(key, value);
            }
            else
            {
                http.Response.Headers.Append(key, value);
            }
        }
    }

    private RpcException ToStatus(Exception error, ServerCall? call, HttpContext http)
    {
        if (error is RpcException { StatusCode: not RpcStatusCode.OK } status)
        {
            return status;
        }

        if (error is OperationCanceledException or IOException)
        {
            if (http.RequestAborted.IsCancellationRequested || call is { ClientIsGone: true })
            {
                RpcLog.ClientGone(_logger, http.Request.Path);
                return new RpcException(RpcStatusCode.Cancelled, "The client went away.");
            }

            if (call is { IsPastDeadline: true })
            {
                return new RpcException(RpcStatusCode.DeadlineExceeded, "The deadline passed before the call was done.");
            }

            if (_drained.IsCancellationRequested)
            {
                return RpcException.WithReason(RpcStatusCode.Unavailable, "server-stopping", "The server is stopping: call again.");
            }
        }

        if (_options.MapException?.Invoke(error) is { } mapped)
        {
            RpcLog.Mapped(_logger, error, http.Request.Path, mapped.StatusCode);
            return mapped;
        }

        var reference = RandomNumberGenerator.GetHexString(12, lowercase: true);
        RpcLog.Failed(_logger, error, http.Request.Path, reference);
        return new RpcException(RpcStatusCode.Internal, $"The server failed. Its log has the reason under reference {reference}.");
    }
}
