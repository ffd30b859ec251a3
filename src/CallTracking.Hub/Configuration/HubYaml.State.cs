using CallTracking.Privacy;
using YamlDotNet.RepresentationModel;

namespace CallTracking.Hub.Configuration;

/// <content>The key of the state folder.</content>
internal sealed partial class HubYaml
{
    private static readonly string KeyCure = $"Make one, in a file that no copy of this disk has: openssl rand -hex {StateLock.KeySize}";

    private StateLock Lock(YamlMappingNode root, string folder, string state, Func<string, string?> environment)
    {
        var node = Optional(root, "state_key_file");
        if (node?.Value is not { Length: > 0 } path)
        {
            return environment(StateKeyVariable) is { Length: > 0 } given ? Parse(given, node, $"{StateKeyVariable} holds no key") : StateLock.None;
        }

        if (Path.GetFullPath(path, folder).StartsWith(state.TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            Fault(node, $"state_key_file: '{path}' lies in the state folder, and a key that lies beside what it locks keeps nobody out.", KeyCure);
            return StateLock.None;
        }

        try
        {
            return Parse(File.ReadAllText(Path.GetFullPath(path, folder)), node, $"state_key_file: '{path}' holds no key");
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            Fault(node, $"state_key_file: '{path}' cannot be read.", "Put it there, readable for this user; relative paths start at hub.yaml.");
            return StateLock.None;
        }
    }

    // The text is never repeated: it may be a key with a typing error.
    private StateLock Parse(string text, YamlNode? at, string message)
    {
        if (StateLock.TryParse(text) is { } found)
        {
            return found;
        }

        Fault(at, $"{message}: expected 64 hexadecimal digits, or base64, of {StateLock.KeySize} random bytes.", KeyCure);
        return StateLock.None;
    }
}
