using CallTracking.Mapping.Values;

namespace CallTracking.Mapping.Shapes;

/// <summary>What becomes of a source that is not what it was.</summary>
public enum ContractAnswer
{
    /// <summary>It is taken as it comes, by the mapping's other rules.</summary>
    Evolve,

    /// <summary>The source stops before anything of it is sent.</summary>
    Freeze,

    /// <summary>Records that have it go to the quarantine.</summary>
    DiscardRow,

    /// <summary>The value is left out and counted.</summary>
    DiscardValue,
}

/// <summary>How a source is not what it was.</summary>
public enum ContractChange
{
    /// <summary>A column that neither the mapping nor an earlier run knows.</summary>
    New,

    /// <summary>A column that one of them knows and that is not there.</summary>
    Vanished,

    /// <summary>A value that is not of its column's kind.</summary>
    Retyped,
}

/// <summary>What the contract says of one column.</summary>
/// <param name="Vanished">Null: as for the source.</param>
/// <param name="Retyped">Null: as for the source.</param>
/// <param name="Is">The kind that its values must have; null: the one that all of them have had.</param>
internal sealed record ColumnContract(ContractAnswer? Vanished, ContractAnswer? Retyped, ValueKinds? Is);

/// <summary>The mapping's <c>contract</c>. Immutable.</summary>
internal sealed record SourceContract(ContractAnswer New, ContractAnswer Vanished, ContractAnswer Retyped, IReadOnlyDictionary<string, ColumnContract> Columns)
{
    /// <summary>Nothing is asked of the source.</summary>
    public static readonly SourceContract Open = new(ContractAnswer.Evolve, ContractAnswer.Evolve, ContractAnswer.Evolve, new Dictionary<string, ColumnContract>());

    // Values under another's header are so from an input's start.
    private const int FirstRecords = 2000;

    /// <summary>Where it stands in the mapping file.</summary>
    public int Line { get; init; }

    /// <summary>To columns of a table that stand in each other's place, and to columns that hold each other's values: taken, or the source stops.</summary>
    public ContractAnswer Exchanged { get; init; }

    /// <summary>True when every record has to be looked at.</summary>
    public bool IsOpen => New == ContractAnswer.Evolve && Answers(column => column.Vanished, Vanished).Concat(Retypes).All(answer => answer == ContractAnswer.Evolve);

    /// <summary>True when the source can stop.</summary>
    public bool Freezes => Exchanged == ContractAnswer.Freeze || FreezesByMore;

    /// <summary>True when more than exchanged columns and values can stop the source.</summary>
    public bool FreezesByMore => New == ContractAnswer.Freeze || Answers(column => column.Vanished, Vanished).Concat(Retypes).Contains(ContractAnswer.Freeze);

    /// <summary>True when only reading all of it shows whether it has to stop.</summary>
    public bool FreezesByValue => Retypes.Contains(ContractAnswer.Freeze);

    /// <summary>Records of each input behind its first that show whether it stops the source: none where headers tell, all where any value may.</summary>
    /// <param name="byStart">The start of an input shows it.</param>
    public int RecordsToFreeze(bool byStart) => !byStart ? int.MaxValue : Exchanged == ContractAnswer.Freeze ? FirstRecords : 0;

    public ContractAnswer AnswerTo(ContractChange change, string column) => change switch
    {
        ContractChange.New => New,
        ContractChange.Vanished => Columns.GetValueOrDefault(column)?.Vanished ?? Vanished,
        _ => Columns.GetValueOrDefault(column)?.Retyped ?? Retyped,
    };

    private IEnumerable<ContractAnswer> Retypes => Answers(column => column.Retyped, Retyped);

    private IEnumerable<ContractAnswer> Answers(Func<ColumnContract, ContractAnswer?> of, ContractAnswer otherwise) =>
        Columns.Values.Select(of).OfType<ContractAnswer>().Append(otherwise);
}

/// <summary>What the contract says of the columns that one rule of the mapping reads. Thread-safe.</summary>
/// <param name="Columns">Their names; of elements of an array with what leads there.</param>
/// <param name="Answer">The strictest of theirs, when the rule cannot make its value of them.</param>
internal sealed record ContractRule(IReadOnlyList<string> Columns, ContractAnswer Answer)
{
    /// <summary>The fault to go on with; null when the value is left out.</summary>
    public RowFault? Judge(SourceRow row, RowFault fault)
    {
        if (fault.IsJudged || fault.Reason is not (RejectReason.BadValue or RejectReason.BadTime))
        {
            return fault;
        }

        row.Watch?.Unread(this, fault);
        return Answer == ContractAnswer.DiscardValue ? null : fault with { IsJudged = true };
    }
}
