namespace CallTracking.Faults.Faults;

/// <summary>How a ledger comes to harm between two nights.</summary>
internal enum LedgerHarm
{
    /// <summary>Its file ends at any byte.</summary>
    Cut,

    /// <summary>Some bytes of it are others.</summary>
    Garbled,

    /// <summary>It is gone.</summary>
    Deleted,

    /// <summary>An operator put back a copy from some rounds before.</summary>
    Restored,
}

/// <summary>The agent's ledger comes to harm while no agent runs.</summary>
internal sealed class LedgerDamaged(LedgerHarm harm) : Fault
{
    public override string Name => $"ledger-{harm.ToString().ToLowerInvariant()}";

    public override Task BeforeAsync(Strike strike)
    {
        var ledger = strike.Region.Backups.Ledger;
        switch (harm)
        {
            case LedgerHarm.Cut:
                Cut(ledger, strike);
                break;
            case LedgerHarm.Garbled:
                Garble(ledger, strike);
                break;
            case LedgerHarm.Deleted:
                strike.Region.Backups.Remove();
                break;
            case LedgerHarm.Restored:
                var copies = strike.Region.Backups.Copies;
                var age = 1 + strike.Random.Next(copies.Count);
                strike.Tell($"the copy from {age} rounds before");
                strike.Region.Backups.Restore(copies[^age]);
                break;
        }

        return Task.CompletedTask;
    }

    private static void Cut(string ledger, Strike strike)
    {
        using var file = File.Open(ledger, FileMode.Open, FileAccess.Write);
        var length = strike.Random.NextInt64(file.Length);
        strike.Tell($"{file.Length} bytes are cut to {length}");
        file.SetLength(length);
    }

    private static void Garble(string ledger, Strike strike)
    {
        using var file = File.Open(ledger, FileMode.Open, FileAccess.Write);
        var noise = new byte[strike.Random.Next(1, 3_000)];
        strike.Random.NextBytes(noise);
        file.Position = strike.Random.NextInt64(file.Length - noise.Length);
        strike.Tell($"{noise.Length} bytes at {file.Position} of {file.Length} are others");
        file.Write(noise);
    }
}
