using System.Globalization;
using System.Runtime.CompilerServices;
using CallTracking.Agent.Configuration;
using CallTracking.Agent.Sources.Files;
using CallTracking.Agent.Spills;
using CallTracking.Contracts;
using CallTracking.Mapping;

namespace CallTracking.Agent.Sources;

/// <summary>Files of the region: each that the pattern means, in order of their paths.</summary>
/// <param name="settings">The source in the configuration.</param>
/// <param name="mapping">Its mapping.</param>
/// <param name="configurationFile">Names of inputs are relative to its folder.</param>
/// <param name="shape">Of everything local that decides what a row becomes.</param>
/// <param name="spills">Where records wait that are joined or folded; null for memory, up to a limit.</param>
internal sealed class FileSource(SourceSettings settings, SourceMapping mapping, string configurationFile, byte[] shape, SpillFolder? spills) : Source(settings, mapping)
{
    private readonly string _folder = Path.GetDirectoryName(configurationFile)!;

    public override bool IsOfFiles => true;

    public override long? BytesOf(ReadingWish wish) => Wanted(SourceFiles.Find(Settings.Files!), wish).Sum(file => FileVersion.Of(file)?.Length ?? 0);

    public override async IAsyncEnumerable<SourceInput> InputsAsync(SourceVisit visit, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var found = SourceFiles.Find(Settings.Files!);
        if (found.Count == 0 && visit.Wish.Files is null)
        {
            visit.Fail(new Fault(configurationFile, Settings.Line, Settings.Column, $"No file matches '{Settings.Files}'.", "put the export there, or mend 'files'"));
        }

        var wanted = Wanted(found, visit.Wish).ToList();
        var files = await SettledFiles.WaitAsync(wanted, Settings.Rules, visit, NameOf, cancellationToken);

        // All are looked at before the first is read: a file that was moved and a new one in its old place are told apart so.
        var inputs = new List<FileInput>();
        foreach (var file in files)
        {
            inputs.AddRange(await LookAsync(file, visit, cancellationToken));
        }

        if (visit.Known.Count > 0)
        {
            visit.Say(string.Create(CultureInfo.InvariantCulture, $"{Name}: {visit.Known.Count:N0} {(visit.Known.Count == 1 ? "file" : "files")} unchanged, passed over"));
        }

        visit.Bytes = inputs.Sum(input => input.Bytes);
        foreach (var input in inputs)
        {
            yield return input;
        }
    }

    private IEnumerable<string> Wanted(IEnumerable<string> files, ReadingWish wish) =>
        files.Where(file => wish.Files is not { } pattern || SourceFiles.Means(pattern, NameOf(file)) || SourceFiles.Means(pattern, file));

    private string NameOf(string file) => Path.GetRelativePath(_folder, file);

    /// <summary>What of a file is to be read; what is known already is told to the visit.</summary>
    private async Task<IReadOnlyList<FileInput>> LookAsync(FileVersion file, SourceVisit visit, CancellationToken cancellationToken)
    {
        var name = NameOf(file.Path);
        try
        {
            // What must be met whole, what hangs on other files too, or is looked through for one case, is read whatever is remembered, and then nothing is.
            var memory = visit.IsLook || Mapping.ReadsOtherFiles || Settings.Snapshot is not null || visit.Wish.CaseId is not null ? null : new FileMemory(visit.Notes, Name, shape);
            var familiarity = memory is null ? default : await memory.OfAsync(file, name, cancellationToken);
            var expansion = new Expansion(Settings.Rules, file.Length);
            var inputs = FileContent.IsZip(file.Path)
                ? Members(FileContent.Entries(file.Path, name, Settings.Rules))
                : [new FileInput(Mapping, file, name, null, expansion, spills, visit) { Memory = memory, Familiarity = familiarity }];
            var known = visit.Wish.Reread ? [] : inputs.Where(input => input.Familiarity.Known is not null).ToList();
            visit.Known.AddRange(known.Select(input => input.AsKnown()));
            return [.. inputs.Except(known)];

            List<FileInput> Members(IReadOnlyList<string> entries) => [.. entries.Select(entry => Member(entry, FileContent.NameOf(name, entry), entries.Count))];

            FileInput Member(string entry, string called, int siblings) => new(Mapping, file, called, entry, expansion, spills, visit)
            {
                Siblings = siblings,
                Memory = memory,
                Familiarity = memory?.OfMember(familiarity, entry, called) ?? default,
            };
        }
        catch (SourceFormatException broken)
        {
            visit.Fail(broken.Faults);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            visit.Fail(SourceInput.Unreadable(name, unreadable));
        }

        return [];
    }
}
