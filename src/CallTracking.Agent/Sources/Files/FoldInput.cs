using System.Globalization;
using CallTracking.Agent.Spills;
using CallTracking.Mapping;

namespace CallTracking.Agent.Sources.Files;

/// <summary>All files of a source whose mapping folds rows, read as one: rows of a case may stand in any of them.</summary>
/// <param name="name">What the files are together.</param>
/// <param name="parts">In the order in which they are read; at least one.</param>
/// <param name="journal">Null for readings that remember nothing.</param>
internal sealed class FoldInput(SourceMapping mapping, string name, IReadOnlyList<FileInput> parts, SpillFolder? spills, FoldJournal? journal, SourceVisit visit) : SourceInput
{
    public override string Name => name;

    public override IReadOnlyList<SourceInput> Parts => parts;

    public override long Bytes => parts.Sum(part => part.Bytes);

    /// <summary>The files.</summary>
    public IReadOnlyList<FileInput> Files => parts;

    public override bool IsInDoubt => journal?.IsInDoubt is true;

    public override IReadOnlyList<string> Doubts => journal is null ? [] :
    [
        .. IsLook && journal.Gone.Count > 0 ? [Missing(journal.Gone)] : (string[])[],
        .. journal.Shrunk.Count > 0 ? [Shrunken(journal.Shrunk)] : (string[])[],
        .. journal.Lacking.Count > 0 ? [Rewritten(journal)] : (string[])[],
    ];

    public override string FileOf(RowOutcome outcome) => outcome.Position.File;

    public override ValueTask<SourceReader> OpenAsync(CancellationToken cancellationToken)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(parts[0].Path));
        var place = spills is null ? ReadingPlace.InMemory(folder) : new ReadingPlace(folder, spills.New);
        return ValueTask.FromResult(mapping.OpenReader([.. parts.Select(PartOf)], place with { Watch = journal, Secret = parts[0].JoinSecret }));
    }

    public override bool Conclude()
    {
        if (journal is { Gone.Count: > 0 } && !IsLook)
        {
            visit.Say($"{mapping.SourceName}: {Missing(journal.Gone)}");
        }

        foreach (var doubt in IsLook ? [] : Doubts)
        {
            visit.Say($"WARNING  {mapping.SourceName}: {doubt}");
        }

        if (journal is { Damaged: > 0 } && !IsLook)
        {
            visit.Say(string.Create(CultureInfo.InvariantCulture, $"{mapping.SourceName}: {journal.Damaged:N0} of what it remembers of its files is damaged{After(journal.Lost)}"));
        }

        foreach (var part in parts)
        {
            part.IsUnsettled = journal?.Unsettled.Contains(part.Name) is true;
        }

        return parts.Select(part => part.Conclude()).ToList().TrueForAll(isDone => isDone);
    }

    private static string After(IReadOnlyList<string> lost) => lost.Count == 0
        ? "; it was written anew, since the files are there"
        : string.Create(CultureInfo.InvariantCulture, $", and {(lost.Count == 1 ? "a file" : "files")} with it: known cases that would become others wait in quarantine (incomplete-case). Put earlier files back, or remove {Some(lost)} when all their rows are here");

    private string Missing(IReadOnlyList<string> files) => string.Create(
        CultureInfo.InvariantCulture, $"{files.Count:N0} {(files.Count == 1 ? "file is" : "files are")} gone that had rows of cases ({Some(files)}): ")
        + (mapping.AcceptsIncomplete
            ? "those cases are made of the rows that are left (incomplete: accept)"
            : "cases with new rows beside theirs wait in quarantine (incomplete-case)");

    private string Rewritten(FoldJournal lacking) => string.Create(
        CultureInfo.InvariantCulture, $"{lacking.Lacking.Count:N0} {(lacking.Lacking.Count == 1 ? "file was" : "files were")} written anew without rows that {(lacking.Lacking.Count == 1 ? "it" : "they")} had ({Some(lacking.Lacking)}): {lacking.Losing:N0} {(lacking.Losing == 1 ? "case" : "cases")} ")
        + (mapping.AcceptsIncomplete
            ? "lost some, and are made of the rows that are left (incomplete: accept)"
            : "that had them stay as they were, and with new rows they wait in quarantine (incomplete-case), until those rows are back, be it in another file. Where rows are meant to go, write fold: {…, incomplete: accept}; a log that drops its oldest rows is to be kept in further files instead");

    private string Shrunken(IReadOnlyList<string> files) => string.Create(CultureInfo.InvariantCulture, $"{files.Count:N0} {(files.Count == 1 ? "file is smaller than when it was read, and begins as it did" : "files are smaller than when they were read, and begin as they did")} ({Some(files)}): {(files.Count == 1 ? "was it" : "were they")} cut off? ")
        + (mapping.AcceptsIncomplete
            ? "Cases that had rows there are made of the rows that are left (incomplete: accept); with the whole file back they are whole again"
            : "Cases that had rows there stay as they were, and with new rows they wait in quarantine (incomplete-case), until the whole file is back. Where the rows are meant to go, write fold: {…, incomplete: accept}");

    private static string Some(IReadOnlyList<string> files) => string.Join(", ", files.Take(3)) + (files.Count > 3 ? ", …" : string.Empty);

    // Drift reads as a sync would, and remembers nothing.
    private bool IsLook => visit.IsLook || journal is { IsToLook: true };

    // Once cases are asked for again nothing is remembered, and all have to be made whole.
    private bool IsRemembered => visit.IsLook || (!visit.Wish.Reread
        && (parts.Any(part => part.Familiarity.Known is not null || part.Familiarity.IsNameKnown) || (parts[0].Memory is { } memory && journal!.Names.Any(memory.HasRead))));

    private InputPart PartOf(FileInput part)
    {
        if (journal is null)
        {
            return new InputPart(part.Name, part.OpenContentAsync);
        }

        HashedStream? hashed = null;
        ContentHashes? hashes = null;
        return new InputPart(part.Name, OpenAsync)
        {
            EndedAsync = async cancellationToken =>
            {
                if (hashed is not null)
                {
                    await hashed.FinishAsync(cancellationToken);
                }

                journal.Ended(part.Name, hashes!, part.Familiarity.Content ?? hashes!.ByLength[hashes.Length], part.Familiarity.Known is null || visit.Wish.Reread, trustsSettled: IsRemembered);
            },
        };

        async ValueTask<Stream> OpenAsync(CancellationToken cancellationToken)
        {
            var content = await part.OpenContentAsync(cancellationToken);
            hashed = new HashedStream(content, journal.Lengths);
            hashes = hashed.Hashes;
            if (!mapping.NeedsSeeking)
            {
                return hashed;
            }

            // What is read by jumping about is hashed before.
            await hashed.FinishAsync(cancellationToken);
            hashed = null;
            content.Position = 0;
            return content;
        }
    }
}
