using CallTracking.Contracts;
using CallTracking.Hub.Access;
using CallTracking.Rpc;
using ServiceDescriptor = Google.Protobuf.Reflection.ServiceDescriptor;

namespace CallTracking.Hub.Policies;

/// <summary>Hands an enrolled region the rules for its edge.</summary>
internal sealed class PolicyService(RuleSource rules, BundleSource bundles)
{
    private static readonly ServiceDescriptor Descriptor = PolicyReflection.Descriptor.Services.Single(service => service.Name == "PolicyService");

    public RpcServiceBinder Bind() => new RpcServiceBinder(Descriptor).Unary<GetBundleRequest, GetBundleResponse>("GetBundle", GetBundleAsync);

    private async Task<GetBundleResponse> GetBundleAsync(GetBundleRequest request, RpcContext context)
    {
        var region = context.RequireRegion();
        var inForce = await rules.FindAsync(context.CancellationToken);
        return inForce is null || request.HaveVersion == (ulong)inForce.Version
            ? new GetBundleResponse()
            : new GetBundleResponse { Bundle = await bundles.FindAsync(region, context.CancellationToken) };
    }
}
