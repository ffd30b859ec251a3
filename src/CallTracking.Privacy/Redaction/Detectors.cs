using System.Collections.Concurrent;

namespace CallTracking.Privacy;

/// <summary>The detectors of this version, and the buffers to run them.</summary>
internal sealed class Detectors(params ITextDetector[] detectors)
{
    /// <summary>Stands in every receipt: with which detectors a text was looked through.</summary>
    public const string Version = "2026.11-own+structured";

    private readonly ConcurrentBag<CaseRedaction> _free = [];

    public static Detectors All { get; } = new(new StructuredDetector());

    public IReadOnlyList<ITextDetector> List => detectors;

    public CaseRedaction Rent() => _free.TryTake(out var work) ? work : new CaseRedaction(detectors);

    /// <summary>Takes buffers back; what they hold of a case is forgotten first.</summary>
    public void Return(CaseRedaction work)
    {
        work.Clear();
        _free.Add(work);
    }
}
