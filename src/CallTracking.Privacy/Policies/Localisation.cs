namespace CallTracking.Privacy;

/// <summary>Whether a law keeps data in its country.</summary>
public enum LocalisationKind
{
    None,

    /// <summary>From a volume, for a class of data or on order; the note says which.</summary>
    ByVolume,

    /// <summary>Always: nothing personal crosses unchanged.</summary>
    Absolute,
}

/// <summary>A law's demand to keep data in its country.</summary>
public sealed record Localisation(LocalisationKind Kind, string Article, string Note)
{
    public static Localisation None { get; } = new(LocalisationKind.None, "", "");
}
