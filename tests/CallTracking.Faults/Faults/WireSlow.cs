using CallTracking.Faults.Wire;

namespace CallTracking.Faults.Faults;

/// <summary>A long or thin line for the whole push: each piece waits, or little passes in a second.</summary>
internal sealed class WireSlow : Fault
{
    public override string Name => "wire-slow";

    public override Task BeforeAsync(Strike strike)
    {
        var (milliseconds, kilobytes) = (strike.Random.Next(5, 120), strike.Random.Next(100, 400));
        strike.Region.Wire.Trouble = strike.Random.Next(2) == 0
            ? new WireTrouble { Latency = TimeSpan.FromMilliseconds(milliseconds) }
            : new WireTrouble { BytesPerSecond = kilobytes << 10 };
        strike.Tell(strike.Region.Wire.Trouble.ToString());
        return Task.CompletedTask;
    }

    public override Task AfterAsync(Strike strike)
    {
        strike.Region.Wire.Trouble = WireTrouble.None;
        return Task.CompletedTask;
    }
}
