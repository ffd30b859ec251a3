using CallTracking.Contracts;
using CallTracking.SampleData.Stories;

namespace CallTracking.SampleData.Files;

/// <summary>What a row's cells are made of.</summary>
internal sealed record Cells(CaseDraft Draft, Quirk Quirk, SampleRegion Region, Storyteller Storyteller)
{
    /// <summary>The conversation as one text.</summary>
    public string Conversation => string.Join('\n', Draft.Remarks.Select(remark => Storyteller.Headline(Draft, remark)));

    public DateTime? Local(DateTimeOffset? at) =>
        at is { } instant ? TimeZoneInfo.ConvertTime(instant, Region.Zone).DateTime : null;
}

/// <summary>A column of an export, or an element of a tree's records.</summary>
/// <param name="Header">As the centre names it.</param>
/// <param name="Value">As the centre writes it; null or empty when there is none.</param>
internal sealed record Column(string Header, Func<Cells, string?> Value)
{
    /// <summary>What the value tells about a person; unset for columns without personal values.</summary>
    public DataClass Class { get; init; }

    /// <summary>The field of the unified case that it becomes.</summary>
    public string Place { get; init; } = string.Empty;

    /// <summary>The value as the unified case has it, where it differs.</summary>
    public Func<Cells, string?>? Unified { get; init; }

    /// <summary>The value as a local time, for forms that know times.</summary>
    public Func<Cells, DateTime?>? Time { get; init; }

    /// <summary>The value as a day, for forms that know days.</summary>
    public Func<Cells, DateOnly?>? Day { get; init; }

    /// <summary>The value as a number, for forms that know numbers.</summary>
    public Func<Cells, decimal?>? Number { get; init; }

    /// <summary>Notes in the draft what the value gives away, and answers the value.</summary>
    public string? Take(Cells cells)
    {
        var value = Value(cells);
        if (Class != DataClass.Unspecified)
        {
            cells.Draft.Plant(Class, Place, Unified is null ? value : Unified(cells));
        }

        return value;
    }

    public static Column Personal(
        string header, DataClass dataClass, string place, Func<Cells, string?> value, Func<Cells, string?>? unified = null) =>
        new(header, value) { Class = dataClass, Place = place, Unified = unified };
}
