namespace CallTracking.Mapping.Reading.SqlDump;

/// <summary>What the cursor stands in once a statement with rows is found.</summary>
internal enum SqlRows
{
    /// <summary>At the end of the dump.</summary>
    None,

    /// <summary>Before the first group of values.</summary>
    Values,

    /// <summary>Before the first line of a COPY.</summary>
    Lines,
}

/// <summary>Goes from statement to statement and stops at those with rows of the wanted table. Not thread-safe.</summary>
internal sealed class SqlStatements(SqlCursor cursor, SqlDumpStart start, string wanted)
{
    private const int LargestDeclaration = 4 * 1024 * 1024;
    private const int MostTables = 500;
    private const int MostPartitions = 100_000;
    private const int DeepestDivision = 100;
    private const int MostParts = 5_000;

    private readonly HashSet<string> _tables = new(StringComparer.Ordinal);

    // Of each partition the table that it is a part of, by whole names: pg_dump writes a divided table's rows as its parts'.
    private readonly Dictionary<string, string> _divided = new(StringComparer.Ordinal);
    private string? _database;
    private string? _chosen;
    private string _table = string.Empty;

    // A part may have the columns in another order than the table, and an INSERT need not name them.
    private readonly Dictionary<string, IReadOnlyList<SqlColumn>> _parts = new(StringComparer.Ordinal);

    /// <summary>As the dump declares them; none before it does.</summary>
    public IReadOnlyList<SqlColumn> Declared { get; private set; } = [];

    /// <summary>Those that the statement at work names; none when it leaves them to the declaration.</summary>
    public IReadOnlyList<SqlColumn> Listed { get; private set; } = [];

    /// <summary>The wanted table has been seen.</summary>
    public bool IsFound => _chosen is not null;

    /// <summary>The tables that the dump has, as far as it has been read.</summary>
    public IReadOnlyCollection<string> Tables => _tables;

    /// <summary>Goes to the next statement with rows of the table.</summary>
    public async ValueTask<SqlRows> NextAsync(CancellationToken cancellationToken)
    {
        int next;
        while ((next = await cursor.PeekAsync(cancellationToken).ConfigureAwait(false)) >= 0)
        {
            if (next == ';')
            {
                cursor.Consume(1);
            }
            else if (next == '\\')
            {
                // An order to psql, such as \connect or \unrestrict.
                await cursor.SkipPastAsync("\n"u8.ToArray(), cancellationToken).ConfigureAwait(false);
            }
            else if (await TakeAsync(cancellationToken).ConfigureAwait(false) is var rows and not SqlRows.None)
            {
                return rows;
            }
        }

        return SqlRows.None;
    }

    private async ValueTask<SqlRows> TakeAsync(CancellationToken cancellationToken)
    {
        cursor.Begin();
        switch (await cursor.WordAsync(cancellationToken).ConfigureAwait(false))
        {
            case "INSERT" or "REPLACE":
                return await InsertAsync(cancellationToken).ConfigureAwait(false);
            case "COPY" when start.Dialect == SqlDialect.Postgres:
                return await CopyAsync(cancellationToken).ConfigureAwait(false);
            case "ALTER" when start.Dialect == SqlDialect.Postgres:
                await AlterAsync(cancellationToken).ConfigureAwait(false);
                break;
            case "CREATE":
                await CreateAsync(cancellationToken).ConfigureAwait(false);
                return SqlRows.None;
            case "USE":
                _database = await cursor.NameAsync(cancellationToken).ConfigureAwait(false);
                break;
            case "DELIMITER":
                await DelimiterAsync(cancellationToken).ConfigureAwait(false);
                return SqlRows.None;
        }

        await cursor.SkipAsync(isGroup: false, cancellationToken).ConfigureAwait(false);
        return SqlRows.None;
    }

