using CallTracking.Testing;

namespace CallTracking.Faults.Faults;

/// <summary>One kind of thing that goes wrong while regions push. It undoes what it did; what it broke stays for the programs to mend.</summary>
internal abstract class Fault
{
    /// <summary>As the log names it.</summary>
    public abstract string Name { get; }

    /// <summary>Whether it hits hub or database, and so every region: only one such thing happens at a time.</summary>
    public virtual bool IsWide => false;

    /// <summary>Whether it comes only when it is asked for by name.</summary>
    public virtual bool IsOnRequest => false;

    /// <summary>What this machine lacks for it; null when nothing.</summary>
    public virtual string? WhyNot => null;

    /// <summary>Sources have changed, no agent runs yet.</summary>
    public virtual Task BeforeAsync(Strike strike) => Task.CompletedTask;

    /// <summary>All agents are at work.</summary>
    /// <param name="strike">Where and how.</param>
    /// <param name="run">The sync of the region that was hit.</param>
    public virtual Task DuringAsync(Strike strike, ProgramRun run) => Task.CompletedTask;

    /// <summary>All agents have ended.</summary>
    public virtual Task AfterAsync(Strike strike) => Task.CompletedTask;
}
