using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using CallTracking.Contracts;

namespace CallTracking.Privacy;

/// <summary>
/// Does what the rules ask for before a case leaves its region: all rules at the edge, and in texts the case's own values and
/// detectors' finds of every class that may not leave. Thread-safe; redacting twice changes nothing.
/// </summary>
public sealed class EdgeRedactor
{
    private readonly PolicySet _policies;
    private readonly RegionKeys _keys;
    private readonly Detectors _detectors;
    private readonly ConditionalWeakTable<CompiledRules, byte[]> _rotated = [];

    public EdgeRedactor(PolicySet policies, RegionKeys keys)
        : this(policies, keys, Detectors.All)
    {
    }

    internal EdgeRedactor(PolicySet policies, RegionKeys keys, Detectors detectors) =>
        (_policies, _keys, _detectors) = (policies, keys, detectors);

    /// <summary>Changes exactly when the work at the edge could: <see cref="PolicySet.EdgeDigest"/>, and the version of the keys of pseudonyms.</summary>
    public byte[] WorkDigest => Rotated(_policies.EdgeDigest.Span, _keys.PseudonymVersion);

    /// <summary>
    /// The digest of the edge's rules for this case; see <see cref="CompiledRules.EdgeDigest"/>. Where one of them makes pseudonyms, new keys are
    /// new rules: the cases concerned travel again with pseudonyms of the new version.
    /// </summary>
    public ReadOnlySpan<byte> RulesDigest(Case value)
    {
        var rules = _policies.RulesFor(value);
        return rules.MakesPseudonyms && _keys.PseudonymVersion > 1
            ? _rotated.GetValue(rules, fresh => Rotated(fresh.EdgeDigest, _keys.PseudonymVersion))
            : rules.EdgeDigest;
    }

    /// <summary>
    /// Whether a value of a class may leave when it was taken out of a raw text of this case: where the rule keeps the class, or, of serial
    /// numbers, leaves their lot.
    /// </summary>
    public bool LetsTell(Case value, DataClass dataClass)
    {
        if (dataClass == DataClass.Technical)
        {
            return true;
        }

        ref readonly var rule = ref _policies.RulesFor(value)[dataClass];
        return rule.Action == RedactionAction.Keep
            || (dataClass == DataClass.SerialNumber && rule is { Action: RedactionAction.Generalize, Parameters.To: Generalization.Lot });
    }

    /// <summary>Redacts in place, appends the edge's receipt, and says what was done.</summary>
    public RedactionTally Redact(Case value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var work = _detectors.Rent();
        try
        {
            work.Collect(value);
            var tally = work.Run(value, _policies.RulesFor(value), RedactionPlace.Edge, _keys);
            Receipts.Append(
                value, RedactionPlace.Edge, _policies.Version, work.DetectorVersion, tally, tally.Has(RedactionAction.Pseudonymize) ? _keys.PseudonymVersion : 0);
            return tally;
        }
        finally
        {
            _detectors.Return(work);
        }
    }

    // The digest of keys that were never rotated stays what it was before rotation could be.
    private static byte[] Rotated(ReadOnlySpan<byte> digest, uint version) => version == 1
        ? digest.ToArray()
        : SHA256.HashData([.. digest, .. BitConverter.GetBytes(version)]);
}
