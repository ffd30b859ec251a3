using CallTracking.Hub.Configuration;
using CallTracking.Hub.Web;

namespace CallTracking.Hub.People;

/// <summary>Says to whoever gives people roles that the hub asks nobody for them yet.</summary>
internal static class OpenDoorNotice
{
    public static async Task TellAsync(HubOptions options)
    {
        if (IsOpen(options))
        {
            await Console.Error.WriteLineAsync("Whoever is on the hub's machine still sees all without it: set web.sign_in: required in hub.yaml and start the hub again.");
        }
    }

    // With an address that may not be listened on the hub does not start, and says why itself.
    private static bool IsOpen(HubOptions options)
    {
        try
        {
            return WebAccess.Require(options).Rule is WebRule.Machine;
        }
        catch (HubException)
        {
            return false;
        }
    }
}