    // Bodies of procedures stand between this and the next, with semicolons and statements of their own.
    private async ValueTask DelimiterAsync(CancellationToken cancellationToken)
    {
        if (await cursor.MeasureLineAsync(LargestDeclaration, cancellationToken).ConfigureAwait(false) is not var (length, _)
            || !cursor.Peek(length).Span.Trim(" \t"u8).SequenceEqual(";"u8))
        {
            await cursor.SkipPastAsync("\nDELIMITER ;"u8.ToArray(), cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask<SqlRows> InsertAsync(CancellationToken cancellationToken)
    {
        string word;
        do
        {
            word = await cursor.WordAsync(cancellationToken).ConfigureAwait(false);
        }
        while (word is "LOW_PRIORITY" or "DELAYED" or "HIGH_PRIORITY" or "IGNORE");

        if (word != "INTO" || !await IsWantedAsync(cancellationToken).ConfigureAwait(false))
        {
            await cursor.SkipAsync(isGroup: false, cancellationToken).ConfigureAwait(false);
            return SqlRows.None;
        }

        Listed = await ListAsync(cancellationToken).ConfigureAwait(false);
        if (Listed.Count == 0 && _table != _chosen)
        {
            Listed = _parts.GetValueOrDefault(_table) ?? throw cursor.Broken($"nothing before says which columns '{_table}' has");
        }

        do
        {
            word = await cursor.WordAsync(cancellationToken).ConfigureAwait(false);
        }
        while (word is "OVERRIDING" or "SYSTEM" or "USER" or "VALUE");

        return word == "VALUES" ? SqlRows.Values : throw cursor.Broken("expected VALUES");
    }

    private async ValueTask<SqlRows> CopyAsync(CancellationToken cancellationToken)
    {
        var isWanted = await IsWantedAsync(cancellationToken).ConfigureAwait(false);
        Listed = await ListAsync(cancellationToken).ConfigureAwait(false);
        var from = await cursor.WordAsync(cancellationToken).ConfigureAwait(false);
        var stdin = await cursor.WordAsync(cancellationToken).ConfigureAwait(false);
        if (from != "FROM" || stdin != "STDIN" || await cursor.PeekAsync(cancellationToken).ConfigureAwait(false) != ';')
        {
            throw cursor.Broken("expected COPY … FROM stdin;");
        }

        await cursor.SkipPastAsync("\n"u8.ToArray(), cancellationToken).ConfigureAwait(false);
        if (isWanted)
        {
            return SqlRows.Lines;
        }

        await SkipLinesAsync(cancellationToken).ConfigureAwait(false);
        return SqlRows.None;
    }

    private async ValueTask SkipLinesAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await cursor.MeasureLineAsync(LargestDeclaration, cancellationToken).ConfigureAwait(false) is not var (length, consumed))
            {
                await cursor.SkipPastAsync("\n"u8.ToArray(), cancellationToken).ConfigureAwait(false);
                continue;
            }

            var isEnd = cursor.Peek(length).Span.SequenceEqual("\\."u8);
            cursor.Consume(consumed);
            if (isEnd)
            {
                return;
            }
        }
    }

