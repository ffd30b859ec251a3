namespace CallTracking.Hub.People;

/// <summary>Who came and who was turned away. Names of accounts are personal: ids stand here, and never a token or an address.</summary>
internal static partial class PeopleLog
{
    [LoggerMessage(2601, LogLevel.Information, "Token {Id} was refused: it is {Why}")]
    public static partial void TokenRefused(ILogger logger, string id, string why);

    [LoggerMessage(2602, LogLevel.Warning, "The route {Route} has no door and is answered to nobody")]
    public static partial void NoDoor(ILogger logger, string route);

    [LoggerMessage(2603, LogLevel.Warning, "Too many wrong tokens or passwords came from one address; it is held off for a minute")]
    public static partial void HeldOff(ILogger logger);

    [LoggerMessage(2604, LogLevel.Information, "Account {Id} signed in")]
    public static partial void SignedIn(ILogger logger, string id);

    [LoggerMessage(2605, LogLevel.Information, "A sign-in was refused (account {Id}): {Why}")]
    public static partial void SignInRefused(ILogger logger, string id, string why);

    [LoggerMessage(2606, LogLevel.Information, "A token of the identity provider was refused: {Why}")]
    public static partial void ProviderTokenRefused(ILogger logger, string why);

    [LoggerMessage(2607, LogLevel.Warning, "The identity provider's keys could not be fetched ({Why}); is web.oidc.issuer right, and can it be reached from here?")]
    public static partial void ProviderUnreachable(ILogger logger, string why);
}
