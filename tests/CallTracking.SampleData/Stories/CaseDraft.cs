using CallTracking.Contracts;

namespace CallTracking.SampleData.Stories;

/// <summary>Who wrote a remark.</summary>
internal enum Author
{
    Customer,
    Agent,
    InternalNote,
}

/// <summary>One entry of a case's conversation.</summary>
internal sealed record Remark(DateTimeOffset At, Author Author, string Body);

/// <summary>The days of a repair; later ones are null while it is under way.</summary>
internal sealed record RepairDays(DateOnly Received, DateOnly? Diagnosed, DateOnly? Repaired, DateOnly? Returned);

/// <summary>A case as a story, before it takes the form of a region's file.</summary>
internal sealed class CaseDraft
{
    private readonly List<Planted> _fields = [];
    private readonly List<Planted>? _texts;

    public CaseDraft(bool keepsTruth) => _texts = keepsTruth ? [] : null;

    public required CaseKey Key { get; init; }

    public required string LocalId { get; init; }

    public required Timeline Timeline { get; init; }

    public required Person Customer { get; init; }

    public required Employee Handler { get; init; }

    public required Model Model { get; init; }

    public required string Serial { get; init; }

    /// <summary>ISO 8601 production week.</summary>
    public required string Lot { get; init; }

    public required DateOnly PurchasedOn { get; init; }

    /// <summary>Index into <see cref="Catalogue.Hazards"/>.</summary>
    public required int? Hazard { get; init; }

    /// <summary>Index of what goes wrong, among the region's wordings for the category.</summary>
    public required int Symptom { get; init; }

    public required Channel Channel { get; init; }

    public required Priority Priority { get; init; }

    /// <summary>1 (worst) to 5, once the customer has answered.</summary>
    public int? Satisfaction { get; set; }

    public string? SatisfactionComment { get; set; }

    /// <summary>Null when nothing is repaired.</summary>
    public RepairDays? Repair { get; set; }

    public decimal RepairCost { get; set; }

    public bool InWarranty { get; set; }

    public string Subject { get; set; } = string.Empty;

    public string Description { get; set; } = string.Empty;

    public List<Remark> Remarks { get; } = [];

    public string Category => Catalogue.Categories[Model.Category];

    /// <summary>Notes a personal value in a text.</summary>
    public void PlantInText(DataClass dataClass, string value) => _texts?.Add(new Planted(dataClass, Planted.Text, value));

    /// <summary>Notes a personal value in a field; nothing when the field is empty.</summary>
    public void Plant(DataClass dataClass, string place, string? value)
    {
        if (_texts is not null && !string.IsNullOrEmpty(value))
        {
            _fields.Add(new Planted(dataClass, place, value));
        }
    }

    public CaseTruth ToTruth() =>
        new(
            LocalId,
            Customer.Country,
            Category,
            Model.Name,
            Timeline.Status,
            Timeline.Opened,
            Timeline.Updated,
            Timeline.Closed,
            Hazard is { } hazard ? Catalogue.Hazards[hazard] : null,
            Timeline.ChangedInNight,
            [.. _fields, .. _texts ?? []]);
}
