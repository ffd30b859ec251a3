using System.Globalization;

namespace CallTracking.Agent.Sources.Http;

/// <summary>Keeps requests as far apart as configured, and waits when the interface says that none is left.</summary>
internal sealed class RequestPace(HttpRate rate, string source, Action<string> say, TimeProvider clock)
{
    private const long FirstUnixTime = 1_000_000_000;
    private static readonly TimeSpan Unsaid = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(30);

    private DateTimeOffset _next = DateTimeOffset.MinValue;
    private DateTimeOffset _said = DateTimeOffset.MaxValue;
    private int _asked;

    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        SayPace();
        var wait = _next - clock.GetUtcNow();
        if (wait > TimeSpan.Zero)
        {
            await Task.Delay(wait < Longest ? wait : Longest, clock, cancellationToken);
        }

        _next = clock.GetUtcNow() + (rate.PerMinute > 0 ? TimeSpan.FromMinutes(1) / rate.PerMinute : TimeSpan.Zero);
    }

    // A page whose records are each asked for takes minutes in which no row comes: whoever watches is told that it moves, and why not faster.
    private void SayPace()
    {
        _asked++;
        var now = clock.GetUtcNow();
        if (_said == DateTimeOffset.MaxValue)
        {
            _said = now;
        }
        else if (rate.PerMinute > 0 && now - _said >= Quiet)
        {
            _said = now;
            say(string.Create(CultureInfo.InvariantCulture, $"{source}: {_asked - 1:N0} requests so far, at most {rate.PerMinute:N0} a minute"));
        }
    }

    /// <summary>Learns from an answer how many requests are left.</summary>
    public void Learn(HttpResponseMessage response)
    {
        if (rate.Remaining is null || Number(response, rate.Remaining) is not <= 0)
        {
            return;
        }

        var now = clock.GetUtcNow();
        var wait = rate.Reset is null ? Unsaid : Number(response, rate.Reset) switch
        {
            null => Unsaid,
            { } at and >= FirstUnixTime and < FirstUnixTime * 100 => DateTimeOffset.FromUnixTimeSeconds(at) - now,
            { } seconds => TimeSpan.FromSeconds(Math.Clamp(seconds, 0, (long)Longest.TotalSeconds)),
        };
        if (wait > TimeSpan.Zero && now + wait > _next)
        {
            _next = now + wait;
            say(string.Create(CultureInfo.InvariantCulture, $"{source} has no request left; the next in {Math.Ceiling(wait.TotalSeconds):0} s"));
        }
    }

    private static long? Number(HttpResponseMessage response, string header) =>
        response.Headers.TryGetValues(header, out var values) && long.TryParse(values.First(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
}
