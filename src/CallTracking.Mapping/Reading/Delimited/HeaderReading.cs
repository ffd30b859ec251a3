using System.Text;
using CallTracking.Mapping.Values;

namespace CallTracking.Mapping.Reading.Delimited;

/// <summary>Another way to read a header, under which more of the mapping's columns are in it.</summary>
/// <param name="Message">What the header reads as.</param>
/// <param name="Cure">What to write.</param>
internal sealed record HeaderReading(string Message, string Cure)
{
    private static readonly string[] Encodings =
        ["utf-8", "windows-1252", "cp932", "cp850", "windows-1250", "windows-1251", "iso-8859-2", "iso-8859-15", "gb18030", "big5", "euc-kr", "euc-jp", "windows-1253", "windows-1254", "cp852", "cp866", "koi8-r", "macintosh"];

    private static readonly (string Sign, string Word)[] Delimiters = [(",", "','"), (";", "';'"), ("\t", "tab"), ("|", "'|'")];

    /// <summary>The reading that has most columns; null where none has more than the mapping's own.</summary>
    public static HeaderReading? Of(DelimitedFormat format, ReadOnlySpan<byte> header, ColumnTable table)
    {
        var wanted = table.Columns.Where(column => !column.IsOptional).Select(column => column.Name).ToList();
        var (best, found) = ((HeaderReading?)null, Found(format, header, wanted));
        foreach (var (sign, word) in Delimiters)
        {
            if (Found(format with { Delimiter = sign }, header, wanted) is var has && has > found)
            {
                (found, best) = (has, new HeaderReading(Say($"The header is not cut at '{format.Delimiter}': cut at {word} it has {has} of the mapping's {wanted.Count} columns."), $"Write delimiter: \"{(sign == "\t" ? "\\t" : sign)}\" under format in the mapping."));
            }
        }

        foreach (var name in format.CutsInPlace ? Encodings : [])
        {
            if (Found(format with { Encoding = SourceEncoding.Find(name)! }, header, wanted) is var has && has > found)
            {
                (found, best) = (has, new HeaderReading(Say($"The header does not read as {format.Encoding.Name}: it reads as {name}, and has {has} of the mapping's {wanted.Count} columns then."), $"Write encoding: {name} under format in the mapping."));
            }
        }

        return best;
    }

    private static int Found(DelimitedFormat format, ReadOnlySpan<byte> header, List<string> wanted)
    {
        try
        {
            var text = format.InPlace.Strict.GetString(header).TrimEnd('\n').ToCharArray();
            var cells = new CellSplitter(format.Delimiter, format.Quote, format.Escape);
            if (!cells.TrySplit(text))
            {
                return 0;
            }

            var names = HeaderNames.Of(Enumerable.Range(0, cells.Count).Select(index => cells.Cell(text, index).Trim().ToString()));
            return wanted.Count(name => HeaderNames.Find(names, name).Count > 0);
        }
        catch (DecoderFallbackException)
        {
            return 0;
        }
    }

    private static string Say(FormattableString text) => FormattableString.Invariant(text);
}
