using CallTracking.Faults.Wire;

namespace CallTracking.Faults.Faults;

/// <summary>All that the agent says comes to the hub on a second connection too, as if somebody played it back; and the first is cut in the middle.</summary>
internal sealed class WireDoubled : Fault
{
    public override string Name => "wire-doubled";

    public override Task BeforeAsync(Strike strike)
    {
        strike.Region.Wire.Trouble = new WireTrouble { IsDoubled = true, CutAfter = strike.Random.Next(2) == 0 ? strike.RandomBytes() : null };
        strike.Tell(strike.Region.Wire.Trouble.ToString());
        return Task.CompletedTask;
    }

    public override Task AfterAsync(Strike strike)
    {
        strike.Region.Wire.Trouble = WireTrouble.None;
        return Task.CompletedTask;
    }
}
