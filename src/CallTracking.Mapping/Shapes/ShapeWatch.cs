using System.Globalization;
using CallTracking.Mapping.Reading;
using CallTracking.Mapping.Values;

namespace CallTracking.Mapping.Shapes;

/// <summary>
/// Goes with the reading of a source, over all its inputs: keeps the mapping's contract, and gathers what the source looks like now. Where the
/// contract asks nothing, the first 2,000 records, the first 100 of each input and every sixteenth behind them are looked at. Not thread-safe.
/// </summary>
public sealed partial class ShapeWatch : ICellVisitor
{
    private const int AllUntil = 2000;
    private const int ThenEvery = 16;
    private const int FirstOfInput = 100;

    private readonly SourceMapping _mapping;
    private readonly SourceShape? _known;
    private readonly bool _isLook;
    private readonly Dictionary<string, ColumnWatch> _columns = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ColumnWatch>.AlternateLookup<ReadOnlySpan<char>> _byName;
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _nulls;
    private readonly HashSet<string> _empty = new(StringComparer.Ordinal);
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _emptyByName;
    private readonly Dictionary<string, long> _lacking = new(StringComparer.Ordinal);
    private readonly Dictionary<ContractRule, long> _unread = [];
    private readonly CutRow _cut;
    private readonly bool _looksAtAll;
    private readonly Lazy<FoldLook?> _folds;
    private readonly ChoiceLook? _choices;
    private long _records;
    private long _recordsOfInput;
    private long _looked;
    private RowPosition _position;
    private RowFault? _fault;
    private bool _isCut;
    private readonly HashSet<string> _refused = new(StringComparer.Ordinal);
    private List<string> _begun = [];

    /// <param name="mapping">Of the source.</param>
    /// <param name="known">What was last known of it; null at first contact, when what the mapping names is what is known.</param>
    /// <param name="isLook">Nothing stops: what would is told by <see cref="Changes"/>. Every record is looked at.</param>
    public ShapeWatch(SourceMapping mapping, SourceShape? known, bool isLook = false)
    {
        ArgumentNullException.ThrowIfNull(mapping);
        // What was known of columns says nothing of trees.
        (_mapping, _known, _isLook) = (mapping, known?.IsTable == !mapping.Format.IsTree ? known : null, isLook);
        _byName = _columns.GetAlternateLookup<ReadOnlySpan<char>>();
        _emptyByName = _empty.GetAlternateLookup<ReadOnlySpan<char>>();
        _nulls = mapping.Terms.Nulls.ToHashSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
        _cut = new CutRow(mapping.ColumnTable);
        _folds = new Lazy<FoldLook?>(() => isLook ? FoldLook.Of(mapping) : null);
        _choices = isLook ? new ChoiceLook(mapping) : null;
        _looksAtAll = isLook || !mapping.Terms.Contract.IsOpen;
    }

    /// <summary>Nothing is known of the source but what its mapping names.</summary>
    public bool IsFirstContact => _known is null;

    /// <summary>Some of the source could not be read: what it has is not known, and what no record showed may stand there.</summary>
    public bool IsPartial { get; private set; }

    /// <summary>Records that were read.</summary>
    public long Records => _records;

    /// <summary>What the source looks like now, without what its contract refused.</summary>
    public SourceShape Seen => SourceShape.Of(IsTable, _looked, _columns.Values.Where(column => !column.IsRefused)
        .Select(column => KeyValuePair.Create(column.Name, Of(column))), JoinsSeen, OrdersSeen, EndsSeen);

    /// <summary>What is to be remembered of the source when all that was read stands.</summary>
    public SourceShape Next => _known?.Then(Seen) ?? Seen;

    /// <summary>As <see cref="Next"/>, when all that is told of the source is meant to be so.</summary>
    public SourceShape Accepted => _known?.Accepting(Seen) ?? Seen;

    /// <summary>What the contract left out.</summary>
    public IReadOnlyList<LeftOut> LeftOut =>
    [
        .. _columns.Values.Where(column => column.LeftOutAsNew > 0).Select(column => new LeftOut(ContractChange.New, Told(column), column.LeftOutAsNew)),
        .. _columns.Values.Where(column => column.LeftOutAsRetyped > 0).Select(column => new LeftOut(ContractChange.Retyped, Told(column), column.LeftOutAsRetyped)),
        .. _unread.Where(rule => rule.Key.Answer == ContractAnswer.DiscardValue).Select(rule => new LeftOut(ContractChange.Retyped, string.Join(", ", rule.Key.Columns), rule.Value)),
    ];

