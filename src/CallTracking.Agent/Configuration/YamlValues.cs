using System.Globalization;

namespace CallTracking.Agent.Configuration;

/// <summary>Values of a section that are more than text; a wrong one is a fault, and the fallback is used until the caller sees it.</summary>
internal static class YamlValues
{
    public static TimeSpan Duration(this YamlSection section, string key, string fallback)
    {
        if (!Amounts.TryParseDuration(section.Optional(key, fallback), out var duration))
        {
            section.Wrong(key, "a duration such as 30s, 5m, 12h or 2d");
        }

        return duration;
    }

    public static bool Flag(this YamlSection section, string key, bool fallback)
    {
        var text = section.Maybe(key, "true");
        if (text is null or "true" or "false")
        {
            return text is null ? fallback : text == "true";
        }

        section.Wrong(key, "true or false");
        return fallback;
    }

    public static int Whole(this YamlSection section, string key, int fallback, int least, int most)
    {
        var text = section.Maybe(key, fallback.ToString(CultureInfo.InvariantCulture));
        if (text is null)
        {
            return fallback;
        }

        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
        {
            return number;
        }

        section.Wrong(key, string.Create(CultureInfo.InvariantCulture, $"a whole number from {least} to {most}"));
        return fallback;
    }

    public static long Size(this YamlSection section, string key, string fallback, long most)
    {
        if (!Amounts.TryParseSize(section.Optional(key, fallback), out var bytes) || bytes < 1 || bytes > most)
        {
            section.Wrong(key, $"a size up to {Amounts.Size(most)} such as {fallback}");
        }

        return bytes;
    }

    /// <summary>A text that may hold secrets; null when the key is absent or wrong.</summary>
    public static SecretText? Secret(this YamlSection section, string key, string folder, string? requiredLike = null)
    {
        var text = requiredLike is null ? section.Maybe(key, "${env:SECRET}") : section.Required(key, requiredLike);
        var secret = text is null ? null : new SecretText(text, folder);
        if (secret?.UnknownPlace is { } unknown)
        {
            section.Reject(key, $"'{unknown}' in '{key}' is neither ${{env:NAME}} nor ${{file:path}}.", "write one of them");
        }

        return secret;
    }
}
