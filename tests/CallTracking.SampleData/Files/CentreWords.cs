using System.Diagnostics;
using System.Globalization;
using CallTracking.Contracts;

namespace CallTracking.SampleData.Files;

/// <summary>A centre's own words for what the group has codes for, and how it writes times.</summary>
internal sealed record CentreWords
{
    /// <summary>By category.</summary>
    public required string[] Categories { get; init; }

    /// <summary>By hazard.</summary>
    public required string[] Hazards { get; init; }

    /// <summary>New, open, waiting for the customer, on hold, resolved, closed, cancelled.</summary>
    public required string[] Statuses { get; init; }

    /// <summary>A status that no table of the mapping knows.</summary>
    public required string UnknownStatus { get; init; }

    /// <summary>Low, normal, high, urgent.</summary>
    public required string[] Priorities { get; init; }

    /// <summary>Phone, e-mail, chat, web form, social media.</summary>
    public required string[] Channels { get; init; }

    public required string Yes { get; init; }

    public required string No { get; init; }

    public required string Woman { get; init; }

    public required string Man { get; init; }

    /// <summary>.NET form of local times.</summary>
    public required string MinuteForm { get; init; }

    /// <summary>.NET form of days.</summary>
    public required string DayForm { get; init; }

    /// <summary>Whose calendar counts the years.</summary>
    public CultureInfo Culture { get; init; } = CultureInfo.InvariantCulture;

    public string Of(CaseStatus status) => Statuses[status switch
    {
        CaseStatus.New => 0,
        CaseStatus.Open => 1,
        CaseStatus.PendingCustomer => 2,
        CaseStatus.OnHold => 3,
        CaseStatus.Resolved => 4,
        CaseStatus.Closed => 5,
        CaseStatus.Cancelled => 6,
        _ => throw new UnreachableException(status.ToString()),
    }];

    public string Of(Priority priority) => Priorities[priority switch { Priority.Low => 0, Priority.High => 2, Priority.Urgent => 3, _ => 1 }];

    public string Of(Channel channel) => Channels[channel switch
    {
        Channel.Email => 1,
        Channel.Chat => 2,
        Channel.WebForm => 3,
        Channel.Social => 4,
        _ => 0,
    }];

    public string Of(bool holds) => holds ? Yes : No;

    public string? Minute(DateTime? at) => at?.ToString(MinuteForm, Culture);

    public string? Day(DateOnly? day) => day?.ToString(DayForm, Culture);
}
