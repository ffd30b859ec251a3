using CallTracking.Contracts;
using CallTracking.Hub.Access;
using CallTracking.Hub.Dictionaries;
using CallTracking.Rpc;
using ServiceDescriptor = Google.Protobuf.Reflection.ServiceDescriptor;

namespace CallTracking.Hub.Policies;

/// <summary>Hands an enrolled region the rules for its edge, and the group's code tables.</summary>
internal sealed class PolicyService(RuleSource rules, BundleSource bundles, DictionarySource dictionaries)
{
    private static readonly ServiceDescriptor Descriptor = PolicyReflection.Descriptor.Services.Single(service => service.Name == "PolicyService");

    public RpcServiceBinder Bind() => new RpcServiceBinder(Descriptor)
        .Unary<GetBundleRequest, GetBundleResponse>("GetBundle", GetBundleAsync)
        .Unary<GetDictionaryRequest, GetDictionaryResponse>("GetDictionary", GetDictionaryAsync);

    private async Task<GetBundleResponse> GetBundleAsync(GetBundleRequest request, RpcContext context)
    {
        var region = context.RequireRegion();
        var inForce = await rules.FindAsync(context.CancellationToken);
        return inForce is null || request.HaveVersion == (ulong)inForce.Version
            ? new GetBundleResponse()
            : new GetBundleResponse { Bundle = await bundles.FindAsync(region, context.CancellationToken) };
    }

    // Every region has the same tables, but only regions have them.
    private Task<GetDictionaryResponse> GetDictionaryAsync(GetDictionaryRequest request, RpcContext context)
    {
        context.RequireRegion();
        return dictionaries.AnswerAsync(request, context.CancellationToken);
    }
}
