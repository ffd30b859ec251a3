namespace CallTracking.Agent.Alarms;

/// <summary>Something at the region that a person has to know.</summary>
/// <param name="Code">Stable: of a night, or one of <c>doctor</c>'s. There is one open alarm a code.</param>
/// <param name="Text">What is wrong; holds nothing of a case.</param>
/// <param name="Cure">What to do.</param>
/// <param name="RaisedAt">When it was first seen.</param>
/// <param name="OverAt">When it was seen no more; null while it is open.</param>
/// <param name="ToldAt">When the command took that it was raised; null while it is to be told.</param>
internal sealed record RegionAlarm(string Code, string Text, string Cure, DateTimeOffset RaisedAt, DateTimeOffset? OverAt, DateTimeOffset? ToldAt)
{
    /// <summary>The last night did not end whole.</summary>
    public const string NightFailed = "night-failed";

    /// <summary>A night was due and has not ended whole by now, whatever keeps it.</summary>
    public const string NightLate = "night-late";

    /// <summary>It has not been seen to be over.</summary>
    public bool IsOpen => OverAt is null;
}
