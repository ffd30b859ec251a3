using System.Collections.Frozen;
using CallTracking.Mapping.Reading;
using CallTracking.Mapping.Reading.Joins;
using CallTracking.Mapping.Values;

namespace CallTracking.Mapping.Shapes;

/// <summary>A mapping's contract with what the mapping itself knows of the columns. Immutable.</summary>
internal sealed record ContractTerms
{
    public static readonly ContractTerms None = new();

    public SourceContract Contract { get; init; } = SourceContract.Open;

    /// <summary>Columns that say which case a record is, or whether it is one: leaving a value of theirs out would change that.</summary>
    public IReadOnlySet<string> Deciding { get; init; } = FrozenSet<string>.Empty;

    /// <summary>Columns whose values a rule takes for more than a text: it is the judge of what they are.</summary>
    public IReadOnlySet<string> Typed { get; init; } = FrozenSet<string>.Empty;

    /// <summary>Paths into trees that the mapping reads, as the contract calls them, each with its line.</summary>
    public IReadOnlyDictionary<string, int> Paths { get; init; } = FrozenDictionary<string, int>.Empty;

    /// <summary>Every place that the mapping reads, as names with points.</summary>
    public IReadOnlySet<string> Reads { get; init; } = FrozenSet<string>.Empty;

    /// <summary>Where records are composed of several: what is read of each of them.</summary>
    public ComposedFormat? Composed { get; init; }

    public FrozenSet<string> Nulls { get; init; } = [];

    /// <summary>What the contract says of a value of the column.</summary>
    public ContractAnswer AnswerTo(ContractChange change, string column)
    {
        var answer = Contract.AnswerTo(change, column);
        return answer == ContractAnswer.DiscardValue && change == ContractChange.Retyped && Deciding.Contains(column) ? ContractAnswer.DiscardRow : answer;
    }

    /// <summary>Whether neither the mapping nor an earlier run knows the column.</summary>
    public bool IsNew(string name, ColumnTable columns, bool isTree, SourceShape? known)
    {
        if (Contract.Columns.ContainsKey(name) || known?.Columns.ContainsKey(name) == true)
        {
            return false;
        }

        return !(isTree ? IsPathNamed(name, columns, isFirst: known is null) || Composed?.Reads(Plain(name).Split('.'), Reads) == true : columns.Columns.Any(column => HeaderNames.Find([name], column.Name).Count > 0));
    }

    // At first contact all below a path that is read counts as known; later what an earlier run met is.
    private bool IsPathNamed(string name, ColumnTable columns, bool isFirst)
    {
        var plain = Plain(name);
        if (Reads.Contains(plain))
        {
            return true;
        }

        foreach (var path in columns.Columns.Select(column => column.Path!).Where(path => path.LevelsUp == 0))
        {
            var whole = string.Join('.', path.Names.OfType<string>());
            if (plain == whole || (isFirst && IsBelow(name, path.NamedPart)))
            {
                return true;
            }
        }

        return false;
    }

    private static string Plain(string name) => name.Replace("[*]", string.Empty, StringComparison.Ordinal);

    private static bool IsBelow(string name, string prefix) =>
        name.StartsWith(prefix, StringComparison.Ordinal) && (name.Length == prefix.Length || prefix.Length == 0 || name[prefix.Length] is '.' or '[');
}
