namespace CallTracking.Agent.Sources.Http;

/// <summary>Addresses that credentials and personal data may go to.</summary>
internal static class HttpAddress
{
    public const string Cure = "write https://, or 'insecure: true' where the network itself is safe";

    /// <summary>https, or http on this very machine, or what the configuration calls safe.</summary>
    public static bool IsSafe(Uri address, bool insecure) => address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && (insecure || address.IsLoopback));

    /// <exception cref="PageRefusedException">It is none, or not a safe one.</exception>
    public static Uri Require(string text, string setting, bool insecure)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            throw new PageRefusedException($"'{setting}' is no address.", "write https://host/path");
        }

        return IsSafe(address, insecure) ? address : throw new PageRefusedException($"'{setting}' is not https: what is sent would travel in clear.", Cure);
    }
}
