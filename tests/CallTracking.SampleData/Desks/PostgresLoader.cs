using System.Text;
using Npgsql;

namespace CallTracking.SampleData.Desks;

/// <summary>Fills a PostgreSQL database with COPY, in one transaction.</summary>
internal sealed class PostgresLoader(string connection) : DeskLoader
{
    private readonly NpgsqlConnection _connection = new(new NpgsqlConnectionStringBuilder(connection) { Pooling = false }.ConnectionString);
    private readonly StringBuilder _line = new();
    private NpgsqlTransaction? _transaction;

    public override async Task BeginAsync(string schema, CancellationToken cancellationToken)
    {
        await _connection.OpenAsync(cancellationToken).ConfigureAwait(false);
        _transaction = await _connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
#pragma warning disable CA2100 // A text of this program.
        await using var command = new NpgsqlCommand(schema, _connection, _transaction);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    public override async Task LoadAsync(DeskTable table, IReadOnlyList<string?[]> rows, CancellationToken cancellationToken)
    {
        var copy = await _connection.BeginTextImportAsync(
            $"copy {table.Name} ({string.Join(", ", table.Columns)}) from stdin", cancellationToken).ConfigureAwait(false);
        await using (copy.ConfigureAwait(false))
        {
            foreach (var row in rows)
            {
                _line.Clear();
                foreach (var value in row)
                {
                    Append(value, isFirst: _line.Length == 0);
                }

                await copy.WriteAsync(_line.Append('\n'), cancellationToken).ConfigureAwait(false);
            }
        }
    }

    public override Task EndAsync(CancellationToken cancellationToken) => _transaction!.CommitAsync(cancellationToken);

    public override async ValueTask DisposeAsync()
    {
        if (_transaction is not null)
        {
            await _transaction.DisposeAsync().ConfigureAwait(false);
        }

        await _connection.DisposeAsync().ConfigureAwait(false);
    }

    // COPY's text form.
    private void Append(string? value, bool isFirst)
    {
        if (!isFirst)
        {
            _line.Append('\t');
        }

        _line.Append(value is null
            ? "\\N"
            : value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\t", "\\t", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal));
    }
}
