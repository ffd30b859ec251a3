using CallTracking.Contracts;

namespace CallTracking.SampleData.Stories;

/// <summary>An invented customer.</summary>
internal sealed record Person
{
    public required string Family { get; init; }

    public required string Given { get; init; }

    /// <summary>Both names as the region's forms have them.</summary>
    public required string Full { get; init; }

    /// <summary>Reading of the name; null where names have none.</summary>
    public string? Reading { get; init; }

    /// <summary>The same reading in full-width letters.</summary>
    public string? FullReading { get; init; }

    public required bool IsFemale { get; init; }

    public required string Email { get; init; }

    /// <summary>As the form has it.</summary>
    public required string Phone { get; init; }

    /// <summary>ASCII digits with the region's usual separators.</summary>
    public required string PlainPhone { get; init; }

    public required string Postcode { get; init; }

    /// <summary>State, prefecture; null where addresses have none.</summary>
    public string? Area { get; init; }

    public required string City { get; init; }

    public required string Street { get; init; }

    /// <summary>ISO 3166-1 or 3166-2, as the case's customer country.</summary>
    public required string Country { get; init; }

    public required DateOnly BirthDate { get; init; }

    public required string Number { get; init; }

    /// <summary>A national identifier that the form holds; null for nearly everyone.</summary>
    public string? NationalId { get; init; }

    /// <summary>An account number that the form holds.</summary>
    public string? Account { get; init; }

    /// <summary>What the person should not have written into a text, and does.</summary>
    public (DataClass Class, string Value)? Secret { get; init; }
}

/// <summary>Who handles a case.</summary>
internal sealed record Employee(string Id, string Name, string Family);
