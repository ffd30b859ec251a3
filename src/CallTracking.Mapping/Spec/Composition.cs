using CallTracking.Mapping.Reading.Joins;
using CallTracking.Mapping.Reading.Json;
using CallTracking.Mapping.Values;
using YamlDotNet.Core;

namespace CallTracking.Mapping.Spec;

/// <summary>Tells, while a mapping is read, which file a path into the composed record needs which column of.</summary>
internal sealed class Composition(FilePart primary, IReadOnlyList<JoinRule> joins, FoldRule? fold, FaultLog faults)
{
    /// <summary>Columns that nothing names are shown too.</summary>
    public void ShowAll()
    {
        primary.ShowsAll = true;
        foreach (var join in joins)
        {
            join.Side.ShowsAll = true;
        }
    }

    /// <summary>The names from the composed record to where a path leads.</summary>
    /// <param name="path">As the mapping has it.</param>
    /// <param name="around">Of the arrays around it, from the outermost, the names to each.</param>
    public static IReadOnlyList<string> NamesTo(JsonPath path, IReadOnlyList<IReadOnlyList<string>> around)
    {
        var depth = around.Count - path.LevelsUp;
        return [.. depth > 0 ? around[depth - 1] : [], .. path.Names.OfType<string>()];
    }

    /// <summary>Notes that the mapping reads what a path leads to, and that by which it chooses among elements.</summary>
    public void Note(JsonPath path, IReadOnlyList<IReadOnlyList<string>> around, ColumnRef use)
    {
        var depth = around.Count - path.LevelsUp;
        if (depth <= 0)
        {
            JoinPath.RequireWhole(use.Name, primary, joins, new Mark(0, use.Line, use.Column), faults);
        }

        Note(NamesTo(path, around), use);
        foreach (var choice in path.Choices)
        {
            Note([.. depth > 0 ? around[depth - 1] : [], .. choice], use);
        }
    }

    /// <summary>Notes that the mapping reads what these names lead to.</summary>
    private void Note(IReadOnlyList<string> names, ColumnRef use)
    {
        if (fold is not null && names is [FoldRule.Events, ..])
        {
            fold.ShowsEvents = true;
            Note(primary, names.Skip(1), use);
        }
        else
        {
            var joined = JoinPath.Of(names, joins, out var behind);
            Note(joined is { } index ? joins[index].Side : primary, behind, use);
        }
    }

    private static void Note(FilePart part, IEnumerable<string> names, ColumnRef use)
    {
        if (!part.Format.IsTree && names.FirstOrDefault() is { } column)
        {
            part.Columns.SlotOf(new ColumnRef(column, use.Line, use.Column, null) { IsOptional = use.IsOptional });
        }
    }
}
