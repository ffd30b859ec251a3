using CallTracking.Contracts;
using CallTracking.Mapping.Values;

namespace CallTracking.Mapping.Spec;

/// <summary>
/// One numbering for the lines of a mapping and of the pack below it, so that every place in either is a line and a column: the
/// pack's lines follow those of the mapping's own file.
/// </summary>
internal sealed class MappingLines(string file)
{
    private readonly List<(int Before, string File)> _packs = [];

    public string File => file;

    /// <summary>Adds the pack below a mapping of so much text, and returns the pack's text with its lines numbered on.</summary>
    public string Append(string ownText, string packFile, string packText)
    {
        var before = ownText.Count(sign => sign == '\n') + 1;
        _packs.Add((before, packFile));
        return new string('\n', before) + packText;
    }

    /// <summary>A line of the mapping's own file, where a pack lies below it.</summary>
    public bool IsOverPack(int line) => _packs.Count > 0 && line <= _packs[0].Before;

    /// <summary>The file and the line there.</summary>
    public (string File, int Line) Of(int line) =>
        _packs.FindLast(pack => line > pack.Before) is { File: not null } pack ? (pack.File, line - pack.Before) : (file, line);

    /// <summary>What a fault of a record says, with the columns and the line of the rule that failed.</summary>
    public string Told(RowFault fault)
    {
        if (fault.Place is not { } place)
        {
            return fault.Message;
        }

        var (inFile, at) = Of(place.Line);
        var columns = place.Columns.Count switch
        {
            0 => string.Empty,
            1 => $"Column '{place.Columns[0]}' ",
            _ => $"Columns {string.Join(", ", place.Columns.Select(name => $"'{name}'"))} ",
        };
        var rule = place.Line == 0 ? string.Empty : $"({Path.GetFileName(inFile)}:{at})";
        return $"{$"{columns}{rule}".TrimEnd()}: {fault.Message}";
    }

    public Fault FaultAt(int line, int column, string message, string cure)
    {
        var place = Of(line);
        return new Fault(place.File, place.Line, column, message, cure);
    }
}
