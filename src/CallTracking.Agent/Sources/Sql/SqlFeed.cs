using System.Data.Common;
using CallTracking.Agent.Configuration;
using CallTracking.Mapping;

namespace CallTracking.Agent.Sources.Sql;

/// <summary>The rows of one query, as the database gives them: one at a time is held.</summary>
/// <param name="settings">What is asked.</param>
/// <param name="from">Where to begin; null for the configured start.</param>
/// <param name="folder">Relative paths start there.</param>
/// <param name="retry">What a query that fails before its first row is good for.</param>
/// <param name="fail">Makes a fault of the entry.</param>
internal sealed class SqlFeed(SqlSettings settings, SqlCursor? from, string folder, SqlRetry retry, Func<string, string, SourceFormatException> fail) : RowFeed
{
    private readonly SecretMask _mask = new();
    private readonly CancellationTokenSource _limit = new();
    private SqlProvider _provider = null!;
    private DbConnection? _connection;
    private DbCommand? _command;
    private DbDataReader? _reader;
    private int _cursorOrdinal = -1;
    private long _unreadableCursors;
    private bool _isAtEnd;
    private bool _mayPass;

    /// <summary>The values of the cursor's column so far.</summary>
    public SqlCursorReach Reach { get; } = new();

    public override async ValueTask<IReadOnlyList<string>> ReadColumnsAsync(CancellationToken cancellationToken)
    {
        await BeginAsync(cancellationToken);
        var names = Enumerable.Range(0, _reader!.FieldCount).Select(_reader.GetName).ToList();
        if (settings.Cursor is { } cursor)
        {
            _cursorOrdinal = names.FindIndex(name => string.Equals(name, cursor.Column, StringComparison.OrdinalIgnoreCase));
            if (_cursorOrdinal < 0)
            {
                throw fail($"The query gives no column '{cursor.Column}', which 'cursor' names.", NearestName.Of(cursor.Column, names) is { } near ? $"did you mean '{near}'?" : $"add it to the query's columns: {string.Join(", ", names)}");
            }
        }

        return names;
    }

    public override async ValueTask<bool> ReadAsync(FeedRow row, CancellationToken cancellationToken)
    {
        await GuardAsync(
            async token =>
            {
                _isAtEnd = !await _reader!.ReadAsync(token);
                if (!_isAtEnd)
                {
                    AddCells(row);
                }
            },
            "The query broke off",
            "what was read stands; the next run asks again",
            isOpen: true,
            cancellationToken);
        if (_isAtEnd && _unreadableCursors > 0)
        {
            throw fail($"In {_unreadableCursors} {(_unreadableCursors == 1 ? "row" : "rows")} the cursor's column holds neither a number nor an ISO 8601 time.", "name a column of numbers or times as 'cursor', or convert it in the query");
        }

        return !_isAtEnd;
    }

    /// <summary>Connects and asks, and again as long as that may help: until the first row nothing is lost or doubled by it.</summary>
    private async Task BeginAsync(CancellationToken cancellationToken)
    {
        for (var failures = 0; ; failures++)
        {
            try
            {
                await GuardAsync(token => OpenAsync(token), "The database cannot be reached", "check 'connection', the network and whether the database runs", isOpen: false, cancellationToken);
                await GuardAsync(token => ExecuteAsync(token), "The query failed", "mend 'query'", isOpen: true, cancellationToken);
                return;
            }
            catch (SourceFormatException failed) when (_mayPass && failures < retry.Most)
            {
                await CloseAsync();
                await retry.WaitAsync(failures, failed.Faults[0].Message, cancellationToken);
            }
        }
    }

    public override async ValueTask DisposeAsync()
    {
        await CloseAsync();
        _limit.Dispose();
    }

    private async Task CloseAsync()
    {
        Abandon();
        foreach (var part in new IAsyncDisposable?[] { _reader, _command, _connection }.OfType<IAsyncDisposable>())
        {
            try
            {
                await part.DisposeAsync();
            }
            catch (Exception broken) when (broken is DbException or InvalidOperationException or IOException)
            {
                // What broke has been told already, and is gone all the same.
            }
        }

        (_reader, _command, _connection) = (null, null, null);
    }