    private async ValueTask CreateAsync(CancellationToken cancellationToken)
    {
        var word = await cursor.WordAsync(cancellationToken).ConfigureAwait(false);
        while (word is "TEMPORARY" or "UNLOGGED" or "OR" or "REPLACE")
        {
            word = await cursor.WordAsync(cancellationToken).ConfigureAwait(false);
        }

        if (word == "TABLE")
        {
            await TableAsync(cancellationToken).ConfigureAwait(false);
        }

        if (word is "FUNCTION" or "PROCEDURE" && start.Dialect == SqlDialect.Postgres
            && await cursor.MeasureAsync(isGroup: false, LargestDeclaration, cancellationToken).ConfigureAwait(false) is { } length
            && cursor.Peek(length).Span.IndexOf("BEGIN ATOMIC"u8) >= 0)
        {
            // Its body has semicolons that are in no text.
            await cursor.SkipPastAsync("\nEND;"u8.ToArray(), cancellationToken).ConfigureAwait(false);
            return;
        }

        await cursor.SkipAsync(isGroup: false, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask TableAsync(CancellationToken cancellationToken)
    {
        var (name, whole) = await TableNameAsync(["IF", "NOT", "EXISTS"], cancellationToken).ConfigureAwait(false);
        if (await cursor.PeekAsync(cancellationToken).ConfigureAwait(false) == '(')
        {
            if (IsChosen(name, whole))
            {
                Declared = await ListAsync(cancellationToken).ConfigureAwait(false);
            }
            else if (start.Dialect == SqlDialect.Postgres && _parts.Count < MostParts)
            {
                _parts[whole] = await ListAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        else if (start.Dialect == SqlDialect.Postgres
            && await cursor.WordAsync(cancellationToken).ConfigureAwait(false) == "PARTITION"
            && await cursor.WordAsync(cancellationToken).ConfigureAwait(false) == "OF")
        {
            Divide((await TableNameAsync([], cancellationToken).ConfigureAwait(false)).Whole, whole);
        }
    }

    // ALTER TABLE ONLY public.tickets ATTACH PARTITION public.tickets_2026 FOR VALUES …
    private async ValueTask AlterAsync(CancellationToken cancellationToken)
    {
        if (await cursor.WordAsync(cancellationToken).ConfigureAwait(false) != "TABLE")
        {
            return;
        }

        var (_, whole) = await TableNameAsync(["IF", "EXISTS", "ONLY"], cancellationToken, notes: false).ConfigureAwait(false);
        if (await cursor.WordAsync(cancellationToken).ConfigureAwait(false) == "ATTACH"
            && await cursor.WordAsync(cancellationToken).ConfigureAwait(false) == "PARTITION")
        {
            Divide(whole, (await TableNameAsync([], cancellationToken).ConfigureAwait(false)).Whole);
        }
    }

    private void Divide(string table, string part)
    {
        if (_divided.Count >= MostPartitions)
        {
            throw cursor.Broken($"more than {MostPartitions:N0} partitions");
        }

        _divided[part] = table;
    }

    private async ValueTask<IReadOnlyList<SqlColumn>> ListAsync(CancellationToken cancellationToken)
    {
        if (await cursor.PeekAsync(cancellationToken).ConfigureAwait(false) != '(')
        {
            return [];
        }

        if (await cursor.MeasureAsync(isGroup: true, LargestDeclaration, cancellationToken).ConfigureAwait(false) is not { } length)
        {
            throw cursor.Broken($"a list of columns is over {LargestDeclaration} bytes");
        }

        var columns = SqlNames.ColumnsOf(cursor.Peek(length).Span[..^1], start);
        cursor.Consume(length);
        return columns;
    }

    /// <summary>Reads a table's name and says whether its rows are wanted: those of the table that the mapping names, and of its partitions, whichever is divided first.</summary>
    private async ValueTask<bool> IsWantedAsync(CancellationToken cancellationToken)
    {
        var (name, whole) = await TableNameAsync([], cancellationToken).ConfigureAwait(false);
        _table = whole;
        for (var steps = 0; steps < DeepestDivision && !IsChosen(name, whole) && _divided.TryGetValue(whole, out var table); steps++)
        {
            (name, whole) = (table[(table.LastIndexOf('.') + 1)..], table);
        }

        return IsChosen(name, whole);
    }

    /// <summary>Reads a table's name and notes it; a sequence or view that is altered is none.</summary>
    private async ValueTask<(string Name, string Whole)> TableNameAsync(string[] skips, CancellationToken cancellationToken, bool notes = true)
    {
        var schema = _database;
        var name = await cursor.NameAsync(cancellationToken).ConfigureAwait(false);
        while (skips.Contains(name.ToUpperInvariant()))
        {
            name = await cursor.NameAsync(cancellationToken).ConfigureAwait(false);
        }

        if (await cursor.PeekAsync(cancellationToken).ConfigureAwait(false) == '.')
        {
            cursor.Consume(1);
            schema = name;
            name = await cursor.NameAsync(cancellationToken).ConfigureAwait(false);
        }

        var whole = schema is null ? name : $"{schema}.{name}";
        if (notes && _tables.Count < MostTables)
        {
            _tables.Add(whole);
        }

        return (name, whole);
    }

    /// <summary>True for the table that the mapping names.</summary>
    /// <exception cref="SourceFormatException">Two tables of two schemas fit the name that is wanted.</exception>
    private bool IsChosen(string name, string whole)
    {
        if (wanted != name && wanted != whole)
        {
            return false;
        }

        _chosen ??= whole;
        return _chosen == whole
            ? true
            : throw cursor.Broken($"the table '{wanted}' stands in it twice, as '{_chosen}' and as '{whole}': name one of them in the mapping");
    }
}
