using CallTracking.Agent.Outbox;
using CallTracking.Agent.Quarantine;
using Microsoft.Data.Sqlite;

namespace CallTracking.Agent.Ledger;

/// <summary>The tables of the ledger's file. Called within <see cref="LedgerFile"/>'s turn.</summary>
internal sealed class LedgerTables(SqliteConnection connection, PayloadCipher cipher) : IDisposable
{
    public MetaTable Meta { get; } = new(connection);

    public CaseTable Cases { get; } = new(connection);

    public OutboxTable Outbox { get; } = new(connection);

    public RunTable Runs { get; } = new(connection);

    public QuarantineTable Quarantine { get; } = new(connection, cipher);

    public NoteTable Notes { get; } = new(connection);

    public VanishedTable Vanished { get; } = new(connection);

    public ShapeTable Shapes { get; } = new(connection);

    public OriginTable Origins { get; } = new(connection);

    public ResidentTable Residents { get; } = new(connection);

    public ReconcileTable Compared { get; } = new(connection);

    public TransferTable Transfers { get; } = new(connection);

    public void Dispose()
    {
        foreach (var table in new IDisposable[] { Meta, Cases, Outbox, Runs, Quarantine, Notes, Vanished, Shapes, Origins, Residents, Compared, Transfers })
        {
            table.Dispose();
        }
    }
}
