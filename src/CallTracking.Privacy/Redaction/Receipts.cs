using CallTracking.Contracts;

namespace CallTracking.Privacy;

/// <summary>Writes what was done to a case into the case.</summary>
internal static class Receipts
{
    /// <summary>Appends a receipt, unless nothing was done and the same policy's receipt of that place stands there already.</summary>
    public static void Append(Case value, RedactionPlace place, string policyVersion, RedactionTally tally)
    {
        if (tally.IsEmpty && value.Redactions.Any(r => r.Place == place && r.PolicyVersion == policyVersion && r.DetectorVersion == Detectors.Version))
        {
            return;
        }

        var receipt = new RedactionReceipt { Place = place, PolicyVersion = policyVersion, DetectorVersion = Detectors.Version };
        receipt.Counts.AddRange(tally.ToCounts());
        value.Redactions.Add(receipt);
    }
}
