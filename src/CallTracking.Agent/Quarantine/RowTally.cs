using System.Globalization;
using CallTracking.Contracts;
using CallTracking.Mapping;

namespace CallTracking.Agent.Quarantine;

/// <summary>
/// How many of the rows that should be cases became cases. A mapping that fits no row breaks nothing, since every row is safe in
/// the quarantine: only this count shows it. Blank and filtered rows are left out.
/// </summary>
internal sealed class RowTally
{
    private readonly SortedDictionary<string, long> _reasons = new(StringComparer.Ordinal);
    private long _mapped;
    private long _rejected;

    /// <summary>True when some row became no case.</summary>
    public bool IsAnyLost => _rejected > 0;

    /// <summary>True when there were rows and none became a case.</summary>
    public bool IsAllLost => _mapped == 0 && _rejected > 0;

    /// <summary>True when more than half of the rows became no case.</summary>
    public bool IsMostlyLost => _rejected > _mapped;

    /// <summary>The tally of a closed run.</summary>
    public static RowTally Of(RunReport report)
    {
        // A vanished case has no row, and of several rows of one case one counts: what folds into a lost case is lost with it.
        var tally = new RowTally { _mapped = (long)(report.Cases - report.Vanished), _rejected = (long)report.Quarantined };
        foreach (var reason in report.QuarantineReasons)
        {
            tally._reasons[reason.Reason] = (long)reason.Count;
        }

        return tally;
    }

    /// <param name="outcome">What the mapping made of the row.</param>
    /// <param name="refusal">Why it goes to quarantine; null where it does not.</param>
    public void Count(RowOutcome outcome, string? refusal)
    {
        if (refusal is not null)
        {
            _rejected++;
            _reasons[refusal] = _reasons.GetValueOrDefault(refusal) + 1;
        }
        else if (outcome is RowOutcome.Mapped)
        {
            _mapped++;
        }
    }

    /// <summary>"18 of the 60 rows looked at", with every reason, the commonest first.</summary>
    public string Reasons() => string.Create(CultureInfo.InvariantCulture,
        $"{_rejected:N0} of the {_rejected + _mapped:N0} rows looked at would go to quarantine ({string.Join(", ", _reasons.OrderByDescending(entry => entry.Value).Select(entry => string.Create(CultureInfo.InvariantCulture, $"{entry.Key} {entry.Value:N0}")))}): see calltracking-agent preview --rejected");

    /// <summary>"30 of 30 rows", and the commonest reason.</summary>
    public string Share(string lost)
    {
        var worst = _reasons.Count > 0 ? _reasons.MaxBy(entry => entry.Value).Key : "unknown";
        return string.Create(CultureInfo.InvariantCulture, $"{_rejected:N0} of {_rejected + _mapped:N0} rows {lost} (most often {worst}): see calltracking-agent preview --rejected");
    }
}
