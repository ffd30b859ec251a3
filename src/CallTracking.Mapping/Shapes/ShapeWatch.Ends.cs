using System.Globalization;
using CallTracking.Mapping.Reading;
using CallTracking.Mapping.Reading.Excel;
using CallTracking.Mapping.Reading.Lines;

namespace CallTracking.Mapping.Shapes;

/// <summary>How inputs end: totals below a table are a row like any other to who reads it.</summary>
public sealed partial class ShapeWatch
{
    private const int MostOddEnds = 3;

    private readonly List<string> _oddEnds = [];
    private int _moreOddEnds;
    private FileEnds _ends = FileEnds.None;

    /// <summary>A sentence for each file whose last case looks like none, with its cure and without its key; of many files for the first three. Then of files that end in mid-line.</summary>
    private IReadOnlyList<string> OddEnds =>
    [
        .. _oddEnds,
        .. _moreOddEnds == 0 ? (string[])[] : [string.Create(CultureInfo.InvariantCulture, $"{_moreOddEnds:N0} more {(_moreOddEnds == 1 ? "file ends" : "files end")} so")],
        .. OpenEnds,
    ];

    private LineEndCount EndsSeen => new(_ends.InLine, _ends.Open.Count);

    // Programs end every export alike: one without its last line end, where the others had it, may have been cut off within a value.
    private IEnumerable<string> OpenEnds => _ends.Open.Count == 0 || !EndsSeen.And(_known?.LineEnds ?? default).IsLineByCustom ? []
        : [string.Create(CultureInfo.InvariantCulture, $"{string.Join(", ", _ends.Open.Take(MostOddEnds))}{(_ends.Open.Count > MostOddEnds ? string.Create(CultureInfo.InvariantCulture, $" and {_ends.Open.Count - MostOddEnds:N0} more") : string.Empty)}: the last record has no line end, where those of this source's files had one: it may have been cut off within its last value. Cure: Ask for the export again; end: line under format sends such a record to quarantine")];

    /// <summary>Takes what an input shows when it was read, be it to its end or not.</summary>
    public void Ended(SourceReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        _begun = [];
        _recordsOfInput = 0;
        SettleValues();
        Joined(reader.Joins);
        _ends = _ends.And(reader.Ends);
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
