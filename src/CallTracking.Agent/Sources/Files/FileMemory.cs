using System.Security.Cryptography;
using System.Text;
using CallTracking.Mapping;

namespace CallTracking.Agent.Sources.Files;

/// <summary>What the source knows of the content of a file that it met.</summary>
/// <param name="Content">SHA-256; of a member of an archive, that of the archive and the member's name.</param>
/// <param name="Known">What was noted when this very content was read; null when it is new.</param>
/// <param name="Grown">Where to read on, when the content goes on from what was read of it; else null.</param>
/// <param name="IsNameKnown">Something was read under the name, which would become now what it became then: what is remembered of the source holds.</param>
/// <param name="IsReadBefore">This very content was read before, though perhaps it would become other cases now.</param>
internal readonly record struct Familiarity(byte[] Content, KnownFile? Known, ResumePoint? Grown, bool IsNameKnown, bool IsReadBefore);

/// <summary>A file that was read.</summary>
/// <param name="Name">What it was called then.</param>
internal sealed record KnownFile(string Name, FileNote Note);

/// <summary>
/// Tells files that were read from files that were not, by their content: hashing all of it is cheap beside mapping it, so a file that was
/// rewritten with its old size and time is seen, and one that was only renamed is known. Content that came back after another took its
/// place is new again: the cases are now as that other said.
/// </summary>
internal sealed class FileMemory(ISourceNotes notes, string source, byte[] shape)
{
    private const int Buffer = 256 * 1024;

    /// <summary>Reads the file through once.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public async Task<Familiarity> OfAsync(FileVersion file, string name, CancellationToken cancellationToken)
    {
        var before = NoteOfThisShape(name);
        var (content, prefix) = await HashAsync(file, before?.Length, cancellationToken);
        var hasGrown = before?.Resume is not null && prefix is not null && file.Length > before.Length && prefix.AsSpan().SequenceEqual(before.Content);
        return new Familiarity(content, Known(name, content), hasGrown ? before!.Resume : null, before is not null, WasRead(name, content));
    }

    /// <summary>A member of an archive whose content is known.</summary>
    public Familiarity OfMember(Familiarity archive, string entry, string name)
    {
        var content = SHA256.HashData([.. archive.Content, .. Encoding.UTF8.GetBytes(entry)]);
        return new Familiarity(content, Known(name, content), null, NoteOfThisShape(name) is not null, WasRead(name, content));
    }

    /// <summary>Something was read under the name, which would become now what it became then.</summary>
    public bool HasRead(string name) => NoteOfThisShape(name) is not null;

    /// <summary>What to remember of a file once all its rows are durable.</summary>
    public FileNote NoteFor(Familiarity file, long length, ResumePoint? resume) => new(shape, file.Content, length, resume);

    private bool WasRead(string name, byte[] content) => Called(name, content).Any(called => NoteOf(called) is { } note && note.Content.AsSpan().SequenceEqual(content));

    private KnownFile? Known(string name, byte[] content) => Called(name, content).Select(called => NoteOf(called) is { } note && note.Says(shape, content) ? new KnownFile(called, note) : null)
        .FirstOrDefault(known => known is not null);

    // Now, and when its content was read.
    private IEnumerable<string> Called(string name, byte[] content) =>
        [name, .. notes.Find(source, FileNote.KeyOfContent(content)) is { } value ? new[] { Encoding.UTF8.GetString(value) } : []];

    private FileNote? NoteOfThisShape(string name) => NoteOf(name) is { } note && note.Shape.AsSpan().SequenceEqual(shape) ? note : null;

    private FileNote? NoteOf(string name) => notes.Find(source, FileNote.KeyOfName(name)) is { } value ? FileNote.Parse(value) : null;

    private static async Task<(byte[] Content, byte[]? Prefix)> HashAsync(FileVersion file, long? prefixLength, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var stream = SourceFiles.Open(file.Path);
        var buffer = new byte[Buffer];
        byte[]? prefix = null;
        for (long at = 0; ;)
        {
            var wanted = at < prefixLength ? (int)Math.Min(Buffer, prefixLength.Value - at) : Buffer;
            var read = await stream.ReadAsync(buffer.AsMemory(0, wanted), cancellationToken);
            if (read == 0)
            {
                Array.Clear(buffer);
                return (hash.GetHashAndReset(), prefix);
            }

            hash.AppendData(buffer, 0, read);
            at += read;
            prefix ??= at == prefixLength ? hash.GetCurrentHash() : null;
        }
    }
}
