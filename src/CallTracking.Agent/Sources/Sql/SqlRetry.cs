using System.Globalization;

namespace CallTracking.Agent.Sources.Sql;

/// <summary>How often a query is asked again that could not begin, with growing pauses; each is a line for a person.</summary>
/// <param name="Most">0 where nobody waits for it.</param>
/// <param name="Source">What lines call it.</param>
internal sealed record SqlRetry(int Most, string Source, Action<string> Say, TimeProvider Clock)
{
    /// <summary>In a run: for about a minute in all.</summary>
    public const int InRun = 6;

    public async Task WaitAsync(int failures, string why, CancellationToken cancellationToken)
    {
        var pause = TimeSpan.FromSeconds(Math.Pow(2, failures)) * (0.5 + (Random.Shared.NextDouble() / 2));
        Say(string.Create(CultureInfo.InvariantCulture, $"{Source}: {why.TrimEnd('.')}; next try in {pause.TotalSeconds:0.#} s"));
        await Task.Delay(pause, Clock, cancellationToken);
    }
}
