using System.Security.Cryptography;
using System.Text;
using CallTracking.Mapping;

namespace CallTracking.Agent.Sources.Files;

/// <summary>What is remembered of a file under its name.</summary>
/// <param name="Shape">Of everything that decided what its rows became.</param>
/// <param name="Content">SHA-256 of its content.</param>
/// <param name="Resume">Where to go on when it has grown; null when it can only be read from its start.</param>
internal sealed record FileNote(byte[] Shape, byte[] Content, long Length, ResumePoint? Resume)
{
    private const byte Form = 1;

    public static string KeyOfName(string name) => $"file {name}";

    /// <summary>Under this key stands the name by which the content was read.</summary>
    public static string KeyOfContent(byte[] content) => $"content {Convert.ToHexStringLower(content)}";

    /// <summary>Null for a form that this program does not know.</summary>
    public static FileNote? Parse(byte[] value)
    {
        if (value[0] != Form)
        {
            return null;
        }

        using var reader = new BinaryReader(new MemoryStream(value, 1, value.Length - 1));
        var (shape, content) = (reader.ReadBytes(SHA256.HashSizeInBytes), reader.ReadBytes(SHA256.HashSizeInBytes));
        var length = reader.ReadInt64();
        return new FileNote(shape, content, length, reader.ReadBoolean() ? new ResumePoint(reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt64()) : null);
    }

    /// <summary>The notes that make the file known under a name.</summary>
    public IReadOnlyList<SourceNote> Under(string name) =>
        [new SourceNote(KeyOfName(name), ToBytes()), new SourceNote(KeyOfContent(Content), Encoding.UTF8.GetBytes(name))];

    /// <summary>True when its rows became what they would become now, and nothing in it changed.</summary>
    public bool Says(byte[] shape, byte[] content) => Shape.AsSpan().SequenceEqual(shape) && Content.AsSpan().SequenceEqual(content);

    private byte[] ToBytes()
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        writer.Write(Form);
        writer.Write(Shape);
        writer.Write(Content);
        writer.Write(Length);
        writer.Write(Resume is not null);
        if (Resume is { } resume)
        {
            writer.Write(resume.ByteOffset);
            writer.Write(resume.Row);
            writer.Write(resume.Line);
        }

        writer.Flush();
        return bytes.ToArray();
    }
}