    private bool IsTable => !_mapping.Format.IsTree;

    private SourceContract Contract => _mapping.Terms.Contract;

    /// <summary>How the source is not what it was, in the order new, vanished, re-typed.</summary>
    public IReadOnlyList<ColumnChange> Changes()
    {
        var seen = Seen;
        var isNew = _columns.Values.Where(column => column.IsNew && !(_records > 0 && column.Values == 0 && _refused.Contains(column.Name)) && !(column.KnownRows > 0 && column.KnownRows == column.Values))
            .Select(column => new ColumnChange(ContractChange.New, column.Name, column.NewAnswer, column.Values, ValueKinds.None, column.Kinds, IsRead(column.Name)));
        var others = _columns.Values.Where(column => column.Others > 0)
            .Select(column => new ColumnChange(ContractChange.Retyped, column.Name, column.RetypedAnswer, column.Others, column.Expected!.Value, column.OtherKinds, IsRead(column.Name)));
        var unread = _unread.Where(rule => rule.Value > 0).Select(rule => new ColumnChange(ContractChange.Retyped, string.Join(", ", rule.Key.Columns), rule.Key.Answer, rule.Value, ValueKinds.None, ValueKinds.None, true) { IsUnread = true });
        return [.. isNew.OrderBy(change => change.Column, StringComparer.Ordinal), .. Vanished(seen), .. others.Concat(unread).OrderBy(change => change.Column, StringComparer.Ordinal)];
    }

    /// <summary>An input is refused: where others were read, what only its header has is not told as a column without values.</summary>
    public void Refuse()
    {
        IsPartial = true;
        Broken();
        _refused.UnionWith(_begun);
        _begun = [];
    }

    /// <summary>An input broke off; what was read of it is not the next one's.</summary>
    public void Broken()
    {
        _recordsOfInput = 0;
        SettleValues();
    }

    /// <summary>An input could not even be opened.</summary>
    public void Miss() => IsPartial = true;

    /// <summary>Asked when all inputs were read.</summary>
    /// <exception cref="SourceFormatException">A column that the contract freezes is in no input any more, or a path in no record; a join finds less, or gives a case less, or columns or their values were exchanged.</exception>
    public void Conclude()
    {
        if (!_isLook && Vanished(Seen).FirstOrDefault(change => change.Answer == ContractAnswer.Freeze) is { } gone)
        {
            throw Stop($"{(IsTable ? "No input" : "No record")} has '{Told(gone.Column)}' any more, and the contract freezes it.", "Have the export corrected; or, when the source has it no more, write vanished: evolve for it under contract.columns.");
        }

        if (!_isLook)
        {
            RequireJoins();
            RequireRecords();
            RequireOrder();
        }
    }

    /// <summary>The columns of an input, before its first record.</summary>
    internal void Header(IReadOnlyList<string> names, string fileName)
    {
        _begun = [];
        // Not one name fits: this may be a row of data without its header, which no fault may quote. The mapping refuses it.
        if (!_mapping.ColumnTable.Columns.Any(column => HeaderNames.Find(names, column.Name).Count > 0))
        {
            return;
        }

        LookAtOrder(string.Empty, _mapping.HeaderColumns, names, fileName);
        _position = new RowPosition(fileName, 0, 1, 0);
        _begun = [.. names.Where(name => _refused.Contains(name) || !_columns.ContainsKey(name))];
        _refused.ExceptWith(names);
        for (var index = 0; index < names.Count; index++)
        {
            if (names[index].Length > 0)
            {
                var column = Of(names[index], index + 1);
                if (column is { IsNew: true, NewAnswer: ContractAnswer.Freeze })
                {
                    RefuseNew(column);
                }
            }
        }

        foreach (var demanded in _mapping.ColumnTable.Columns.Where(column => IsTable && !column.IsOptional && HeaderNames.Find(names, column.Name).Count == 0))
        {
            _lacking[demanded.Name] = _lacking.GetValueOrDefault(demanded.Name) + 1;
        }
    }

    /// <summary>Keeps the contract for one record.</summary>
    /// <param name="row">The record.</param>
    /// <param name="position">Where it stands.</param>
    /// <param name="seen">What the mapping may see of it.</param>
    /// <returns>Why it goes to the quarantine; else null.</returns>
    internal RowFault? Judge(SourceRow row, RowPosition position, out SourceRow seen)
    {
        (seen, row.Watch, _position) = (row, this, position);
        _records++;
        _recordsOfInput++;
        if (!_looksAtAll && _records > AllUntil && _recordsOfInput > FirstOfInput && _records % ThenEvery != 0)
        {
            return null;
        }

        _looked++;
        (_fault, _isCut) = (null, false);
        ForgetRecord();
        _cut.Show(row);
        row.Visit(this);
        seen = _isCut ? _cut : row;
        return _fault;
    }

