using System.Text;

namespace CallTracking.Mapping.Reading.Mail;

/// <summary>Puts the paragraphs of <c>format=flowed</c> (RFC 3676) together, which mail programs cut into short lines.</summary>
internal static class FlowedText
{
    private const string Signature = "-- ";

    /// <param name="text">Lines ended by line feeds.</param>
    /// <param name="dropsSpace"><c>delsp=yes</c>: the blank before a line's end is no part of the text, as between characters of Chinese.</param>
    public static string Of(string text, bool dropsSpace)
    {
        var whole = new StringBuilder(text.Length);
        var (open, depthBefore) = (false, 0);
        foreach (var line in text.Split('\n'))
        {
            var depth = line.AsSpan().IndexOfAnyExcept('>') is >= 0 and var found ? found : line.Length;
            var content = line.AsSpan(depth);
            content = content is [' ', ..] ? content[1..] : content;
            if (!open || depth != depthBefore || content is Signature)
            {
                whole.Append(whole.Length > 0 ? "\n" : string.Empty).Append('>', depth).Append(depth > 0 ? " " : string.Empty);
            }

            open = content is [.., ' '] && content is not Signature;
            depthBefore = depth;
            whole.Append(open && dropsSpace ? content[..^1] : content);
        }

        return whole.ToString();
    }
}
