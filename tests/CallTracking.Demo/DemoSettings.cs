namespace CallTracking.Demo;

/// <summary>What the demo was asked for.</summary>
internal sealed record DemoSettings(string AdminConnection, string Folder, long Cases, int Seed, bool Once);

/// <summary>Something in the demo is not as promised: the demo fails and says what.</summary>
internal sealed class DemoFailure(string message) : Exception(message);
