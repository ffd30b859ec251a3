using CallTracking.SampleData.Desks;
using CallTracking.SampleData.Files;
using CallTracking.SampleData.Stories;

namespace CallTracking.SampleData.Sinks;

/// <summary>Into the tables of a help desk, some hundred cases at a time.</summary>
internal sealed class DeskSink(HelpDesk desk, DeskLoader loader) : RegionSink
{
    private const int FlushRows = 2_000;

    private readonly Dictionary<DeskTable, List<string?[]>> _rows = desk.Tables.ToDictionary(table => table, _ => new List<string?[]>());
    private int _held;

    public override RegionForm Form => desk;

    public override bool IsFull => _held >= FlushRows;

    public override Task BeginAsync(CancellationToken cancellationToken) => loader.BeginAsync(desk.Schema, cancellationToken);

    public override void Case(CaseDraft draft, Quirk quirk)
    {
        foreach (var (table, values) in desk.RowsOfTables(draft, quirk))
        {
            _rows[table].Add(values);
            _held++;
        }
    }

    public override void BlankRow() => throw new NotSupportedException("A table has no blank rows.");

    public override async Task FlushAsync(CancellationToken cancellationToken)
    {
        foreach (var table in desk.Tables)
        {
            await loader.LoadAsync(table, _rows[table], cancellationToken).ConfigureAwait(false);
            _rows[table].Clear();
        }

        _held = 0;
    }

    public override async Task EndAsync(CancellationToken cancellationToken)
    {
        await FlushAsync(cancellationToken).ConfigureAwait(false);
        await loader.EndAsync(cancellationToken).ConfigureAwait(false);
    }

    public override ValueTask DisposeAsync() => loader.DisposeAsync();
}
