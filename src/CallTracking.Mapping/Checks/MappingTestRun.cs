using CallTracking.Contracts;

namespace CallTracking.Mapping.Checks;

/// <summary>What the tests beside a mapping gave. Without faults there is a result for each test.</summary>
/// <param name="Mapping">The file that was tested.</param>
/// <param name="Faults">Of the mapping or of the tests' own file: nothing was run.</param>
/// <param name="Results">In the order of the file.</param>
public sealed record MappingTestRun(string Mapping, IReadOnlyList<Fault> Faults, IReadOnlyList<MappingTestResult> Results)
{
    /// <summary>Of the mapping: see <see cref="SourceMapping.Notes"/>.</summary>
    public IReadOnlyList<Fault> Notes { get; private init; } = [];

    public bool IsPassed => Faults.Count == 0 && Results.All(result => result.Differences.Count == 0);

    /// <summary>
    /// Runs the tests of <c>name.tests.yaml</c> against <c>name.yaml</c> beside it, or against the file that its key <c>mapping</c> names.
    /// Never throws for what is in the files.
    /// </summary>
    public static async Task<MappingTestRun> RunAsync(string testsFile, CancellationToken cancellationToken)
    {
        if (!File.Exists(testsFile))
        {
            return new MappingTestRun(MappingTestFile.MappingOf(testsFile), [MappingTestFile.Missing(testsFile)], []);
        }

        var (file, faults) = MappingTestFile.Load(testsFile);
        var load = SourceMapping.Load(file.Mapping);
        if (faults.Count > 0 || load.Mapping is null)
        {
            return new MappingTestRun(file.Mapping, [.. faults, .. load.Faults], []);
        }

        var unfit = file.Tests.Select(test => test.Unfit(load.Mapping, testsFile)).OfType<Fault>().ToList();
        var results = new List<MappingTestResult>();
        foreach (var test in unfit.Count > 0 ? [] : file.Tests)
        {
            results.Add(new MappingTestResult(test.Name, test.Line, await test.RunAsync(load.Mapping, cancellationToken).ConfigureAwait(false)));
        }

        return new MappingTestRun(file.Mapping, unfit, results) { Notes = load.Mapping.Notes };
    }
}

/// <summary>One test: passed when there is no difference.</summary>
/// <param name="Name">As the file has it.</param>
/// <param name="Line">Where it stands in the file.</param>
/// <param name="Differences">What was otherwise than expected.</param>
public sealed record MappingTestResult(string Name, int Line, IReadOnlyList<MappingDifference> Differences);

/// <summary>What was expected and what came, both as text. Values of the test's own file: as personal as that is.</summary>
public sealed record MappingDifference(string Field, string Expected, string Actual);
