using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;

namespace CallTracking.Testing;

/// <summary>One captured log event: what a sink would have written.</summary>
/// <param name="Category">The logger's name.</param>
/// <param name="Level">Its level.</param>
/// <param name="Id">Its event id.</param>
/// <param name="Text">The message, every named value, the open scopes and the exception with its inner ones.</param>
public sealed record CapturedLog(string Category, LogLevel Level, EventId Id, string Text);

/// <summary>
/// Captures everything that is logged while a test runs, at every level. When it is disposed, an Error or Critical that the
/// test did not announce fails the test. Use it as the logger factory, or add <see cref="Provider"/> to a host's logging.
/// </summary>
public sealed class LogScope : IDisposable
{
    private readonly ConcurrentQueue<CapturedLog> _events = new();
    private readonly ConcurrentBag<string> _announced = [];

    public LogScope()
    {
        Provider = new CapturingProvider(_events);
        Factory = LoggerFactory.Create(builder => builder.SetMinimumLevel(LogLevel.Trace).AddProvider(Provider));
    }

    /// <summary>For a host: <c>builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Trace).AddProvider(scope.Provider)</c>.</summary>
    public ILoggerProvider Provider { get; }

    /// <summary>For code that takes an <see cref="ILoggerFactory"/>.</summary>
    public ILoggerFactory Factory { get; }

    /// <summary>What was captured so far, in order.</summary>
    public IReadOnlyList<CapturedLog> Events => [.. _events];

    /// <summary>All captured text: one line per event at least.</summary>
    public string Text => string.Join('\n', _events.Select(e => $"{e.Level} {e.Category}[{e.Id.Id}] {e.Text}"));

    /// <summary>A logger whose events are captured.</summary>
    public ILogger<T> For<T>() => Factory.CreateLogger<T>();

    /// <summary>Announces an Error: one whose text contains <paramref name="fragment"/> does not fail the test.</summary>
    public void ExpectError(string fragment) => _announced.Add(fragment);

    /// <summary>Fails if any of the planted values (ordinal, any case) stands anywhere in what was logged.</summary>
    /// <exception cref="InvalidOperationException">A planted value was found; the message says where.</exception>
    public void MustNotContain(params IEnumerable<string> planted)
    {
        foreach (var value in planted)
        {
            if (_events.FirstOrDefault(e => e.Text.Contains(value, StringComparison.OrdinalIgnoreCase)) is { } leak)
            {
                throw new InvalidOperationException(
                    $"Expected the planted value '{value}' nowhere in the log; found it in {leak.Category}[{leak.Id.Id}]: {leak.Text}");
            }
        }
    }

    /// <summary>Ends the capture.</summary>
    /// <exception cref="InvalidOperationException">An Error was logged that the test had not announced.</exception>
    public void Dispose()
    {
        Factory.Dispose();
        var surprises = _events
            .Where(e => e.Level >= LogLevel.Error && !_announced.Any(a => e.Text.Contains(a, StringComparison.Ordinal)))
            .ToList();
        if (surprises.Count > 0)
        {
            throw new InvalidOperationException(
                $"{surprises.Count} unannounced error(s) were logged; the first by {surprises[0].Category}: {surprises[0].Text}");
        }
    }

    private sealed class CapturingProvider(ConcurrentQueue<CapturedLog> events) : ILoggerProvider, ISupportExternalScope
    {
        private IExternalScopeProvider _scopes = new LoggerExternalScopeProvider();

        public ILogger CreateLogger(string categoryName) => new CapturingLogger(categoryName, events, () => _scopes);

        public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

        public void Dispose()
        {
            // What was captured stays readable.
        }
    }

    private sealed class CapturingLogger(
        string category, ConcurrentQueue<CapturedLog> events, Func<IExternalScopeProvider> scopes) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => scopes().Push(state);

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var text = new StringBuilder(formatter(state, exception));
            AppendValues(text, state);
            scopes().ForEachScope(static (scope, into) => into.Append(" => ").Append(scope), text);
            if (exception is not null)
            {
                text.Append(' ').Append(exception);
            }

            events.Enqueue(new CapturedLog(category, logLevel, eventId, text.ToString()));
        }

        // A structured sink writes the values themselves, also those that the message leaves out.
        private static void AppendValues<TState>(StringBuilder text, TState state)
        {
            if (state is not IEnumerable<KeyValuePair<string, object?>> values)
            {
                return;
            }

            foreach (var (key, value) in values.Where(pair => pair.Key != "{OriginalFormat}"))
            {
                text.Append(CultureInfo.InvariantCulture, $" {key}={value}");
            }
        }
    }
}
