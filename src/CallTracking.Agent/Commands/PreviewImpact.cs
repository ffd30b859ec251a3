using CallTracking.Agent.Configuration;
using CallTracking.Agent.Dictionaries;
using CallTracking.Agent.Identity;
using CallTracking.Agent.Sources;
using CallTracking.Mapping;
using CallTracking.Privacy;

namespace CallTracking.Agent.Commands;

/// <summary><c>preview --impact</c>: what a sync would send now, such as after a mapping was edited.</summary>
internal static class PreviewImpact
{
    /// <exception cref="AgentException">The region is not enrolled, or has no valid policy: nothing could leave.</exception>
    public static async Task<ExitCode> ShowAsync(AgentSettings settings, IReadOnlyList<Source> sources, CommandOutput output, CancellationToken cancellationToken)
    {
        var store = new IdentityStore(settings.State);
        using var identity = store.Load();
        var keys = new RegionSecret(settings.State).Load(settings.Region);
        var policy = new EdgePolicy(store, identity.PolicyKey, settings.Region, RegionFloor.Load(settings), keys, TimeProvider.System);
        if (policy.Load() is { } refusal || policy.Current is not { } rules)
        {
            throw new AgentException(ExitCode.NoPolicy, "There is no valid policy bundle here: nothing would travel. The next sync asks the hub for one.");
        }

        using var count = new ImpactCount(settings, keys, rules, ConceptMatcher.Of(new CodeTableCache(settings.State).Concepts), TimeProvider.System);
        var code = await ReadAsync(sources, count, output, cancellationToken);
        output.Out.WriteLine(count.Summary);
        foreach (var line in code == ExitCode.Done ? sources.DistinctBy(source => source.Name).Select(count.Vanished).OfType<string>() : [])
        {
            output.Out.WriteLine(line);
        }

        return code;
    }

    /// <summary>Has everything counted that the sources hold.</summary>
    public static async Task<ExitCode> ReadAsync(IReadOnlyList<Source> sources, ImpactCount count, CommandOutput output, CancellationToken cancellationToken)
    {
        var visit = SourceVisit.ToLook(output.Error.WriteLine);
        var inputs = new List<(Source Source, SourceInput Input)>();
        foreach (var source in sources.Where(source => source.IsOfFiles))
        {
            await foreach (var input in source.InputsAsync(visit, cancellationToken))
            {
                inputs.Add((source, input));
            }
        }

        var isWhole = await ReadAsync(inputs, count, output, cancellationToken);

        // Another program gives one input after the other, and how much there is shows at the end.
        foreach (var source in sources.Where(source => !source.IsOfFiles))
        {
            await foreach (var input in source.InputsAsync(visit, cancellationToken))
            {
                isWhole &= await ReadAsync([(source, input)], count, output, cancellationToken);
            }
        }

        visit.Faults.ForEach(fault => output.Error.WriteLine(fault));
        return isWhole && visit.Faults.Count == 0 ? ExitCode.Done : ExitCode.Source;
    }

    private static async Task<bool> ReadAsync(
        IReadOnlyList<(Source Source, SourceInput Input)> inputs, ImpactCount count, CommandOutput output, CancellationToken cancellationToken)
    {
        var progress = new ReadingProgress(output.Error, !Console.IsErrorRedirected, TimeProvider.System) { Total = ReadingProgress.BytesOf(inputs.Select(entry => entry.Input)) };
        try
        {
            foreach (var (source, input) in inputs)
            {
                await using var reader = await input.OpenAsync(cancellationToken);
                while (await reader.ReadAsync(cancellationToken) is { } outcome)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    progress.Row(input, outcome.Position.ByteOffset);
                    count.Take(source, outcome);
                }

                progress.Passed(input);
            }

            return true;
        }
        catch (SourceFormatException broken)
        {
            progress.Clear();
            output.Error.WriteLine(broken.Message);
            return false;
        }
        finally
        {
            progress.Clear();
        }
    }
}
