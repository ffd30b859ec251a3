namespace CallTracking.Privacy;

/// <summary>What the hub's redaction says of a case.</summary>
public abstract record HubVerdict
{
    /// <summary>A value is clear though its rule hides it at the edge.</summary>
    public const string ClearUnderEdgeRule = "clear-under-edge-rule";

    /// <summary>A value is there, in some other form, though its rule drops it at the edge.</summary>
    public const string FormNotAllowed = "form-not-allowed";

    /// <summary>Records of the case's jurisdiction stay in the region.</summary>
    public const string StaysInRegion = "stays-in-region";

    private HubVerdict()
    {
    }

    /// <summary>The case was changed in place and may be stored.</summary>
    public sealed record Accepted(RedactionTally Tally) : HubVerdict;

    /// <summary>The case has to stay in its region; it was not changed and must not be stored.</summary>
    public sealed record Resident : HubVerdict;

    /// <summary>The case broke the edge's rules; it was not changed and must not be stored.</summary>
    /// <param name="Reason"><see cref="ClearUnderEdgeRule"/> or <see cref="FormNotAllowed"/>.</param>
    /// <param name="FieldPath">The field, without any value: <c>customer.emails</c>.</param>
    public sealed record Refused(string Reason, string FieldPath) : HubVerdict;
}
