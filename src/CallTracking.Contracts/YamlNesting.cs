namespace CallTracking.Contracts;

/// <summary>
/// How deep YAML may be nested: the library descends once for each level, and ends the program where its stack ends. <see cref="BoundedYaml"/> counts the levels that the library tells
/// of, so that signs within quotes, comments and long texts are none.
/// </summary>
public static class YamlNesting
{
    /// <summary>Levels that are let through; nobody writes so many.</summary>
    public const int Most = 200;

    /// <summary>What is wrong with more.</summary>
    public const string Message = "Nested deeper than 200 levels.";

    /// <summary>What to do about it.</summary>
    public const string Cure = "Close the brackets or braces above; no document needs so many.";
}
