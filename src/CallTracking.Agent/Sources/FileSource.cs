using System.Runtime.CompilerServices;
using CallTracking.Agent.Configuration;
using CallTracking.Contracts;
using CallTracking.Mapping;

namespace CallTracking.Agent.Sources;

/// <summary>Files of the region: each that the pattern means, in order of their paths.</summary>
internal sealed class FileSource(SourceSettings settings, SourceMapping mapping, string configurationFile) : Source(settings, mapping)
{
    public override async IAsyncEnumerable<SourceInput> InputsAsync(
        ISourceNotes notes, ICollection<Fault> faults, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        var files = SourceFiles.Find(Settings.Files!);
        if (files.Count == 0)
        {
            faults.Add(new Fault(configurationFile, Settings.Line, Settings.Column, $"No file matches '{Settings.Files}'.", "put the export there, or mend 'files'"));
        }

        foreach (var file in files)
        {
            yield return new FileInput(Mapping, file, Path.GetRelativePath(Path.GetDirectoryName(configurationFile)!, file));
        }
    }
}

/// <summary>One file.</summary>
internal sealed class FileInput(SourceMapping mapping, string path, string name) : SourceInput
{
    public string Path => path;

    public override string Name => name;

    public override ValueTask<SourceReader> OpenAsync(CancellationToken cancellationToken) =>
        ValueTask.FromResult(mapping.OpenReader(SourceFiles.Open(path), name));
}
