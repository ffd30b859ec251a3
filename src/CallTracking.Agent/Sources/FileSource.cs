using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using CallTracking.Agent.Configuration;
using CallTracking.Agent.Identity;
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
/// <param name="state">Where is remembered which files had rows of which folded case.</param>
internal sealed class FileSource(SourceSettings settings, SourceMapping mapping, string configurationFile, byte[] shape, SpillFolder? spills, StateVault state)
    : Source(settings, mapping)
{
    private readonly string _folder = Path.GetDirectoryName(configurationFile)!;

    public override bool IsOfFiles => true;

    public override long? BytesOf(ReadingWish wish) => Wanted(SourceFiles.Find(Settings.Files!).Files, wish).Sum(file => FileVersion.Of(file)?.Length ?? 0);

    public override async IAsyncEnumerable<SourceInput> InputsAsync(SourceVisit visit, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var looked = SourceFiles.Find(Settings.Files!);
        var found = looked.Files;
        Tell(looked, visit);
        var wanted = Wanted(found, visit.Wish).ToList();
        wanted = Mapping.FoldsRows && wanted.Count > 0 ? [.. found] : wanted;
        var files = await SettledFiles.WaitAsync(wanted, Settings.Rules, visit, NameOf, cancellationToken);

        // All are looked at before the first is read: a file that was moved and a new one in its old place are told apart so.
        var inputs = new List<FileInput>();
        foreach (var file in files)
        {
            inputs.AddRange(await LookAsync(file, visit, cancellationToken));
        }

        var known = visit.Wish.Reread ? [] : inputs.Where(input => input.Familiarity.Known is not null).ToList();
        if (Mapping.FoldsRows && (known.Count < inputs.Count || !WasReadFrom(inputs)))
        {
            // One row more may make another case of rows in any file; so may a file that is there again.
            if (Whole(inputs, visit) is { } whole)
            {
                yield return whole;
            }

            yield break;
        }

        visit.Known.AddRange(known.Select(input => input.AsKnown()));
        if (visit.Known.Count > 0)
        {
            visit.Say(string.Create(CultureInfo.InvariantCulture, $"{Name}: {visit.Known.Count:N0} {(visit.Known.Count == 1 ? "file" : "files")} unchanged, passed over"));
        }

        var toRead = inputs.Except(known).ToList();
        visit.Bytes = toRead.Sum(input => input.Bytes);
        visit.ToRead = [.. toRead.Where(input => input.BehindRow == 0).Select(input => input.QuarantineName)];
        foreach (var input in toRead)
        {
            yield return input;
        }
    }

    private void Tell(FoundFiles found, SourceVisit visit)
    {
        foreach (var folder in found.Closed)
        {
            visit.Fail(new Fault(
                NameOf(folder), 0, 0, "The folder may not be looked into: what it holds for this source is not known, and was not read.", "give the agent's user the right to read and enter it, or write 'files' so that it does not mean it"));
        }

        if (found.Files.Count > 0)
        {
            foreach (var folder in found.Folders)
            {
                visit.Say($"WARNING  {Name}: {NameOf(folder)} is a folder, though 'files' means its name: passed over, and so is what is in it");
            }
        }
        else if (found.Folders is [var only, ..])
        {
            visit.Fail(new Fault(configurationFile, Settings.Line, Settings.Column, $"No file matches '{Settings.Files}': {NameOf(only)} is a folder.", $"write '{NameOf(only).Replace('\\', '/')}/*' for the files in it, or put the export there"));
        }
        else if (found.Closed.Count == 0 && visit.Wish.Files is null && visit.Wish.Paths is null)
        {
            visit.Fail(new Fault(configurationFile, Settings.Line, Settings.Column, $"No file matches '{Settings.Files}'.", "put the export there, or mend 'files'"));
        }
    }

    private IEnumerable<string> Wanted(IEnumerable<string> files, ReadingWish wish) =>
        files.Where(file => wish.Paths is null || wish.Paths.Contains(file)).Where(file => wish.Files is not { } pattern || SourceFiles.Means(pattern, NameOf(file)) || SourceFiles.Means(pattern, file));

    /// <summary>All files as one; null when one of them cannot be had now, for without it cases would be folded from a part of their rows.</summary>
    private FoldInput? Whole(List<FileInput> inputs, SourceVisit visit)
    {
        if (!visit.IsWhole && !visit.IsLook)
        {
            visit.Say($"{Name}: rows of one case may stand in all its files, so none is read until all can be");
            return null;
        }

        var pattern = Path.GetRelativePath(_folder, Settings.Files!);

        // An export that holds every case says by itself what there is not any more.
        var journal = Settings.Snapshot is not null ? null
            : spills is null || visit.IsLook ? FoldJournal.ToLook(state, Name, FoldRule)
            : FoldJournal.Of(state, Name, FoldRule, Mapping.AcceptsIncomplete);
        return new FoldInput(Mapping, inputs.Count == 1 ? inputs[0].Name : pattern, inputs, spills, journal, visit);
    }

    // Without an order rows are told apart by all that the mapping reads of them.
    private ulong FoldRule => BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(Mapping.FoldOrder is { } order ? Encoding.UTF8.GetBytes(order) : shape));

    private bool WasReadFrom(List<FileInput> inputs) => inputs.Count == 0 || FoldJournal.WasReadFrom(state, Name, inputs.Select(input => input.Familiarity.Content));

    private string NameOf(string file) => Path.GetRelativePath(_folder, file);

    /// <summary>What stands in a file, and what is known of it already.</summary>
    private async Task<IReadOnlyList<FileInput>> LookAsync(FileVersion file, SourceVisit visit, CancellationToken cancellationToken)
    {
        var name = NameOf(file.Path);
        try
        {
            // What must be met whole, what hangs on other files too, or is looked through for one case, is read whatever is remembered, and then nothing is.
            var memory = visit.IsLook || Mapping.ReadsOtherFiles || Settings.Snapshot is not null || visit.Wish.CaseId is not null ? null : new FileMemory(visit.Notes, Name, shape);
            var familiarity = memory is null ? default : await memory.OfAsync(file, name, cancellationToken);
            var expansion = new Expansion(Settings.Rules, file.Length);
            return FileContent.IsZip(file.Path)
                ? Members(FileContent.Entries(file.Path, name, Settings.Rules))
                : [new FileInput(Mapping, file, name, null, expansion, spills, visit) { Memory = memory, Familiarity = familiarity, JoinSecret = JoinSecret }];

            List<FileInput> Members(IReadOnlyList<string> entries) => [.. entries.Select(entry => Member(entry, FileContent.NameOf(name, entry), entries.Count))];

            FileInput Member(string entry, string called, int siblings) => new(Mapping, file, called, entry, expansion, spills, visit)
            {
                Siblings = siblings,
                JoinSecret = JoinSecret,
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
