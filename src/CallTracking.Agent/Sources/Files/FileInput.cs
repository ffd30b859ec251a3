using CallTracking.Agent.Configuration;
using CallTracking.Agent.Spills;
using CallTracking.Contracts;
using CallTracking.Mapping;

namespace CallTracking.Agent.Sources.Files;

/// <summary>One file, or one member of an archive.</summary>
internal sealed class FileInput(SourceMapping mapping, FileVersion file, string name, string? entry, Expansion expansion, SpillFolder? spills, SourceVisit visit) : SourceInput
{
    private SourceReader? _reader;

    public override string Name => name;

    /// <summary>Where it lies.</summary>
    public string Path => file.Path;

    /// <summary>A file that a person names, looked at on its own.</summary>
    public static FileInput ToLook(SourceMapping mapping, FileVersion file) =>
        new(mapping, file, System.IO.Path.GetFileName(file.Path), null, new Expansion(new FileRules(), file.Length), spills: null, SourceVisit.ToLook(static _ => { }));

    /// <summary>Null when nothing of it is remembered.</summary>
    public FileMemory? Memory { get; init; }

    public Familiarity Familiarity { get; init; }

    /// <summary>As <see cref="Source.JoinSecret"/>.</summary>
    public byte[]? JoinSecret { get; init; }

    /// <summary>Its rows could not all be settled: nothing of it is remembered, so that they are met again.</summary>
    public bool IsUnsettled { get; set; }

    public override IReadOnlyList<SourceNote> Notes => IsUnsettled ? [] : Memory?.NoteFor(Familiarity, file.Length, Resume).Under(name) ?? [];

    public override long BehindRow => From?.Row ?? 0;

    public override bool IsNew => !Familiarity.IsReadBefore;

    public override bool StandsForEarlier => Memory is not null && Familiarity is { IsNameKnown: true, Known: null, Grown: null };

    // Unpacking is counted, as if it came out of the file twice.
    public override bool IsReadableTwice => FileContent.IsPlain(file.Path);

    private ResumePoint? From => visit.Wish.Reread ? null : Familiarity.Grown;

    // Out of an archive it comes from its start only.
    private ResumePoint? Resume => FileContent.IsPlain(file.Path) ? _reader?.Resume : null;

    /// <summary>How many inputs the file has.</summary>
    public int Siblings { get; init; } = 1;

    public override long Bytes => (file.Length - (From?.ByteOffset ?? 0)) / Siblings;

    public override long BytesBefore(long offset) => FileContent.IsPlain(file.Path) ? Math.Clamp(offset - (From?.ByteOffset ?? 0), 0, Bytes) : 0;

    /// <summary>The input as one that is passed over.</summary>
    public KnownInput AsKnown() => new(name, Familiarity.Known!.Name, Familiarity.Known.Note.Under(name));

    /// <summary>Its bytes, unpacked.</summary>
    public ValueTask<Stream> OpenContentAsync(CancellationToken cancellationToken) =>
        FileContent.OpenAsync(file.Path, entry, name, expansion, mapping.NeedsSeeking, cancellationToken);

    public override async ValueTask<SourceReader> OpenAsync(CancellationToken cancellationToken)
    {
        var content = await OpenContentAsync(cancellationToken);
        var folder = System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(file.Path));
        return _reader = From is { } from
            ? mapping.OpenReader(content, name, from)
            : mapping.OpenReader(content, name, (spills is null ? ReadingPlace.InMemory(folder) : new ReadingPlace(folder, spills.New)) with { Input = entry is null && FileContent.IsPlain(file.Path) ? file.Path : null, Secret = JoinSecret });
    }

    public override bool Conclude()
    {
        var now = FileVersion.Of(file.Path);
        if (visit.IsLook || now == file)
        {
            return true;
        }

        if (now?.Length > file.Length)
        {
            visit.Leave($"{name} grew while it was read: what was read stands, the next run reads it again");
        }
        else
        {
            visit.Fail(new Fault(
                name, 0, 0, "The file was replaced while it was read: what was read stands, but may be neither the old file nor the new one.", "sync again; have exports written under another name and renamed when they are whole"));
        }

        return false;
    }
}
