using System.Globalization;
using System.Text;
using CallTracking.Mapping;
using YamlDotNet.RepresentationModel;

namespace CallTracking.Agent.Commands;

/// <summary>Reads a record's own text again, by its place in the file, for showing it beside what became of it.</summary>
internal sealed class RawRows(string file, Encoding? encoding)
{
    private const int MostBytes = 16 * 1024;

    /// <summary>The rows of a file that a mapping describes.</summary>
    public static RawRows Of(string file, string mappingFile) => new(file, EncodingOf(mappingFile));

    /// <summary>The record's text, cut where it is long; to the file's end when no record follows. Empty for UTF-16, whose places are of another form.</summary>
    public string Text(RowPosition from, RowPosition? until)
    {
        if (encoding is null)
        {
            return string.Empty;
        }

        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var end = until?.ByteOffset ?? stream.Length;
        var bytes = new byte[Math.Clamp(end - from.ByteOffset, 0, MostBytes)];
        stream.Seek(from.ByteOffset, SeekOrigin.Begin);
        var read = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        var text = encoding.GetString(bytes, 0, read).Trim('\r', '\n', ' ', ',');
        return end - from.ByteOffset > MostBytes ? text + " …" : text;
    }

    private static Encoding? EncodingOf(string mappingFile)
    {
        using var reader = new StreamReader(mappingFile);
        var yaml = new YamlStream();
        yaml.Load(reader);
        var format = (yaml.Documents[0].RootNode as YamlMappingNode)?.Children.FirstOrDefault(child => child.Key is YamlScalarNode { Value: "format" }).Value;
        var name = (format as YamlMappingNode)?.Children.FirstOrDefault(child => child.Key is YamlScalarNode { Value: "encoding" }).Value?.ToString() ?? "utf-8";
        if (name.StartsWith("utf-16", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        // Names as centres use them ("cp932") end in the code page's number.
        var digits = name[name.AsSpan().TrimEnd("0123456789").Length..];
        return CodePagesEncodingProvider.Instance.GetEncoding(name)
            ?? (int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var page) ? CodePagesEncodingProvider.Instance.GetEncoding(page) : null)
            ?? Encoding.UTF8;
    }
}