    /// <summary>A rule of the mapping could not make its value of what its columns hold.</summary>
    internal void Unread(ContractRule rule, RowFault fault)
    {
        _unread[rule] = _unread.GetValueOrDefault(rule) + 1;
        _recordUnread.Add(rule);
        if (rule.Answer == ContractAnswer.Freeze && !_isLook)
        {
            throw Stop($"Row {_position.Row} of {_position.File} has in '{string.Join("', '", rule.Columns)}' what is not of its type, and the contract freezes it. {fault.Message}", Retyped);
        }
    }

    void ICellVisitor.Empty(ReadOnlySpan<char> name)
    {
        if (_isLook && _empty.Count < SourceShape.MostColumns)
        {
            _emptyByName.Add(name);
        }
    }

    void ICellVisitor.Cell(ReadOnlySpan<char> name, int number, ReadOnlySpan<char> text)
    {
        _choices?.Add(name, text);
        if (_nulls.Contains(text) || (_byName.TryGetValue(name, out var known) ? known : Of(name.ToString(), number)) is not { } column)
        {
            return;
        }

        if (column.LastRecord != _records)
        {
            column.LastRecord = _records;
            column.Values++;
            if (column.IsNew)
            {
                RefuseNew(column);
            }
        }

        column.Shapes.Add(text);
        if (column.Expected is not null || !column.Kinds.HasFlag(ValueKinds.Text))
        {
            Classify(column, ValueKind.Of(text));
        }
    }

    private ColumnWatch? Of(string name, int number)
    {
        if (_columns.TryGetValue(name, out var known) || _columns.Count >= SourceShape.MostColumns)
        {
            return known;
        }

        var (terms, before) = (_mapping.Terms, _known?.Columns.GetValueOrDefault(name) ?? default);
        return _columns[name] = new ColumnWatch(name, number)
        {
            IsNew = terms.IsNew(name, _mapping.ColumnTable, !IsTable, _known),
            NewAnswer = Contract.New,
            Expected = Contract.Columns.GetValueOrDefault(name)?.Is ?? (terms.Typed.Contains(name) ? null : before.OnlyKind),
            RetypedAnswer = terms.AnswerTo(ContractChange.Retyped, name),
            Usual = before.Usual ?? ShapeShares.None,
            Former = before.Former ?? ShapeShares.None,
            Recent = before.Recent ?? ShapeShares.None,
        };
    }

    private static ColumnShape Of(ColumnWatch column) => new(column.Values, column.Kinds)
    {
        Usual = column.Learned,
        Recent = column.Recent,
    };

    private IEnumerable<ColumnChange> Vanished(SourceShape seen)
    {
        var missed = (_known?.Columns.Keys ?? []).Where(name => _known!.IsVanished(name, seen));
        return missed.Union(_lacking.Keys).Order(StringComparer.Ordinal).Select(Vanished);
    }

    private ColumnChange Vanished(string name)
    {
        var was = _known?.Columns.GetValueOrDefault(name).Kinds ?? ValueKinds.None;
        return new ColumnChange(ContractChange.Vanished, name, Contract.AnswerTo(ContractChange.Vanished, name), _lacking.GetValueOrDefault(name), was, ValueKinds.None, IsRead(name))
        {
            IsDemanded = IsTable && IsDemanded(name),
            IsPartial = IsPartial,
        };
    }

    private bool IsDemanded(string name) => _mapping.ColumnTable.Columns.Any(column => column.Name == name && !column.IsOptional);

    private bool IsRead(string name) => !_mapping.Terms.IsNew(name, _mapping.ColumnTable, !IsTable, known: null) && !(Contract.Columns.ContainsKey(name) && !_mapping.ColumnTable.Names(name));

    private string Told(ColumnWatch column) => IsRead(column.Name) || UnmappedNames.IsPlain(column.Name) ? column.Name : string.Create(CultureInfo.InvariantCulture, $"number {column.Number}");

    private string Told(string name) => IsRead(name) || UnmappedNames.IsPlain(name) ? name : "(a name that may be a value)";

    private SourceFormatException Stop(string message, string cure) => new(_mapping.FaultAt(Contract.Line, message, cure)) { IsContract = true };
}
