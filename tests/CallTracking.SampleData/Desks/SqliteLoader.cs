using Microsoft.Data.Sqlite;

namespace CallTracking.SampleData.Desks;

/// <summary>Fills an SQLite file, in one transaction.</summary>
internal sealed class SqliteLoader(string path) : DeskLoader
{
    private readonly SqliteConnection _connection = new(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ConnectionString);
    private readonly Dictionary<string, SqliteCommand> _inserts = [];
    private SqliteTransaction? _transaction;

    public override async Task BeginAsync(string schema, CancellationToken cancellationToken)
    {
        await _connection.OpenAsync(cancellationToken).ConfigureAwait(false);
        _transaction = _connection.BeginTransaction();
        await using var command = _connection.CreateCommand();
#pragma warning disable CA2100 // A text of this program.
        command.CommandText = schema;
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    public override async Task LoadAsync(DeskTable table, IReadOnlyList<string?[]> rows, CancellationToken cancellationToken)
    {
        if (!_inserts.TryGetValue(table.Name, out var insert))
        {
            _inserts.Add(table.Name, insert = Insert(table));
        }

        foreach (var row in rows)
        {
            for (var i = 0; i < row.Length; i++)
            {
                insert.Parameters[i].Value = row[i] is { } value ? value : DBNull.Value;
            }

            await insert.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public override Task EndAsync(CancellationToken cancellationToken) => _transaction!.CommitAsync(cancellationToken);

    public override async ValueTask DisposeAsync()
    {
        foreach (var insert in _inserts.Values)
        {
            await insert.DisposeAsync().ConfigureAwait(false);
        }

        if (_transaction is not null)
        {
            await _transaction.DisposeAsync().ConfigureAwait(false);
        }

        await _connection.DisposeAsync().ConfigureAwait(false);
    }

    private SqliteCommand Insert(DeskTable table)
    {
        var names = table.Columns.Select((_, index) => $"@p{index}").ToList();
        var command = _connection.CreateCommand();
        command.Transaction = _transaction;
#pragma warning disable CA2100 // Names of this program.
        command.CommandText = $"insert into {table.Name} ({string.Join(", ", table.Columns)}) values ({string.Join(", ", names)})";
#pragma warning restore CA2100
        names.ForEach(name => command.Parameters.Add(new SqliteParameter(name, SqliteType.Text)));
        return command;
    }
}
