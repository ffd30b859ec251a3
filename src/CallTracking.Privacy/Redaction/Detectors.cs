using System.Collections.Concurrent;

namespace CallTracking.Privacy;

/// <summary>The detectors of this version, and the buffers to run them.</summary>
internal sealed class Detectors(params ITextDetector[] detectors)
{
    /// <summary>Stands in every receipt: with which detectors a text was looked through.</summary>
    public const string Version = "2026.12.9-own+structured";

    private static readonly Lazy<string> WithNames = new(static () => $"{Version}+{NameVersion.Read()}");

    private readonly ConcurrentBag<CaseRedaction> _free = [];

    public static Detectors All { get; } = new(new StructuredDetector(), new NameDetector());

    /// <summary>
    /// Stands in the receipts of passes after which no text of the case needs to be looked through for names again. Tagging is the
    /// dearest detector, so it is done once, at the edge or at the hub; another model is another version.
    /// </summary>
    public static string VersionWithNames => WithNames.Value;

    public IReadOnlyList<ITextDetector> List => detectors;

    public CaseRedaction Rent() => _free.TryTake(out var work) ? work : new CaseRedaction(detectors);

    /// <summary>Takes buffers back; what they hold of a case is forgotten first.</summary>
    public void Return(CaseRedaction work)
    {
        work.Clear();
        _free.Add(work);
    }
}
