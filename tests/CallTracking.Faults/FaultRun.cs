using System.Diagnostics;
using CallTracking.Faults.Faults;
using CallTracking.Faults.Proof;
using CallTracking.Faults.Sabotages;
using CallTracking.Faults.World;

namespace CallTracking.Faults;

/// <summary>A run: chapters of rounds, each chapter on an installation of its own, and the line at the end.</summary>
/// <param name="settings">What was asked for.</param>
/// <param name="resumes">Goes on behind the last whole chapter of an earlier run with the same seed and rounds.</param>
/// <param name="output">Takes progress and the verdict.</param>
/// <param name="isTerminal">Whether progress may write over itself.</param>
internal sealed class FaultRun(FaultSettings settings, bool resumes, TextWriter output, bool isTerminal)
{
    private readonly RunLog _log = new(Path.Combine(settings.Folder, "log"), goesOn: resumes);
    private readonly ProgressLine _progress = new(output, isTerminal, settings.Last);
    private readonly IReadOnlyList<Fault> _faults = FaultKinds.Possible(settings.Only);
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private RunState _state = RunState.Of(settings);

    private bool IsLate => _watch.Elapsed > settings.Limit;

    private string StateFile => Path.Combine(settings.Folder, "state.json");

    /// <summary>Runs all rounds; answers the exit code.</summary>
    /// <param name="cancellationToken">Stops; the round that is under way does not count.</param>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        foreach (var fault in FaultKinds.All.Where(fault => fault.WhyNot is not null && !fault.IsOnRequest))
        {
            _progress.Say($"  without {fault.Name}: {fault.WhyNot}");
        }

        if (_faults.Count == 0)
        {
            _progress.Say("  no fault that was asked for can be had here: " + string.Join("; ", FaultKinds.All.Where(fault => settings.Only.Contains(fault.Name)).Select(fault => fault.WhyNot)));
            return 2;
        }

        if (resumes && RunState.Load(StateFile, settings) is { } left)
        {
            _state = left;
            _progress.Say(FormattableString.Invariant($"  going on behind round {left.Done}"));
        }

        while (_state.Done < settings.Last && !IsLate && !cancellationToken.IsCancellationRequested)
        {
            var last = Math.Min(settings.Last, ChapterOf(_state.Done + 1) + FaultSettings.Chapter - 1);
            try
            {
                if (!await ChapterAsync(_state.Done + 1, last, cancellationToken))
                {
                    break;
                }

                if (_state.Done == last)
                {
                    _state.Save(StateFile);
                }
            }
            catch (Exception) when (cancellationToken.IsCancellationRequested)
            {
                _progress.Say("  stopped; --resume goes on behind the last whole chapter");
            }
            catch (Exception broken) when (broken is InvalidOperationException or TimeoutException or IOException or Npgsql.NpgsqlException)
            {
                _progress.Say(FormattableString.Invariant($"  broke off in round {_state.Done + 1}: {broken.Message}"));
                _state = _state with { Found = _state.Found with { Restless = _state.Found.Restless + 1 } };
                break;
            }
        }

        _progress.Clear();
        if (_state.Found.Restless > 0)
        {
            output.WriteLine(FormattableString.Invariant($"rounds after which a region did not come to rest: {_state.Found.Restless}"));
        }

        output.WriteLine(FormattableString.Invariant($"rounds {_state.Done - settings.From + 1}, faults {_state.Faults}, {_state.Found}"));
        return _state.Found.IsClean && (_state.Done == settings.Last || IsLate) ? 0 : 1;
    }

    private static int ChapterOf(int round) => ((round - 1) / FaultSettings.Chapter * FaultSettings.Chapter) + 1;

    // Answers false when something was found: what stands there is no ground for further rounds.
    private async Task<bool> ChapterAsync(int first, int last, CancellationToken cancellationToken)
    {
        _progress.Show(first, "an empty installation");
        await using var world = await FaultWorld.StartAsync(settings.Folder, settings.Regions, settings.Cases, compares: settings.Sabotage is null);
        var found = await new Round(world, _log, first - 1, new Random(settings.Seed), cancellationToken).JudgeAsync();
        for (var round = first; round <= last && found.IsClean && !IsLate; round++)
        {
            found = await RoundAsync(world, round, cancellationToken);
        }

        _state = _state with { Found = _state.Found + found };
        if (!found.IsClean)
        {
            TellFailure(found);
        }

        return found.IsClean;
    }

    private async Task<Verdict> RoundAsync(FaultWorld world, int number, CancellationToken cancellationToken)
    {
        var random = new Random(HashOf(settings.Seed, number));
        var faults = FaultKinds.Draw(_faults, world.Regions.Count, random);
        var names = string.Join(" and ", faults.Select(fault => fault.Name));
        _progress.Show(number, names);
        var watch = Stopwatch.StartNew();
        var found = await new Round(world, _log, number, random, cancellationToken).RunAsync(faults, number == settings.SabotagedRound ? SabotageKinds.All.FirstOrDefault(bug => bug.Name == settings.Sabotage) : null);
        cancellationToken.ThrowIfCancellationRequested();
        _log.Tell(FormattableString.Invariant($"{number,5}  {names}: {found}{(found.Restless > 0 ? ", not at rest" : "")}, {watch.Elapsed.TotalSeconds:0.0} s"));
        _state = _state with { Done = number, Faults = _state.Faults + faults.Count };
        return found;
    }

    private void TellFailure(Verdict found)
    {
        var from = ChapterOf(_state.Done);
        _progress.Say(FormattableString.Invariant($"seed {settings.Seed}, round {_state.Done}: {found}{(found.Restless > 0 ? ", not at rest" : "")}"));
        _progress.Say($"  what happened: {Path.Combine(settings.Folder, "log", "rounds.log")}");
        var only = string.Concat(settings.Only.Select(name => $" --only {name}")) + (settings.Sabotage is null ? "" : $" --sabotage {settings.Sabotage}");
        _progress.Say(FormattableString.Invariant($"  replay: ops/faults --seed {settings.Seed} --from {from} --rounds {_state.Done - from + 1} --cases {settings.Cases} --regions {settings.Regions}{only}"));
    }

    // The same on every machine and in every version of the runtime.
    private static int HashOf(int seed, int round) => unchecked((int)((((uint)seed * 2_654_435_761u) ^ ((uint)round * 2_246_822_519u)) & int.MaxValue));
}
