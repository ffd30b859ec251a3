using CallTracking.Privacy;

namespace CallTracking.Quality;

/// <summary>
/// Check rules: a value alone in a text of its country is found whole where its set says that it is valid, and not where it is not.
/// Cases on which the set has no opinion are passed over; disagreements are told by their number, not their value.
/// </summary>
internal sealed class ValidatorCases(string folder)
{
    private readonly TextDetection _detection = new();

    public (int Right, int All, List<string> Disagreements) Measure()
    {
        var (right, all, number) = (0, 0, 0);
        var disagreements = new List<string>();
        foreach (var (entity, country, input, expected) in LabelledSets.Read<ValidatorCase>(folder, "presidio_validator_cases"))
        {
            number++;
            if (expected is null)
            {
                continue;
            }

            all++;
            var isFound = _detection.Look(input, country ?? "", "", null).Findings.Any(finding => finding.Entity == entity && finding.Start == 0 && finding.End == input.Length);
            if (isFound == expected)
            {
                right++;
            }
            else
            {
                disagreements.Add($"case {number}, {entity}: the set says {(expected == true ? "valid" : "not valid")}");
            }
        }

        return (right, all, disagreements);
    }
}

/// <summary>A value and whether it follows its check rule; null where the set does not say.</summary>
internal sealed record ValidatorCase(string Entity, string? Country, string Input, bool? Expected);
