using System.Text.RegularExpressions;

namespace CallTracking.Agent.Configuration;

/// <summary>A secret that a text of <c>agent.yaml</c> names cannot be had. The message names it, and shows nothing of it.</summary>
internal sealed class SecretMissingException(string message) : Exception(message);

/// <summary>
/// A text of <c>agent.yaml</c> that may hold secrets, as they are or as <c>${env:NAME}</c> and <c>${file:path}</c>. Those are looked up
/// each time it is used, so that a secret may change while the agent stays. Never shown: its text form is a mask.
/// </summary>
internal sealed partial class SecretText(string template, string folder)
{
    private const int LongestFile = 64 * 1024;

    /// <summary>The text as written, for a digest of the configuration.</summary>
    public string Template => template;

    /// <summary>The first <c>${…}</c> that names neither an environment variable nor a file; null when all do.</summary>
    public string? UnknownPlace => Place().Matches(template).FirstOrDefault(place => place.Groups["kind"].Value is not ("env" or "file"))?.Value;

    /// <summary>The first file that it names below a folder; null when there is none.</summary>
    public string? FileBelow(string directory) => Place().Matches(template)
        .Where(place => place.Groups["kind"].Value == "file")
        .Select(place => Path.GetFullPath(place.Groups["name"].Value, folder))
        .FirstOrDefault(path => path.StartsWith(directory.TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar, StringComparison.Ordinal));

    /// <summary>The text with other parts of it replaced; no secret is among what is looked at.</summary>
    public SecretText Replace(Regex pattern, MatchEvaluator with) => new(pattern.Replace(template, with), folder);

    /// <summary>The text with its secrets, each of which <paramref name="mask"/> learns.</summary>
    /// <exception cref="SecretMissingException">A variable or a file is not there.</exception>
    public string Reveal(SecretMask mask)
    {
        var text = Place().Replace(template, place =>
        {
            var name = place.Groups["name"].Value;
            var secret = place.Groups["kind"].Value == "env" ? FromEnvironment(name) : FromFile(Path.GetFullPath(name, folder));
            mask.Add(secret);
            return secret;
        });
        mask.Add(text);
        return text;
    }

    public override string ToString() => SecretMask.Mask;

    private static string FromEnvironment(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value
        ? value
        : throw new SecretMissingException($"The environment variable {name} is not set.");

    /// <summary>The secret that a file holds, without the end of its line.</summary>
    /// <exception cref="SecretMissingException">It cannot be read, or is longer than a secret is.</exception>
    public static string FromFile(string path)
    {
        try
        {
            return new FileInfo(path).Length <= LongestFile
                ? File.ReadAllText(path).TrimEnd('\r', '\n')
                : throw new SecretMissingException($"The file {path} is longer than a secret is.");
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new SecretMissingException($"The file {path} cannot be read.");
        }
    }

    [GeneratedRegex(@"\$\{(?<kind>[^:}]*):?(?<name>[^}]*)\}")]
    private static partial Regex Place();
}

/// <summary>Takes what was found to be secret out of texts that a person will see.</summary>
internal sealed class SecretMask
{
    public const string Mask = "•••";

    // A shorter one would be found in ordinary words.
    private const int Shortest = 4;

    private readonly HashSet<string> _secrets = new(StringComparer.Ordinal);

    public void Add(string secret)
    {
        lock (_secrets)
        {
            if (secret.Length >= Shortest)
            {
                _secrets.Add(secret);
            }
        }
    }

    public string Hide(string text)
    {
        lock (_secrets)
        {
            return _secrets.OrderByDescending(secret => secret.Length).Aggregate(text, (shown, secret) => shown.Replace(secret, Mask, StringComparison.OrdinalIgnoreCase));
        }
    }
}
