using CallTracking.Contracts;

namespace CallTracking.Privacy;

/// <summary>Writes what was done to a case into the case.</summary>
internal static class Receipts
{
    /// <summary>Appends a receipt, unless nothing was done and the same policy's receipt of that place stands there already.</summary>
    /// <param name="value">The case.</param>
    /// <param name="place">Where it was done.</param>
    /// <param name="policyVersion">Under which rules.</param>
    /// <param name="detectorVersion">With what texts were looked through.</param>
    /// <param name="tally">What was done.</param>
    /// <param name="keyVersion">Of the keys of pseudonyms; 0 when none was made.</param>
    public static void Append(Case value, RedactionPlace place, string policyVersion, string detectorVersion, RedactionTally tally, uint keyVersion = 0)
    {
        if (tally.IsEmpty && value.Redactions.Any(r => r.Place == place && r.PolicyVersion == policyVersion && r.DetectorVersion == detectorVersion))
        {
            return;
        }

        var receipt = new RedactionReceipt { Place = place, PolicyVersion = policyVersion, DetectorVersion = detectorVersion, PseudonymKeyVersion = keyVersion };
        receipt.Counts.AddRange(tally.ToCounts());
        value.Redactions.Add(receipt);
    }
}
