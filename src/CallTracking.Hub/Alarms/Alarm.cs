namespace CallTracking.Hub.Alarms;

/// <summary>The stable names of what alarms are raised for: people look them up, programs compare them.</summary>
internal static class AlarmCode
{
    /// <summary>A deadline has passed without a whole run of the region.</summary>
    public const string RegionLate = "region-late";

    /// <summary>Rows of the audit log are not sealed for long.</summary>
    public const string AuditUnsealed = "audit-unsealed";

    /// <summary>Nothing is wrong: somebody tries the channels.</summary>
    public const string Test = "test";
}

/// <summary>What happened to an alarm.</summary>
internal enum AlarmAct : short
{
    Raised = 1,
    Cleared = 2,
}

/// <summary>An alarm: open until <paramref name="ClearedAt"/>. No personal data is in it.</summary>
internal sealed record Alarm(long Id, string Code, string Region, string Words, DateTimeOffset RaisedAt, DateTimeOffset? ClearedAt)
{
    /// <summary>In place of a region, of what is the hub's own.</summary>
    public const string NoRegion = "-";
}

/// <summary>What a channel is told.</summary>
internal sealed record AlarmNotice(Alarm Alarm, AlarmAct Act)
{
    /// <summary>The same each time it is sent: who gets it twice knows it by this.</summary>
    public string Key => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Alarm.Id}-{Word}");

    public string Word => Alarm.Code == AlarmCode.Test ? "test" : Act == AlarmAct.Raised ? "raised" : "cleared";

    /// <summary>One line for people.</summary>
    public string Title => Act == AlarmAct.Raised ? $"{Alarm.Code} {Alarm.Region}: {Alarm.Words}" : $"cleared: {Alarm.Code} {Alarm.Region}";
}

/// <summary>A way out of the hub by which people are told.</summary>
internal interface IAlarmChannel
{
    /// <summary>Stable: it stands in the database.</summary>
    string Name { get; }

    /// <summary>Sends, and says what the other end answered.</summary>
    /// <exception cref="AlarmChannelException">It was not taken; the text says why, without any secret.</exception>
    Task<string> SendAsync(AlarmNotice notice, CancellationToken cancellationToken);
}

/// <summary>A channel did not take a notice.</summary>
internal sealed class AlarmChannelException(string message, Exception? inner = null) : Exception(message, inner);
