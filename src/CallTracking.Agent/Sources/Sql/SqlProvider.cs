using System.Data;
using System.Data.Common;

namespace CallTracking.Agent.Sources.Sql;

/// <summary>What one kind of database needs of its own.</summary>
internal abstract class SqlProvider
{
    /// <summary>How rows are read: cells from left to right, long ones without being held, where the driver can.</summary>
    public virtual CommandBehavior Reading => CommandBehavior.SequentialAccess | CommandBehavior.SingleResult;

    /// <exception cref="ProviderAssemblyException">The driver's assembly or factory cannot be had.</exception>
    public static SqlProvider Of(SqlSettings settings, string folder) => settings.Provider.BuiltIn switch
    {
        "postgresql" => new PostgresProvider(),
        "sqlite" => new SqliteProvider(folder),
        _ => new ForeignProvider(ProviderAssembly.Factory(settings.Provider.Assembly!, settings.Provider.Factory!)),
    };

    /// <summary>A connection that is not open yet.</summary>
    /// <exception cref="ArgumentException">The connection string is none.</exception>
    public abstract DbConnection Connect(string connection, bool readOnly);

    /// <summary>Makes an open connection ready.</summary>
    public virtual Task PrepareAsync(DbConnection connection, bool readOnly, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>The configuration's <c>start</c> as the query's first cursor.</summary>
    public virtual SqlCursor Begin(SqlCursor start) => start;

    /// <summary>Gives the query its cursor.</summary>
    public virtual void Bind(DbCommand command, string name, SqlCursor cursor)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.Value = cursor.Value;
        command.Parameters.Add(parameter);
    }

    /// <summary>The text of a cell, or null when it has more than there is room for (bytes of UTF-8): then it is not held.</summary>
    public virtual string? TextOf(DbDataReader reader, int ordinal, int room) => SqlCells.ReadText(reader, ordinal, room);

    /// <summary>The value of a cell that is no text. Called once for each: cells are read from left to right.</summary>
    public virtual object ValueOf(DbDataReader reader, int ordinal) => reader.GetValue(ordinal);

    /// <summary>What an error of the query says without a value of any row: a database quotes them in its messages.</summary>
    public abstract string Explain(DbException error);

    /// <summary>The bytes of a text cell, where the driver replaces those that are none; null where it refuses them itself.</summary>
    public virtual byte[]? BytesOf(DbDataReader reader, int ordinal) => null;
}

/// <summary>A driver that was dropped into a folder: only what ADO.NET itself promises.</summary>
internal sealed class ForeignProvider(DbProviderFactory factory) : SqlProvider
{
    public override DbConnection Connect(string connection, bool readOnly)
    {
        var made = factory.CreateConnection() ?? throw new ProviderAssemblyException("The factory gives no connection.", "name the provider's own factory");
        made.ConnectionString = connection;
        return made;
    }

    public override SqlCursor Begin(SqlCursor start) => start.Typed;

    public override string Explain(DbException error) =>
        $"{error.GetType().Name}, SQLSTATE {error.SqlState ?? "none"}, code {error.ErrorCode}: try the query with the database's own tool";
}
