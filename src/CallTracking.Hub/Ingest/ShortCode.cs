namespace CallTracking.Hub.Ingest;

/// <summary>
/// What a region says in words of its own and the hub keeps: only in shapes that hold no sentence, address or number of a
/// person. Everything else becomes a fixed word.
/// </summary>
internal static class ShortCode
{
    /// <summary>Stands for what is no code or no version.</summary>
    public const string Other = "other";

    private const int LongestCode = 40;
    private const int LongestVersion = 32;

    /// <summary>
    /// A reason or jurisdiction such as <c>not-supported</c>: a lower-case letter, then such letters, digits and dashes, at most
    /// 40 in all. Empty stays empty.
    /// </summary>
    public static string Of(string code) =>
        code.Length == 0
        || (code.Length <= LongestCode && char.IsAsciiLetterLower(code[0]) && code.All(static c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'))
            ? code
            : Other;

    /// <summary>A version such as <c>1.2.0-rc.1+5f3a</c>: letters, digits, dot, dash and plus, at most 32. Empty stays empty.</summary>
    public static string OfVersion(string version) =>
        version.Length <= LongestVersion && version.All(static c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '+') ? version : Other;
}
