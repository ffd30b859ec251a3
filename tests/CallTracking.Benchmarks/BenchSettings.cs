namespace CallTracking.Benchmarks;

/// <summary>What the benchmark was asked for. <paramref name="Cases"/>: cases of a region in the rate measurements; <paramref name="OnlyRates"/>: memory is not measured.</summary>
internal sealed record BenchSettings(string AdminConnection, string Folder, long Cases, bool OnlyRates);
