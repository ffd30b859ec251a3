using System.Text;
using System.Text.Json;
using System.Xml;
using System.Xml.Linq;

namespace CallTracking.Mapping.Tests.Mutants;

/// <summary>How many records stand in a file: counted a second way, byte by byte or by the platform's own parsers.</summary>
internal static class RecordCounts
{
    /// <summary>Records of delimited text with its header: cells in quotes may hold line ends. A last byte 0x1A is DOS's end of a file.</summary>
    public static long Delimited(byte[] content)
    {
        content = content is [.., (byte)'\r' or (byte)'\n', 0x1A] ? content[..^1] : content;
        var (records, isCellStart, isQuoted, isOpen) = (0, true, false, false);
        for (var at = 0; at < content.Length; at++)
        {
            var one = content[at];
            isOpen = true;
            if (isQuoted)
            {
                if (one == '"' && at + 1 < content.Length && content[at + 1] == '"')
                {
                    at++;
                }
                else if (one == '"')
                {
                    isQuoted = false;
                }

                isCellStart = false;
            }
            else if (one is (byte)'\n' or (byte)'\r')
            {
                at += one == '\r' && at + 1 < content.Length && content[at + 1] == '\n' ? 1 : 0;
                records++;
                (isCellStart, isOpen) = (true, false);
            }
            else
            {
                isQuoted = one == '"' && isCellStart;
                isCellStart = one == ',';
            }
        }

        return records + (isOpen ? 1 : 0);
    }

    /// <summary>
    /// As <see cref="Delimited"/>, in files of three columns; null when a quote is closed inside a cell or never: whether the lines that it takes along
    /// are records is the reader's judgement.
    /// </summary>
    public static long? DelimitedSoundly(byte[] content)
    {
        var cell = true;
        for (var at = 0; at < content.Length; at++)
        {
            if (!cell || content[at] != '"')
            {
                cell = content[at] is (byte)',' or (byte)'\r' or (byte)'\n';
                continue;
            }

            do
            {
                at = Array.IndexOf(content, (byte)'"', at + 1);
            }
            while (at >= 0 && at + 1 < content.Length && content[at + 1] == '"' && ++at > 0);

            if (at < 0 || (at + 1 < content.Length && content[at + 1] is not ((byte)',' or (byte)'\r' or (byte)'\n')))
            {
                return null;
            }

            cell = false;
        }

        return Delimited(content);
    }

    /// <summary>Lines, however they end.</summary>
    public static long Lines(byte[] content)
    {
        var text = Encoding.Latin1.GetString(content).Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
        return text.Count(letter => letter == '\n') + (text.Length > 0 && text[^1] != '\n' ? 1 : 0);
    }

    /// <summary>Lines that end with a line feed.</summary>
    public static long FedLines(byte[] content) =>
        content.Count(letter => letter == '\n') + (content.Length > 0 && content[^1] != '\n' ? 1 : 0);

    /// <summary>Elements of the array to which these names lead; null where the platform finds no JSON.</summary>
    public static long? Json(byte[] content, params string[] path)
    {
        try
        {
            using var document = JsonDocument.Parse(content, new JsonDocumentOptions { MaxDepth = int.MaxValue });
            var found = document.RootElement;
            foreach (var name in path)
            {
                found = found.GetProperty(name);
            }

            return found.GetArrayLength();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Elements <c>r</c> in the root element <c>e</c>; null where the platform finds no XML.</summary>
    public static long? Xml(byte[] content)
    {
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(content), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
            var root = XElement.Load(reader);
            return root.Name.LocalName == "e" ? root.Elements().Count(element => element.Name.LocalName == "r") : 0;
        }
        catch (XmlException)
        {
            return null;
        }
    }

    /// <summary>Messages of an mbox: a line "From … 10:00" at the start and behind an empty line. What starts otherwise is one message.</summary>
    public static long Messages(byte[] content)
    {
        var lines = Encoding.Latin1.GetString(content).Split('\n').Select(line => line.EndsWith('\r') ? line[..^1] : line).ToList();
        return 1 + (lines[0].StartsWith("From ", StringComparison.Ordinal) ? lines.Zip(lines.Skip(1)).Count(pair => pair.First.Length == 0 && IsSeparator(pair.Second)) : 0);
    }

    /// <summary>Lines of a COPY block before the one that ends it; null when it ends before <paramref name="tail"/>.</summary>
    public static long? Copied(byte[] content, int head, int tail)
    {
        var lines = Encoding.Latin1.GetString(content[head..^tail]).Split('\n').ToList();
        return lines.Exists(line => line.TrimEnd('\r') == "\\.") ? null : lines.Count - 1;
    }

    /// <summary>Groups of values between these; null where signs stand that this does not know.</summary>
    public static long? Tuples(byte[] content, int head, int tail)
    {
        var values = Encoding.Latin1.GetString(content[head..^tail]);
        var (groups, depth, isQuoted) = (0, 0, false);
        for (var at = 0; at < values.Length; at++)
        {
            switch (values[at])
            {
                case '\\' when isQuoted:
                    at++;
                    break;
                case '\'':
                    isQuoted = !isQuoted;
                    break;
                case '"' or '`' or ';' or '#' or '/' or '-' when !isQuoted:
                    return null;
                case '(' when !isQuoted:
                    groups += depth++ == 0 ? 1 : 0;
                    break;
                case ')' when !isQuoted:
                    depth--;
                    break;
            }
        }

        return groups;
    }

    private static bool IsSeparator(string line) => line.StartsWith("From ", StringComparison.Ordinal)
        && Enumerable.Range(1, Math.Max(0, line.Length - 2)).Any(at => line[at] == ':' && char.IsAsciiDigit(line[at - 1]) && char.IsAsciiDigit(line[at + 1]));
}
