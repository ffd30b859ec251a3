using Google.Protobuf.Reflection;

namespace CallTracking.Privacy;

/// <summary>
/// Counts fields that this version's contract does not know. The receiver parses with
/// <c>MessageParser.WithDiscardUnknownFields(true)</c>, so they are gone from the message; here it learns that there were any.
/// </summary>
public static class UnknownFields
{
    private const int DeepestMessage = 100;

    /// <summary>
    /// How many unknown fields a serialised message holds, messages inside it included. Bytes that are not a message count up to
    /// where they stop being one: the parser's complaint is the one that matters.
    /// </summary>
    public static int Count(MessageDescriptor descriptor, ReadOnlySpan<byte> wire) => Count(descriptor, wire, 0);

    private static int Count(MessageDescriptor descriptor, ReadOnlySpan<byte> wire, int depth)
    {
        var unknown = 0;
        while (wire.Length > 0 && TryReadVarint(ref wire, out var tag))
        {
            var field = descriptor.FindFieldByNumber((int)Math.Min(tag >> 3, int.MaxValue));
            if (!TryReadContent(ref wire, (int)(tag & 7), out var content))
            {
                return unknown;
            }

            if (field is null)
            {
                unknown++;
            }
            else if (field.FieldType == FieldType.Message && (tag & 7) == 2 && depth < DeepestMessage)
            {
                unknown += Count(field.MessageType, content, depth + 1);
            }
        }

        return unknown;
    }

    private static bool TryReadContent(ref ReadOnlySpan<byte> wire, int wireType, out ReadOnlySpan<byte> content)
    {
        content = default;
        switch (wireType)
        {
            case 0:
                return TryReadVarint(ref wire, out _);
            case 1:
                return TryTake(ref wire, 8, out content);
            case 2:
                return TryReadVarint(ref wire, out var length) && TryTake(ref wire, length, out content);
            case 5:
                return TryTake(ref wire, 4, out content);
            default:
                return false;
        }
    }

    private static bool TryTake(ref ReadOnlySpan<byte> wire, ulong length, out ReadOnlySpan<byte> content)
    {
        if (length > (ulong)wire.Length)
        {
            content = default;
            return false;
        }

        content = wire[..(int)length];
        wire = wire[(int)length..];
        return true;
    }

    private static bool TryReadVarint(ref ReadOnlySpan<byte> wire, out ulong value)
    {
        value = 0;
        for (var i = 0; i < Math.Min(wire.Length, 10); i++)
        {
            value |= (ulong)(wire[i] & 0x7F) << (7 * i);
            if ((wire[i] & 0x80) == 0)
            {
                wire = wire[(i + 1)..];
                return true;
            }
        }

        return false;
    }
}
