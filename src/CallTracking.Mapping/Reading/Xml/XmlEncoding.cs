using System.Text;
using System.Text.RegularExpressions;
using CallTracking.Contracts;

namespace CallTracking.Mapping.Reading.Xml;

/// <summary>Which encoding an XML file is in: the mapping's, else that of its byte-order mark, else that of its declaration, else UTF-8.</summary>
internal static partial class XmlEncoding
{
    /// <summary>Bytes of the start in which the declaration stands.</summary>
    public const int SniffedBytes = 1024;

    private static readonly (byte[] Mark, string Name)[] Marks =
    [
        ([0xEF, 0xBB, 0xBF], "utf-8"), ([0xFF, 0xFE, 0, 0], "utf-32"), ([0, 0, 0xFE, 0xFF], "utf-32BE"),
        ([0xFF, 0xFE], "utf-16"), ([0xFE, 0xFF], "utf-16BE"),
    ];

    /// <summary>The encoding, and how many bytes of a mark are passed over.</summary>
    /// <exception cref="SourceFormatException">Mark, declaration and mapping contradict each other, or there is no such encoding.</exception>
    public static (SourceEncoding Encoding, int MarkBytes) Of(ReadOnlySpan<byte> start, SourceEncoding? named, string fileName)
    {
        foreach (var (mark, name) in Marks)
        {
            if (start.StartsWith(mark))
            {
                var marked = SourceEncoding.Find(name)!;
                return named is null || named.CodePage == marked.CodePage
                    ? (marked, mark.Length)
                    : throw Fault(fileName, $"The file starts with the mark of {name}, the mapping says {named.Name}.", $"Leave out encoding, or write encoding: {name} under format in the mapping.");
            }
        }

        return (named ?? Unmarked(start, fileName), 0);
    }

    private static SourceEncoding Unmarked(ReadOnlySpan<byte> start, string fileName)
    {
        if (start.StartsWith("<\0"u8) || start.StartsWith("\0<"u8))
        {
            return SourceEncoding.Find(start[0] == 0 ? "utf-16BE" : "utf-16")!;
        }

        var declared = Declaration().Match(Encoding.Latin1.GetString(start)).Groups["name"].Value;
        if (declared.Length == 0)
        {
            return SourceEncoding.Utf8;
        }

        var found = SourceEncoding.Find(declared)
            ?? throw Fault(fileName, $"The XML declaration names the encoding '{declared}', which is unknown.", "Write encoding under format in the mapping.");

        // The declaration could be read byte by byte, so it is not in UTF-16, whatever it says.
        return found.CodePage is 1200 or 1201 or 12000 or 12001
            ? throw Fault(fileName, $"The XML declaration names {declared}, but the file is not written so.", "Write encoding: utf-8, or what it is written in, under format in the mapping.")
            : found;
    }

    private static SourceFormatException Fault(string fileName, string message, string cure) => new(new Fault(fileName, 1, 1, message, cure));

    [GeneratedRegex("""^\s*<\?xml\s[^>]*?encoding\s*=\s*["'](?<name>[A-Za-z][A-Za-z0-9._:-]{0,40})["']""", RegexOptions.CultureInvariant)]
    private static partial Regex Declaration();
}
