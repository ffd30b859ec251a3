using System.Globalization;
using System.Text;
using CallTracking.Contracts;

namespace CallTracking.EndToEnd.Canaries;

/// <summary>What a search of canaries came to, in numbers and kinds: it holds no value.</summary>
internal sealed class CanaryReport
{
    private readonly CanaryNight _night;
    private readonly CanarySearch _search;
    private readonly Dictionary<string, CanaryCentre> _centres;

    public CanaryReport(CanaryNight night, CanarySearch search)
    {
        (_night, _search) = (night, search);
        _centres = night.People.Keys.ToDictionary(centre => centre.Code);
        Leaks = [.. search.Finds.Where(IsLeak)
            .GroupBy(find => $"{find.Value.Language} {find.Value.Class} ({find.Value.Kind}) in {find.Place}: {find.Form}")
            .Select(group => $"{group.Select(find => find.Value).Distinct().Count()} × {group.Key}, such as {Path.GetFileName(group.First().File)}")
            .Order(StringComparer.Ordinal)];
    }

    /// <summary>Values that are where they must not be, counted.</summary>
    public IReadOnlyList<string> Leaks { get; }

    /// <summary>Whether most of what is lawfully kept of a centre was found in a place.</summary>
    public bool KeptIn(CanaryCentre centre, string place)
    {
        var found = _search.Finds.Where(find => find.Place == place && find.Value.Planting == Planting.Kept && find.Value.Language == centre.Code).Select(find => find.Value).Distinct().Count();
        return found * 10 >= _night.People[centre].Count * 9;
    }

    /// <summary>Writes <c>report.md</c>.</summary>
    public async Task WriteAsync(string folder)
    {
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, "report.md"), ToMarkdown());
    }

    private string ToMarkdown()
    {
        var text = new StringBuilder();
        text.AppendLine(Say($"{_night.People.Values.Sum(people => people.Count):N0} persons in {_centres.Count} encodings, {_search.Values:N0} values in {_search.Forms:N0} forms, {_search.Bytes / 1_000_000:N0} MB searched."));
        text.AppendLine().AppendLine(Say($"Values where the law forbids them: {Leaks.Count}."));
        foreach (var leak in Leaks)
        {
            text.Append("- ").AppendLine(leak);
        }

        text.AppendLine().AppendLine("| centre | encoding | language | others' values in texts | left at headquarters | of what |").AppendLine("| --- | --- | --- | ---: | ---: | --- |");
        foreach (var centre in _night.People.Keys)
        {
            var planted = _night.People[centre].SelectMany(person => person.Values).Count(value => value.Planting == Planting.TextOnly);
            var left = _search.Finds.Where(find => find.Value.Language == centre.Code && find.Value.Planting == Planting.TextOnly && CanarySearch.Headquarters.Contains(find.Place))
                .Select(find => find.Value).Distinct().ToList();
            var kinds = string.Join(", ", left.CountBy(value => value.Kind).OrderByDescending(kind => kind.Value).Select(kind => $"{kind.Key} {kind.Value}"));
            text.AppendLine(Say($"| {centre.Code} | {centre.EncodingName} | {centre.Language} | {planted} | {left.Count} | {kinds} |"));
        }

        return text.ToString();
    }

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private bool IsLeak(CanaryFind find)
    {
        var (value, centre) = (find.Value, _centres[find.Value.Language]);
        return find.Place switch
        {
            // Whoever works at the region may see what its files are called; nothing else may stand there in the clear.
            CanarySearch.AgentFiles => value.Planting != Planting.Kept && value is not { Class: DataClass.FileName, Kind: "name of the export" },
            CanarySearch.Wire => centre.IsForbiddenOnTheWire(value),
            _ => centre.IsForbidden(value),
        };
    }
}
