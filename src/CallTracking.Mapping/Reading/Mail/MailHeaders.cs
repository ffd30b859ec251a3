using System.Runtime.InteropServices;
using System.Text;

namespace CallTracking.Mapping.Reading.Mail;

/// <summary>The header fields of a message or of one of its parts, unfolded, in their order. Not thread-safe.</summary>
internal sealed class MailHeaders
{
    private readonly List<(string Name, List<byte> Value)> _fields = [];

    public IReadOnlyList<(string Name, List<byte> Value)> Fields => _fields;

    /// <summary>Takes a line of a header block; false when it is neither a field nor the rest of one.</summary>
    public bool TryAdd(ReadOnlySpan<byte> line)
    {
        if (line[0] is (byte)' ' or (byte)'\t')
        {
            if (_fields.Count == 0)
            {
                return false;
            }

            _fields[^1].Value.AddRange(line);
            return true;
        }

        var colon = line.IndexOf((byte)':');
        if (colon < 1 || line[..colon].TrimEnd(" \t"u8).ContainsAnyExceptInRange((byte)0x21, (byte)0x7E))
        {
            return false;
        }

        _fields.Add((Encoding.ASCII.GetString(line[..colon].TrimEnd(" \t"u8)), [.. line[(colon + 1)..]]));
        return true;
    }

    /// <summary>The first field of this name, as its bytes say in Latin 1: for what is written in ASCII.</summary>
    public string? Plain(string name)
    {
        foreach (var (field, value) in _fields)
        {
            if (field.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return Encoding.Latin1.GetString(CollectionsMarshal.AsSpan(value)).Trim();
            }
        }

        return null;
    }
}
