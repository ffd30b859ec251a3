using CallTracking.Agent.Configuration;
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

    /// <summary>True when its inputs are files, which a reading can be narrowed to.</summary>
    public virtual bool IsOfFiles => false;

    /// <summary>
    /// Everything that the source gives now, in order; each is read before the next is asked for. What cannot be had at all is a fault of the
    /// visit; the others still come.
    /// </summary>
    public abstract IAsyncEnumerable<SourceInput> InputsAsync(SourceVisit visit, CancellationToken cancellationToken);
}

/// <summary>One thing that is read from its start to its end: a file, a page of an answer, the rows of a query.</summary>
internal abstract class SourceInput
{
    /// <summary>What positions, faults and the quarantine call it. Stable from run to run.</summary>
    public abstract string Name { get; }

    /// <summary>Rows that were read by an earlier run and are passed over now; 0 when it is read from its start.</summary>
    public virtual long BehindRow => 0;

    /// <summary>What the source will know of it once all its rows are durable; asked for after the last row. Null for nothing.</summary>
    public virtual SourceNote? Note => null;

    /// <summary>As <see cref="Note"/>, for a source that remembers more than one thing of an input.</summary>
    public virtual IReadOnlyList<SourceNote> Notes => Note is { } note ? [note] : [];

    /// <summary>The fault of something that cannot be opened or read on.</summary>
    public static Fault Unreadable(string name, Exception why) =>
        new(name, 0, 0, $"The file cannot be read: {why.Message}", "give the agent's user the right to read it, or wait until its writer is done");

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
