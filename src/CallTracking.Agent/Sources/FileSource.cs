using System.Runtime.CompilerServices;
using CallTracking.Agent.Configuration;
using CallTracking.Agent.Spills;
using CallTracking.Contracts;
using CallTracking.Mapping;

namespace CallTracking.Agent.Sources;

/// <summary>Files of the region: each that the pattern means, in order of their paths.</summary>
/// <param name="settings">The source in the configuration.</param>
/// <param name="mapping">Its mapping.</param>
/// <param name="configurationFile">Names of inputs are relative to its folder.</param>
/// <param name="spills">Where records wait that are joined or folded; null for memory, up to a limit.</param>
internal sealed class FileSource(SourceSettings settings, SourceMapping mapping, string configurationFile, SpillFolder? spills) : Source(settings, mapping)
{
    public override async IAsyncEnumerable<SourceInput> InputsAsync(
        ISourceNotes notes, ICollection<Fault> faults, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        var files = SourceFiles.Find(Settings.Files);
        if (files.Count == 0)
        {
            faults.Add(new Fault(configurationFile, Settings.Line, Settings.Column, $"No file matches '{Settings.Files}'.", "put the export there, or mend 'files'"));
        }

        foreach (var file in files)
        {
            yield return new FileInput(Mapping, file, Path.GetRelativePath(Path.GetDirectoryName(configurationFile)!, file), spills);
        }
    }
}

/// <summary>One file.</summary>
internal sealed class FileInput(SourceMapping mapping, string path, string name, SpillFolder? spills = null) : SourceInput
{
    public string Path => path;

    public override string Name => name;

    public override ValueTask<SourceReader> OpenAsync(CancellationToken cancellationToken)
    {
        var folder = System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path));
        var place = spills is null ? ReadingPlace.InMemory(folder) : new ReadingPlace(folder, spills.New);
        return ValueTask.FromResult(mapping.OpenReader(SourceFiles.Open(path), name, place));
    }
}
