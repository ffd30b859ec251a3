using CallTracking.Contracts;

namespace CallTracking.Privacy;

/// <summary>A value found in a text, for whoever looks at findings themselves.</summary>
/// <param name="Start">First UTF-16 code unit.</param>
/// <param name="End">One past the last.</param>
/// <param name="Entity">What it is, by Microsoft Presidio's name where it has one.</param>
/// <param name="DataClass">The class whose rule decides about it.</param>
/// <param name="Score">How sure that is, from 0 to 1.</param>
public sealed record TextFinding(int Start, int End, string Entity, DataClass DataClass, double Score);

/// <summary>What was found in a text, in order, and the text with placeholders instead.</summary>
public sealed record TextVerdict(IReadOnlyList<TextFinding> Findings, string Redacted);

/// <summary>
/// Looks through single texts with the detectors that redaction uses, without a case around them. Not safe for several threads
/// at once.
/// </summary>
public sealed class TextDetection
{
    private readonly IReadOnlyList<ITextDetector> _detectors = Detectors.All.List;
    private readonly StructuredDetector _structured = new();
    private readonly List<Finding> _findings = [];

    /// <summary>Names these detectors, as the receipts of cases do that were looked through with all of them.</summary>
    public static string Version => Detectors.VersionWithNames;

    /// <summary>Names of all kinds of values that are looked for.</summary>
    public static IReadOnlyList<string> Entities { get; } = [.. EntityKinds.All.Select(kind => kind.Name).Distinct()];

    /// <summary>How many values of any class the detectors report, overlapping ones all, names in running text apart; for measuring.</summary>
    /// <param name="text">The text.</param>
    /// <param name="country">ISO 3166 of whose text it is, or empty.</param>
    public int Count(string text, string country)
    {
        _findings.Clear();
        _structured.Find(text, new TextOrigin(country, ""), new ClassSet(ulong.MaxValue), _findings);
        return _findings.Count;
    }

    /// <summary>All values of the wanted classes in a text of a case, by the country and the language by which redaction looks for them.</summary>
    public TextVerdict Look(string text, Case of, CompiledRules? rules)
    {
        ArgumentNullException.ThrowIfNull(of);
        var (country, language) = CaseContext.Of(of).Origin;
        return Look(text, country, language, rules);
    }

    /// <summary>All values of the wanted classes.</summary>
    /// <param name="text">The text.</param>
    /// <param name="country">ISO 3166 of whose text it is, or empty.</param>
    /// <param name="language">BCP 47 of the text, or empty.</param>
    /// <param name="rules">The rules that say which classes are hidden; null for all classes.</param>
    public TextVerdict Look(string text, string country, string language, CompiledRules? rules)
    {
        _findings.Clear();
        var wanted = rules?.Hidden ?? new ClassSet(ulong.MaxValue);
        foreach (var detector in _detectors)
        {
            detector.Find(text, new TextOrigin(country, language), wanted, _findings);
        }

        FindingOrder.Settle(_findings);
        var found = _findings.ConvertAll(finding => new TextFinding(
            finding.Start, finding.End, finding.Kind?.Name ?? "VALUE", finding.DataClass, Math.Round(finding.Score, 2)));
        return new TextVerdict(found, TextReplacement.Of(text, _findings));
    }
}
