namespace CallTracking.Hub.Proof;

internal static class ProofExtensions
{
    /// <summary>Adds the report of what is stored.</summary>
    public static IServiceCollection AddProof(this IServiceCollection services) => services.AddSingleton<ProofMaker>();
}
