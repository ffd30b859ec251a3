using CallTracking.Mapping.Shapes;
using YamlDotNet.RepresentationModel;

namespace CallTracking.Mapping.Spec;

/// <summary>Reads <c>contract</c>: what becomes of a source that is not what it was.</summary>
internal static class ContractParser
{
    public static readonly IReadOnlyDictionary<string, ContractAnswer> Answers = new Dictionary<string, ContractAnswer>
    {
        ["evolve"] = ContractAnswer.Evolve,
        ["freeze"] = ContractAnswer.Freeze,
        ["discard row"] = ContractAnswer.DiscardRow,
        ["discard value"] = ContractAnswer.DiscardValue,
    };

    public static readonly IReadOnlyDictionary<string, ValueKinds> Kinds = new Dictionary<string, ValueKinds>
    {
        ["number"] = ValueKinds.Number,
        ["time"] = ValueKinds.Time,
        ["flag"] = ValueKinds.Flag,
    };

    public static readonly IReadOnlyDictionary<string, ContractAnswer> ExchangeAnswers = new Dictionary<string, ContractAnswer>
    {
        ["evolve"] = ContractAnswer.Evolve,
        ["freeze"] = ContractAnswer.Freeze,
    };

    public static SourceContract Parse(YamlMap root, FaultLog faults)
    {
        switch (root.Take("contract"))
        {
            case null:
                return SourceContract.Open;
            case YamlScalarNode word when root.TakeChoice("contract", Answers, ContractAnswer.Evolve) is var all:
                return SourceContract.Open with { New = all, Vanished = OfVanished(all), Retyped = all, Exchanged = OfExchanged(all), Line = (int)word.Start.Line };
            case YamlMappingNode mapping:
                return OfKeys(new YamlMap(mapping, faults), faults);
            case { } other:
                faults.Add(other, "'contract' says what becomes of a source that is not what it was.", "Write contract: freeze, or contract: {new: evolve, vanished: freeze, retyped: discard row}.");
                return SourceContract.Open;
        }
    }

    /// <summary>Faults of settings that would change which case a record is.</summary>
    public static void CheckDeciding(YamlMap root, SourceContract contract, IReadOnlySet<string> deciding, FaultLog faults)
    {
        if (root.Take("contract") is not YamlMappingNode map || new YamlMap(map, faults).Take("columns") is not YamlMappingNode columns)
        {
            return;
        }

        foreach (var (name, value) in new YamlMap(columns, faults).Entries())
        {
            if (deciding.Contains(name.Value!) && contract.Columns.GetValueOrDefault(name.Value!) is { } column && (column.Retyped ?? column.Vanished) == ContractAnswer.DiscardValue)
            {
                faults.Add(value, $"'{name.Value}' decides which case a record is, or whether it is one: no value of it can be left out.", "Write discard row, or freeze.");
            }
        }
    }

    private static SourceContract OfKeys(YamlMap map, FaultLog faults)
    {
        var added = map.TakeChoice("new", Answers, ContractAnswer.Evolve);
        var vanished = VanishedOf(map, faults) ?? ContractAnswer.Evolve;
        var retyped = map.TakeChoice("retyped", Answers, ContractAnswer.Evolve);
        var exchanged = map.TakeChoice("exchanged", ExchangeAnswers, ContractAnswer.Evolve);
        var columns = new Dictionary<string, ColumnContract>(StringComparer.Ordinal);
        foreach (var (name, value) in map.TakeMap("columns")?.Entries() ?? [])
        {
            columns[name.Value ?? string.Empty] = ColumnOf(name, value, retyped, faults);
        }

        map.RejectUnknown();
        return new SourceContract(added, vanished, retyped, columns) { Exchanged = exchanged, Line = (int)map.Node.Start.Line };
    }

    private static ColumnContract ColumnOf(YamlScalarNode name, YamlNode value, ContractAnswer retypedOfSource, FaultLog faults)
    {
        if (value is YamlScalarNode word)
        {
            if (!Answers.TryGetValue(word.Value ?? string.Empty, out var answer))
            {
                faults.Add(word, $"'{name.Value}' is not '{word.Value}'.", NearestNames.Cure(word.Value ?? string.Empty, Answers.Keys));
            }

            return new ColumnContract(OfVanished(answer), answer, null);
        }

        if (value is not YamlMappingNode mapping)
        {
            faults.Add(value, $"The contract of '{name.Value}' is a word, or keys.", "Write evolve, or {is: number, retyped: discard row, vanished: freeze}.");
            return new ColumnContract(null, null, null);
        }

        var map = new YamlMap(mapping, faults);
        if (map.Take("new") is { } added)
        {
            faults.Add(added, $"'{name.Value}' is known by standing here: it is never new.", "Leave 'new' out; it stands beside 'columns' and is for those that nobody knows.");
        }

        var kind = map.TakeScalar("is") is null ? (ValueKinds?)null : map.TakeChoice("is", Kinds, ValueKinds.Number);
        var retyped = map.Has("retyped") ? map.TakeChoice("retyped", Answers, ContractAnswer.Evolve) : (ContractAnswer?)null;
        if (kind is not null && (retyped ?? retypedOfSource) == ContractAnswer.Evolve)
        {
            faults.Add(map.Take("is")!, $"'is' says what values of '{name.Value}' have to be, and 'retyped: evolve' takes any.", "Write retyped: freeze, discard row or discard value beside it.");
        }

        var vanished = VanishedOf(map, faults);
        map.RejectUnknown();
        return new ColumnContract(vanished, retyped, kind);
    }

    private static ContractAnswer? VanishedOf(YamlMap map, FaultLog faults)
    {
        if (!map.Has("vanished"))
        {
            map.Take("vanished");
            return null;
        }

        var answer = map.TakeChoice("vanished", Answers, ContractAnswer.Evolve);
        if (answer == ContractAnswer.DiscardRow)
        {
            faults.Add(map.Take("vanished")!, "Every record lacks a column that vanished: 'discard row' would be all of them.", "Write freeze, so that the source waits for you, or discard value, so that the field stays empty.");
        }

        return answer;
    }

    // Said of everything at once, "discard row" means the rows that are in the way; a column that is not there is in nobody's.
    private static ContractAnswer OfVanished(ContractAnswer answer) => answer == ContractAnswer.DiscardRow ? ContractAnswer.Evolve : answer;

    // In exchanged columns nothing is there to leave out: each row has them.
    private static ContractAnswer OfExchanged(ContractAnswer answer) => answer == ContractAnswer.Freeze ? answer : ContractAnswer.Evolve;
}
