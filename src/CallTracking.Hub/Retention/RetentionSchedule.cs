namespace CallTracking.Hub.Retention;

/// <summary>What the nightly job may do by itself.</summary>
internal enum RetentionMode
{
    /// <summary>Count, and wait for a person.</summary>
    Preview,

    /// <summary>Count and carry out.</summary>
    Run,
}

/// <summary>Section <c>retention</c> of hub.yaml.</summary>
internal sealed record RetentionSchedule
{
    /// <summary>When, as Quartz writes it: seconds, minutes, hours, day of month, month, day of week.</summary>
    public string Cron { get; init; } = "0 0 3 * * ?";

    /// <summary>The zone of <see cref="Cron"/>, IANA name. In the hour that clocks skip the job runs right after it; in the one they repeat, once.</summary>
    public TimeZoneInfo TimeZone { get; init; } = TimeZoneInfo.FindSystemTimeZoneById("Asia/Tokyo");

    public RetentionMode Mode { get; init; } = RetentionMode.Preview;
}
