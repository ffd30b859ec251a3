using CallTracking.Privacy;

namespace CallTracking.Quality;

/// <summary>How often random digits are taken for something: in a sentence of neutral words, and behind a word that asks for them.</summary>
internal sealed class RandomNumbers
{
    private const int Drawn = 20_000;

    private readonly TextDetection _detection = new();

    /// <summary>By length: the share of drawn numbers in "the value … was read" in which anything is found, in percent, and as what most.</summary>
    public IEnumerable<(int Length, double Percent, string Most)> Measure(string country)
    {
        var random = new Random(1);
        for (var length = 6; length <= 16; length++)
        {
            var found = new Dictionary<string, int>(StringComparer.Ordinal);
            var hits = 0;
            for (var draw = 0; draw < Drawn; draw++)
            {
                var number = string.Concat(Enumerable.Range(0, length).Select(_ => (char)('0' + random.Next(10))));
                var findings = _detection.Look($"the value {number} was read", country, "en", null).Findings;
                hits += findings.Count > 0 ? 1 : 0;
                foreach (var finding in findings)
                {
                    found[finding.Entity] = found.GetValueOrDefault(finding.Entity) + 1;
                }
            }

            yield return (length, 100.0 * hits / Drawn, string.Join(", ", found.OrderByDescending(pair => pair.Value).Take(3).Select(pair => pair.Key)));
        }
    }
}
