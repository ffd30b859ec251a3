namespace CallTracking.Testing;

/// <summary>Waits for what another task does, with a bound.</summary>
public static class Eventually
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(90);

    public static async Task TrueAsync(Func<bool> holds)
    {
        using var limit = new CancellationTokenSource(Bound);
        while (!holds())
        {
            await Task.Delay(10, limit.Token);
        }
    }
}
