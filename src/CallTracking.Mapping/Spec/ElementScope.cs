using CallTracking.Mapping.Values;
using YamlDotNet.Core;

namespace CallTracking.Mapping.Spec;

/// <summary>What a mapping may name inside the elements of a text: the pattern's groups, the text, and the record around with <c>^.</c></summary>
internal sealed record ElementScope(MappingScope Outer, IReadOnlyList<string> Names)
{
    private const string Up = "^.";

    public int SlotOf(MappingScope inner, string name, Mark at, bool isOptional)
    {
        int? outer = null;
        if (name.StartsWith(Up, StringComparison.Ordinal))
        {
            outer = Outer.SlotOf(name[Up.Length..], at, isOptional);
        }
        else if (!Names.Contains(name))
        {
            inner.Faults.Add(at, $"'{name}' is no part of the elements.", $"{NearestNames.Cure(name, Names)} A column of the record around is ^.column.");
        }

        return inner.Columns.SlotOf(new ColumnRef(name, (int)at.Line, (int)at.Column, null) { IsOptional = true, OuterSlot = outer });
    }
}