    public override void Dispose()
    {
        DisposeAsync().AsTask().GetAwaiter().GetResult();
    }

    private async Task OpenAsync(CancellationToken cancellationToken)
    {
        _provider = SqlProvider.Of(settings, folder);
        _connection = _provider.Connect(settings.Connection.Reveal(_mask), settings.ReadOnly);
        LearnPasswords();
        await _connection.OpenAsync(cancellationToken);
        await _provider.PrepareAsync(_connection, settings.ReadOnly, cancellationToken);
    }

    private async Task ExecuteAsync(CancellationToken cancellationToken)
    {
        _command = _connection!.CreateCommand();
        _command.CommandText = settings.Query;
        _command.CommandTimeout = (int)Math.Min(int.MaxValue, Math.Ceiling(settings.Timeout.TotalSeconds));
        if (settings.Cursor is { } cursor)
        {
            _provider.Bind(_command, cursor.Parameter, from ?? _provider.Begin(cursor.Start));
        }

        _reader = await _command.ExecuteReaderAsync(_provider.Reading, cancellationToken);
    }

    private void AddCells(FeedRow row)
    {
        for (var ordinal = 0; ordinal < _reader!.FieldCount; ordinal++)
        {
            var value = SqlCells.Add(row, _reader, ordinal, _provider);
            if (ordinal == _cursorOrdinal && value is not (null or SqlCells.Endless or SqlCells.EndlessPast))
            {
                See(value);
            }
        }
    }

    private void See(object value)
    {
        if (SqlCursor.Of(value) is not { } seen)
        {
            _unreadableCursors++;
        }
        else
        {
            Reach.See(seen);
        }
    }

    /// <summary>A password that the connection string holds as it is must not come back in a message.</summary>
    private void LearnPasswords()
    {
        var parts = new DbConnectionStringBuilder { ConnectionString = _connection!.ConnectionString };
        foreach (var key in parts.Keys.Cast<string>().Where(key => key.Contains("password", StringComparison.OrdinalIgnoreCase) || key.Equals("pwd", StringComparison.OrdinalIgnoreCase)))
        {
            _mask.Add(Convert.ToString(parts[key], System.Globalization.CultureInfo.InvariantCulture) ?? string.Empty);
        }
    }

    // A reader that is closed early would read all the rest first.
    private void Abandon()
    {
        if (_reader is null || _isAtEnd)
        {
            return;
        }

        try
        {
            _command!.Cancel();
        }
        catch (Exception over) when (over is DbException or InvalidOperationException or NotSupportedException)
        {
            // There is nothing left to stop.
        }
    }

    private async Task GuardAsync(Func<CancellationToken, Task> work, string what, string cure, bool isOpen, CancellationToken cancellationToken)
    {
        using var linked = cancellationToken.CanBeCanceled ? CancellationTokenSource.CreateLinkedTokenSource(_limit.Token, cancellationToken) : null;
        _limit.CancelAfter(settings.Timeout);
        _mayPass = false;
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            await work(linked?.Token ?? _limit.Token);
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (Exception late) when (late is TimeoutException or OperationCanceledException || late.InnerException is TimeoutException)
        {
            throw fail($"{what}: nothing came within 'timeout'.", "make the query faster, or 'timeout' longer");
        }
        catch (DbException error)
        {
            _mayPass = error.IsTransient;
            throw fail($"{what}: {_mask.Hide(isOpen ? _provider.Explain(error) : error.Message)}.", cure);
        }
        catch (SecretMissingException missing)
        {
            throw fail(missing.Message, "set it for the agent's user");
        }
        catch (ProviderAssemblyException unusable)
        {
            throw fail(unusable.Message, unusable.Cure);
        }
        catch (Exception wrong) when (wrong is ArgumentException or IOException or InvalidOperationException or System.Net.Sockets.SocketException)
        {
            throw fail($"{what}: {_mask.Hide(wrong is ArgumentException && !isOpen ? "'connection' is no connection string of this provider" : wrong.Message)}.", cure);
        }
        finally
        {
            // Who takes the rows may take long: only the database's own time counts.
            _limit.CancelAfter(Timeout.InfiniteTimeSpan);
        }
    }
}
