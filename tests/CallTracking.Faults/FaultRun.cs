using System.Diagnostics;
using CallTracking.Faults.Faults;
using CallTracking.Faults.Proof;
using CallTracking.Faults.World;

namespace CallTracking.Faults;

/// <summary>A run: chapters of rounds, each chapter on an installation of its own, and the line at the end.</summary>
internal sealed class FaultRun(FaultSettings settings, TextWriter output, bool isTerminal)
{
    private readonly RunLog _log = new(Path.Combine(settings.Folder, "log"));
    private readonly ProgressLine _progress = new(output, isTerminal, settings.Last);
    private readonly IReadOnlyList<Fault> _faults = FaultKinds.Possible(settings.Only);
    private RunState _state = RunState.Of(settings);

    private string StateFile => Path.Combine(settings.Folder, "state.json");

    /// <summary>Runs all rounds; answers the exit code.</summary>
    /// <param name="resumes">Goes on behind the last whole chapter of an earlier run with the same seed and rounds.</param>
    /// <param name="cancellationToken">Stops behind the round that runs.</param>
    public async Task<int> RunAsync(bool resumes, CancellationToken cancellationToken)
    {
        foreach (var fault in FaultKinds.All.Where(fault => fault.WhyNot is not null))
        {
            _progress.Say($"  without {fault.Name}: {fault.WhyNot}");
        }

        if (resumes && RunState.Load(StateFile, settings) is { } left)
        {
            _state = left;
            _progress.Say(FormattableString.Invariant($"  going on behind round {left.Done}"));
        }

        while (_state.Done < settings.Last && !cancellationToken.IsCancellationRequested)
        {
            var last = Math.Min(settings.Last, ChapterOf(_state.Done + 1) + FaultSettings.Chapter - 1);
            if (!await ChapterAsync(_state.Done + 1, last, cancellationToken))
            {
                break;
            }

            _state.Save(StateFile);
        }

        _progress.Clear();
        if (_state.Found.Restless > 0)
        {
            output.WriteLine(FormattableString.Invariant($"rounds after which a region did not come to rest: {_state.Found.Restless}"));
        }

        output.WriteLine(FormattableString.Invariant($"rounds {_state.Done - settings.From + 1}, faults {_state.Faults}, {_state.Found}"));
        return _state.Found.IsClean && _state.Done == settings.Last ? 0 : 1;
    }

    private static int ChapterOf(int round) => ((round - 1) / FaultSettings.Chapter * FaultSettings.Chapter) + 1;

    // Answers false when the run ends here: something was found, and what stands there is no ground for further rounds; or it was stopped.
    private async Task<bool> ChapterAsync(int first, int last, CancellationToken cancellationToken)
    {
        _progress.Show(first, "an empty installation");
        await using var world = await FaultWorld.StartAsync(settings.Folder, settings.Regions, settings.Cases, compares: true);
        var found = await new Round(world, _log, first - 1, new Random(settings.Seed)).JudgeAsync();
        for (var round = first; round <= last && found.IsClean; round++)
        {
            if (cancellationToken.IsCancellationRequested)
            {
                return false;
            }

            found = await RoundAsync(world, round);
            _state = _state with { Done = round, Faults = _state.Faults + 1 };
        }

        _state = _state with { Found = _state.Found + found };
        if (!found.IsClean)
        {
            TellFailure(found);
        }

        return found.IsClean;
    }

    private async Task<Verdict> RoundAsync(FaultWorld world, int number)
    {
        var random = new Random(HashOf(settings.Seed, number));
        var fault = _faults[random.Next(_faults.Count)];
        _progress.Show(number, fault.Name);
        var watch = Stopwatch.StartNew();
        var found = await new Round(world, _log, number, random).RunAsync(fault);
        _log.Tell(FormattableString.Invariant($"{number,5}  {fault.Name}: {found}, {watch.Elapsed.TotalSeconds:0.0} s"));
        return found;
    }

    private void TellFailure(Verdict found)
    {
        var from = ChapterOf(_state.Done);
        _progress.Say(FormattableString.Invariant($"seed {settings.Seed}, round {_state.Done}: {found}{(found.Restless > 0 ? ", not at rest" : "")}"));
        _progress.Say($"  what happened: {Path.Combine(settings.Folder, "log", "rounds.log")}");
        _progress.Say(FormattableString.Invariant($"  replay: ops/faults --seed {settings.Seed} --from {from} --rounds {_state.Done - from + 1} --cases {settings.Cases} --regions {settings.Regions}"));
    }

    // The same on every machine and in every version of the runtime.
    private static int HashOf(int seed, int round) => unchecked((int)((((uint)seed * 2_654_435_761u) ^ ((uint)round * 2_246_822_519u)) & int.MaxValue));
}
