using System.Globalization;
using CallTracking.Mapping.Reading.Excel;
using CallTracking.Mapping.Reading.Lines;

namespace CallTracking.Mapping.Shapes;

/// <summary>How inputs end: totals below a table are a row like any other to who reads it.</summary>
public sealed partial class ShapeWatch
{
    private const int MostOddEnds = 3;

    private readonly List<string> _oddEnds = [];
    private int _moreOddEnds;

    /// <summary>A sentence for each file whose last case looks like none, with its cure and without its key; of many files for the first three.</summary>
    private IReadOnlyList<string> OddEnds => _moreOddEnds == 0 ? _oddEnds
        : [.. _oddEnds, string.Create(CultureInfo.InvariantCulture, $"{_moreOddEnds:N0} more {(_moreOddEnds == 1 ? "file ends" : "files end")} so")];

    /// <summary>Takes what an input shows when it was read, be it to its end or not.</summary>
    public void Ended(SourceReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        Joined(reader.Joins);
        if (reader.OddEnd is { } odd && _oddEnds.Count < MostOddEnds)
        {
            _oddEnds.Add($"{odd}. Cure: If it is no case, {Cure}; or leave it out by a filter (drop_when)");
        }
        else if (reader.OddEnd is not null)
        {
            _moreOddEnds++;
        }
    }

    /// <summary>A look at the cases of the next input; null where its kind has no totals, or its rows are not its cases.</summary>
    internal LastCase? NextLastCase() => _mapping.Format.OfFile is TextTableFormat or ExcelFormat && !_mapping.FoldsRows ? new LastCase() : null;

    private string Cure => _mapping.Format.OfFile switch
    {
        ExcelFormat { StopAt: null } => "write stop_at: \"^…\" under format, with what it begins with",
        ExcelFormat => "have stop_at under format fit it too (\"…|^…\")",
        TextTableFormat { Framing.FooterFrom: not null } => "have 'from' of footer under format fit it too (\"…|^…\")",
        TextTableFormat { Framing.FooterLines: var lines } => string.Create(CultureInfo.InvariantCulture, $"write footer: {lines + 1} under format, or footer: {{from: \"^…\"}}, with what it begins with, where not every file ends so"),
        _ => string.Empty,
    };
}
