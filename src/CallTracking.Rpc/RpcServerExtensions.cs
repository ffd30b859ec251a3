using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace CallTracking.Rpc;

public static class RpcServerExtensions
{
    private const string GrpcOnly = "grpc";

    /// <summary>
    /// Adds what <see cref="MapRpc"/> needs, and the <see cref="RpcHealth"/> of the host. From then on an exception of any
    /// middleware ends a gRPC call with a status, as an exception of a handler does.
    /// </summary>
    public static IServiceCollection AddRpc(this IServiceCollection services, Action<RpcServerOptions>? configure)
    {
        services.AddRouting(routes => routes.SetParameterPolicy<GrpcConstraint>(GrpcOnly));
        services.AddSingleton<RpcServer>();
        services.AddSingleton<RpcHealth>();
        services.AddTransient<IStartupFilter, RpcErrorFilter>();
        services.AddOptions<RpcServerOptions>()
            .Validate(options => options is { MaxReceiveMessageBytes: > 0, MaxSendMessageBytes: > 0 }, "Rpc: message limits are at least 1 byte.")
            .Validate(options => options.RequestTime > TimeSpan.Zero, "Rpc: RequestTime is more than nothing.")
            .Validate(options => options.DrainTime >= TimeSpan.Zero, "Rpc: DrainTime is not negative.");
        if (configure is not null)
        {
            services.Configure(configure);
        }

        return services;
    }

    /// <summary>
    /// Serves a service. The result takes conventions such as <c>RequireAuthorization</c>. From the first mapping on, a gRPC
    /// call of a service or method that nobody mapped is answered UNIMPLEMENTED.
    /// </summary>
    public static IEndpointConventionBuilder MapRpc(this IEndpointRouteBuilder endpoints, RpcServiceBinder binder)
    {
        var server = endpoints.ServiceProvider.GetService<RpcServer>()
            ?? throw new InvalidOperationException("Call AddRpc on the services before MapRpc.");
        MapFallback(endpoints, server);
        var group = endpoints.MapGroup("/" + binder.Service.FullName);
        foreach (var (method, handler) in binder.Handlers)
        {
            group.MapPost("/" + method, http => server.RunAsync(http, handler)).WithDisplayName($"gRPC {binder.Service.FullName}/{method}");
        }

        return group;
    }

    private static void MapFallback(IEndpointRouteBuilder endpoints, RpcServer server)
    {
        if (server.HasFallback)
        {
            return;
        }

        server.HasFallback = true;
        endpoints.MapPost($"/{{service}}/{{method:{GrpcOnly}}}", http => server.RunAsync(http, _ =>
                throw new RpcException(RpcStatusCode.Unimplemented, "The server does not offer this service or method.")))
            .WithDisplayName("gRPC unimplemented");
    }

    /// <summary>Stands before all middleware.</summary>
    private sealed class RpcErrorFilter(RpcServer server) : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use(later => http => RequestHeaders.IsGrpc(http.Request) ? server.GuardAsync(http, later) : later(http));
            next(app);
        };
    }

    /// <summary>Lets a route match gRPC calls only, so that pages keep their own answers.</summary>
    private sealed class GrpcConstraint : IRouteConstraint
    {
        public bool Match(HttpContext? httpContext, IRouter? route, string routeKey, RouteValueDictionary values, RouteDirection routeDirection) =>
            httpContext is null || RequestHeaders.IsGrpc(httpContext.Request);
    }
}
