using System.Security.Cryptography;
using CallTracking.Contracts;

namespace CallTracking.Privacy;

/// <summary>What came of one example case.</summary>
/// <param name="Name">The example's.</param>
/// <param name="Failures">What is otherwise than expected, with the place of the expectation; none when all is as expected.</param>
public sealed record TrialResult(string Name, IReadOnlyList<Fault> Failures);

/// <summary>
/// Runs example cases beside a policy: each is redacted as an agent and then as the hub would, under a key that is made for the
/// occasion, and looked at where it left the region and where it would rest.
/// </summary>
public static class PolicyTrial
{
    private const string Region = "TRIAL";

    /// <summary>Reads the examples of one document and runs them.</summary>
    /// <param name="document">YAML: <c>cases:</c> with <c>name</c>, <c>case</c>, <c>edge</c>, <c>expect</c>.</param>
    /// <param name="policies">As they hold on the day of the trial.</param>
    /// <param name="faults">What is wrong with the document itself; then nothing is run.</param>
    public static IReadOnlyList<TrialResult> Run(PolicyDocument document, PolicySet policies, out IReadOnlyList<Fault> faults)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(policies);
        var found = new List<Fault>();
        var examples = TrialReader.Read(document, found);
        faults = found;
        if (found.Count > 0)
        {
            return [];
        }

        var keys = RegionKeys.Derive(RandomNumberGenerator.GetBytes(RegionKeys.SecretSize), Region);
        return [.. examples.Select(example => Run(example, policies, keys))];
    }

    private static TrialResult Run(TrialExample example, PolicySet policies, RegionKeys keys)
    {
        var failures = new List<Fault>();
        var value = example.Case.Clone();
        new EdgeRedactor(policies, keys).Redact(value);
        Check(example.Edge, value, "leaves the region", failures);
        var verdict = new HubRedactor(policies).Redact(value);
        if (verdict is HubVerdict.Resident && example.Hub.Count > 0)
        {
            failures.Add(example.At("The case stays in its region: nothing of it rests at the hub.", "Leave expect: out; edge: says what it would be."));
            return new TrialResult(example.Name, failures);
        }

        if (verdict is HubVerdict.Refused refusal)
        {
            failures.Add(example.At($"The hub refuses it: {refusal.Reason} in {refusal.FieldPath}.", "The rules at edge and hub contradict each other; report it."));
        }

        Check(example.Hub, value, "rests at the hub", failures);
        return new TrialResult(example.Name, failures);
    }

    private static void Check(IReadOnlyList<TrialExpectation> expectations, Case value, string where, List<Fault> failures)
    {
        foreach (var expectation in expectations)
        {
            var found = TrialForms.Of(value, expectation.Path);
            if (!found.All(expectation.Accepts))
            {
                failures.Add(expectation.At($"{expectation.Path} {where} as {string.Join(", ", found.Select(form => form.ToString()).Distinct())}, expected {expectation.Words}."));
            }
        }
    }
}
