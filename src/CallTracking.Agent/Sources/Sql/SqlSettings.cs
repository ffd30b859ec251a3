using CallTracking.Agent.Configuration;

namespace CallTracking.Agent.Sources.Sql;

/// <summary>An entry's <c>sql</c>: a query, and how it goes on from one run to the next.</summary>
internal sealed record SqlSettings
{
    public const string DefaultName = "query";

    /// <summary>What positions and faults call it.</summary>
    public required string Name { get; init; }

    public required SqlProviderSettings Provider { get; init; }

    public required SecretText Connection { get; init; }

    public required string Query { get; init; }

    /// <summary>Null when the query is read whole each time.</summary>
    public SqlCursorSettings? Cursor { get; init; }

    /// <summary>The longest wait for the connection, the first row, or the next.</summary>
    public required TimeSpan Timeout { get; init; }

    public required bool ReadOnly { get; init; }
}

/// <summary>Which driver: a built-in one by its name, or another's assembly and the member that holds its factory.</summary>
internal sealed record SqlProviderSettings(string? BuiltIn, string? Assembly, string? Factory);

/// <summary>The column that says how far a run has read.</summary>
/// <param name="Parameter">As the query writes it: <c>@cursor</c> or <c>:cursor</c>.</param>
/// <param name="Overlap">How far before the highest value seen the next run begins, where values are times.</param>
/// <param name="OverlapUnits">The same where they are numbers.</param>
internal sealed record SqlCursorSettings(string Column, string Parameter, SqlCursor Start, TimeSpan Overlap, decimal OverlapUnits);
