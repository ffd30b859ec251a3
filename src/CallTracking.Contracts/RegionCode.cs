namespace CallTracking.Contracts;

/// <summary>Two to eight upper-case letters, fixed when a region is enrolled. The default value is no region.</summary>
public readonly record struct RegionCode
{
    private RegionCode(string value) => Value = value;

    public string Value { get; }

    /// <exception cref="FormatException">Not 2 to 8 letters A-Z.</exception>
    public static RegionCode Parse(string text) =>
        TryParse(text, out var code)
            ? code
            : throw new FormatException("A region code is 2 to 8 letters A-Z.");

    public static bool TryParse(string? text, out RegionCode code)
    {
        var fits = text is { Length: >= 2 and <= 8 } && text.All(char.IsAsciiLetterUpper);
        code = fits ? new RegionCode(text!) : default;
        return fits;
    }

    public override string ToString() => Value ?? string.Empty;
}
