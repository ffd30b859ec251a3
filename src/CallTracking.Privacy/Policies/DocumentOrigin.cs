namespace CallTracking.Privacy;

/// <summary>Where documents come from: what was published has to stay readable, whatever a later version of the program asks of new ones.</summary>
internal enum DocumentOrigin
{
    /// <summary>To be published yet: everything that is wrong is a fault.</summary>
    Draft,

    /// <summary>Published here, perhaps by an earlier version that asked for less.</summary>
    Published,

    /// <summary>Published and signed elsewhere, perhaps by a newer version: what is not understood of one document keeps its cases, and is no fault.</summary>
    Signed,
}
