using CallTracking.Privacy;

namespace CallTracking.Quality;

/// <summary>How many cases of the recognizers' set come out as expected: each expected place found, nothing of the kind elsewhere.</summary>
internal sealed class RecognizerCases(string folder)
{
    private readonly TextDetection _detection = new();

    public (int Right, int All, int RightStrict, List<string> Misses) Measure()
    {
        var (right, all, strict) = (0, 0, 0);
        var misses = new List<string>();
        foreach (var expected in LabelledSets.Read<RecognizerCase>(folder, "presidio_recognizer_cases"))
        {
            var found = _detection.Look(expected.Text, expected.Country ?? "", "", null).Findings.Where(finding => Is(finding.Entity, expected.Entity)).ToList();
            var fits = Fits(expected, found);
            all++;
            strict += fits ? 1 : 0;
            right += fits || (found.Count == 0 && expected.Positive && (expected.IsWeak || expected.ChecksumFails)) ? 1 : 0;
            if (!fits)
            {
                misses.Add($"{expected.Entity} {(expected.IsWeak ? "(weak) " : "")}{expected.Text} -> {string.Join(", ", found.Select(f => expected.Text[f.Start..f.End]))}");
            }
        }

        return (right, all, strict, misses);
    }

    private static bool Fits(RecognizerCase expected, List<TextFinding> found) =>
        expected.Expected is { } spans
            ? found.Count == spans.Length && spans.All(span => found.Exists(f => f.Start == span[0] && f.End == span[1]))
            : found.Count == expected.ExpectedCount;

    private static bool Is(string entity, string expected) => entity == expected;
}
