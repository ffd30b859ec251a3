using CallTracking.Agent.Configuration;
using CallTracking.Agent.Dictionaries;
using CallTracking.Agent.Spills;
using CallTracking.Contracts;
using CallTracking.Mapping;

namespace CallTracking.Agent.Sources;

/// <summary>A source of the configuration whose mapping was read and checked.</summary>
internal abstract class Source(SourceSettings settings, SourceMapping mapping)
{
    public SourceSettings Settings => settings;

    public SourceMapping Mapping => mapping;

    /// <summary>Part of every case's identity.</summary>
    public string Name => mapping.SourceName;

    /// <summary>Code tables that it uses in the version before the newest, which its mapping does not fit.</summary>
    public IReadOnlyList<HeldBackTable> HeldBack { get; init; } = [];

    /// <summary>What keys of joins are hashed under, so that a reading knows what a record named in an earlier one; null where that is not asked, or the region has no secret.</summary>
    public byte[]? JoinSecret => JoinKey?.Value;

    /// <summary>Looked up when something is read: what only names its sources needs no key.</summary>
    public Lazy<byte[]?>? JoinKey { get; init; }

    /// <summary>True when its inputs come from another program: <c>check --offline</c> leaves it out, and the first input tells what all are like.</summary>
    public virtual bool IsRemote => false;

    /// <summary>True when its inputs are files, which a reading can be narrowed to.</summary>
    public virtual bool IsOfFiles => false;

    /// <summary>About how many bytes a reading takes; null where that shows at its end only.</summary>
    public virtual long? BytesOf(ReadingWish wish) => null;

    /// <summary>
    /// Everything that the source gives now, in order; each is read before the next is asked for. What cannot be had at all is a fault of the
    /// visit; the others still come.
    /// </summary>
    public abstract IAsyncEnumerable<SourceInput> InputsAsync(SourceVisit visit, CancellationToken cancellationToken);
}

/// <summary>One thing that is read from its start to its end: a file, a page of an answer, the rows of a query.</summary>
internal abstract class SourceInput
{
    /// <summary>What positions and faults call it. Stable from run to run.</summary>
    public abstract string Name { get; }

    /// <summary>Rows that were read by an earlier run and are passed over now; 0 when it is read from its start.</summary>
    public virtual long BehindRow => 0;

    /// <summary>False when its very content was read before: what it says is not later than what came since.</summary>
    public virtual bool IsNew => true;

    /// <summary>It stands in the place of another content that was read: what that told, it should tell again.</summary>
    public virtual bool StandsForEarlier => false;

    /// <summary>It can be looked into before it is read.</summary>
    public virtual bool IsReadableTwice => false;

    /// <summary>Bytes on disk that its reading takes; 0 where that is not known beforehand.</summary>
    public virtual long Bytes => 0;

    /// <summary>Of <see cref="Bytes"/>, those before the row that begins at this place of the content; 0 where that is not known.</summary>
    public virtual long BytesBefore(long offset) => 0;

    /// <summary>What the source will know of it once all its rows are durable; asked for after the last row. Null for nothing.</summary>
    public virtual SourceNote? Note => null;

    /// <summary>Set by who reads it when it could not be read to its end: its source does not go on behind it.</summary>
    public bool IsBroken { get; set; }

    /// <summary>What the quarantine calls it, where that is not its own name.</summary>
    public virtual string QuarantineName => Name;

    /// <summary>
    /// True when everything that stands in the quarantine under its name has been met again, or is healed, once it is read to its end.
    /// False for one that goes on where another ended.
    /// </summary>
    public virtual bool IsWhole => true;

    /// <summary>Of the case that was read last, earlier rows may be missing: what the ledger knows otherwise must not become this.</summary>
    public virtual bool IsInDoubt => false;

    /// <summary>What of it as a whole cannot well be meant, a line each; asked for after the last row.</summary>
    public virtual IReadOnlyList<string> Doubts => [];

    /// <summary>False when a row's number means nothing on another day: the quarantine then knows a row by what it holds.</summary>
    public virtual bool HasPlaces => true;

    /// <summary>As <see cref="Note"/>, for a source that remembers more than one thing of an input.</summary>
    public virtual IReadOnlyList<SourceNote> Notes => Note is { } note ? [note] : [];

    /// <summary>The fault of something that cannot be opened or read on.</summary>
    public static Fault Unreadable(string name, Exception why) => why switch
    {
        SpillException spill => new(name, 0, 0, $"Its records cannot wait in {spill.Folder}, where they are joined or folded: {spill.Message.TrimEnd('.')}.", "make room there, or name a 'state' on a larger disk; the next sync reads it again"),
        FileNotFoundException { FileName: { } path } when new FileInfo(path).LinkTarget is not null => new(name, 0, 0, "It is a link to a file that is not there.", "have the export written there, or remove the link"),
        IrregularFileException => new(name, 0, 0, $"It is not read: {why.Message}", "have the export written into a file, or write 'files' so that it does not mean this"),
        _ => new(name, 0, 0, $"The file cannot be read: {why.Message}", "give the agent's user the right to read it, or wait until its writer is done"),
    };

    /// <summary>What was wrong with an input that could not be read; null for what is no fault of an input.</summary>
    public static IReadOnlyList<Fault>? FaultsOf(string name, Exception why) => why switch
    {
        SourceFormatException broken => broken.Faults,
        IOException or UnauthorizedAccessException => [Unreadable(name, why)],
        _ => null,
    };

    /// <summary>What it consists of, each with a name of its own: itself, unless several files are read as one.</summary>
    public virtual IReadOnlyList<SourceInput> Parts => [this];

    /// <summary>What the quarantine calls the part in which a row of it stands.</summary>
    public virtual string FileOf(RowOutcome outcome) => QuarantineName;

    /// <summary>
    /// Asked after the last row. False when what was read may not be all of it, which the input has told its visit: the rows stand, but the
    /// input is not finished.
    /// </summary>
    public virtual bool Conclude() => true;

    /// <exception cref="SourceFormatException">It cannot be read at all.</exception>
    /// <exception cref="IOException">It cannot be opened.</exception>
    public abstract ValueTask<SourceReader> OpenAsync(CancellationToken cancellationToken);
}

/// <summary>What a source remembers from run to run: how far it is in a file, a table, an interface.</summary>
/// <param name="Key">Names what is remembered, such as a file's path. It is kept as a keyed hash only.</param>
/// <param name="Value">Kept sealed.</param>
internal sealed record SourceNote(string Key, byte[] Value);

/// <summary>Reads what sources remember.</summary>
internal interface ISourceNotes
{
    /// <summary>Null when nothing is remembered under the key.</summary>
    byte[]? Find(string source, string key);
}

/// <summary>For commands that only look: every source begins anew.</summary>
internal sealed class NoSourceNotes : ISourceNotes
{
    public static readonly NoSourceNotes Instance = new();

    public byte[]? Find(string source, string key) => null;
}
