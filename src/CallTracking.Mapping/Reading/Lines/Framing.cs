using System.Text.RegularExpressions;

namespace CallTracking.Mapping.Reading.Lines;

/// <summary>What stands in a file around its records, and is no record.</summary>
internal sealed record Framing
{
    public static readonly Framing None = new();

    /// <summary>A line that begins so is a comment.</summary>
    public string? Comment { get; init; }

    /// <summary>Lines before the header, or before the first record where there is no header.</summary>
    public int PreambleLines { get; init; }

    /// <summary>The preamble ends before the first line that fits.</summary>
    public Regex? PreambleUntil { get; init; }

    /// <summary>Lines at the end, counted as an editor shows them.</summary>
    public int FooterLines { get; init; }

    /// <summary>The footer begins with the first record that fits, and has at most <see cref="MostFooterLines"/>.</summary>
    public Regex? FooterFrom { get; init; }

    /// <summary>A file may also end without <see cref="FooterFrom"/>; else one that does was cut off.</summary>
    public bool FooterIsOptional { get; init; }

    /// <summary>Lines that are not empty. More behind <see cref="FooterFrom"/> are no footer, but records that would be lost.</summary>
    public int MostFooterLines { get; init; } = 20;

    /// <summary>A file without <see cref="FooterFrom"/> was cut off.</summary>
    public bool IsFooterRequired => FooterFrom is not null && !FooterIsOptional;

    /// <summary>Every record ends in a line end, the file's last one too; else the last may lack its own.</summary>
    public bool EndsInLine { get; init; }
}
