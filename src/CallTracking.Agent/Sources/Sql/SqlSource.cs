using System.Runtime.CompilerServices;
using CallTracking.Agent.Configuration;
using CallTracking.Agent.Spills;
using CallTracking.Contracts;
using CallTracking.Mapping;

namespace CallTracking.Agent.Sources.Sql;

/// <summary>The rows of a query, from where the last run that read to its end has come.</summary>
internal sealed class SqlSource(SourceSettings settings, SqlSettings sql, SourceMapping mapping, string configurationFile, SpillFolder? spills) : Source(settings, mapping)
{
    /// <summary>Where rows wait that are folded, and files lie that are joined.</summary>
    public ReadingPlace Place { get; } = spills is null ? ReadingPlace.InMemory(Path.GetDirectoryName(configurationFile)) : new(Path.GetDirectoryName(configurationFile), spills.New);

    private string NoteKey => $"sql {sql.Name}";

    public override bool IsRemote => true;

    public override async IAsyncEnumerable<SourceInput> InputsAsync(SourceVisit visit, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        var digest = SourceDigest.Of(Mapping, sql.Query, sql.Connection.Template, sql.Provider.ToString(), sql.Cursor?.Column, sql.Cursor?.Start.Text);
        var progress = sql.Cursor is null ? null : SqlProgress.Read(visit.Notes.Find(Name, NoteKey), digest) ?? new SqlProgress(digest, null);
        yield return new SqlInput(this, sql, progress, NoteKey, Path.GetDirectoryName(configurationFile)!, visit);
    }

    public SourceFormatException Fail(string message, string cure) =>
        new(new Fault(configurationFile, Settings.Line, Settings.Column, $"sql '{sql.Name}': {message}", cure));
}

/// <summary>One run's rows of a query.</summary>
internal sealed class SqlInput(SqlSource source, SqlSettings sql, SqlProgress? progress, string noteKey, string folder, SourceVisit visit) : SourceInput
{
    private Func<SqlCursorReach?> _reach = static () => null;
    private DateTimeOffset _askedAt;
    private SourceNote? _note;

    public override string Name => sql.Name;

    public override bool IsWhole => From() is null;

    public override bool HasPlaces => false;

    public override SourceNote? Note => progress is null || _reach()?.Highest is null ? null : _note ??= new SourceNote(noteKey, Next().ToBytes());

    public override ValueTask<SourceReader> OpenAsync(CancellationToken cancellationToken)
    {
        _askedAt = visit.Clock.GetUtcNow();
        var feed = new SqlFeed(sql, From(), folder, new SqlRetry(visit.IsLook ? 0 : SqlRetry.InRun, source.Name, visit.Say, visit.Clock), source.Fail);
        _reach = () => feed.Reach;

        // A query with a cursor gives the rows of a case one behind the other, and all of a case that changed; one without gives them as it likes.
        return ValueTask.FromResult(sql.Cursor is null ? source.Mapping.OpenReader(feed, Name, source.Place) : source.Mapping.OpenReader(feed, Name));
    }

    private SqlCursor? From() => !visit.Wish.Reread && progress?.Highest is { } highest
        ? highest.Minus(sql.Cursor!.Overlap, sql.Cursor.OverlapUnits)
        : null;

    private SqlProgress Next()
    {
        var (reached, before) = (_reach()!, progress!.Highest ?? sql.Cursor!.Start);
        var believed = reached.Believed(before)!;
        if (reached.Highest!.IsBehind(believed))
        {
            visit.Say($"{source.Name}: in '{sql.Cursor!.Column}' of {sql.Name} the highest number stands alone far above all others and 'start': it does not count, so that nothing behind it is missed, and its rows are read again each time");
        }

        var seen = believed.NotAfter(_askedAt, source.Mapping.TimeZone);
        return progress! with { Highest = seen.IsBehind(progress.Highest) ? seen : progress.Highest };
    }
}
