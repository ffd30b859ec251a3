using System.Globalization;
using System.Text;

namespace CallTracking.Rpc;

/// <summary>How status code, message and time-out are written in headers.</summary>
internal static class StatusText
{
    public const string Status = "grpc-status";
    public const string Message = "grpc-message";
    public const string Timeout = "grpc-timeout";

    // Peers refuse metadata above 8 KiB in all; a message of this size leaves room for the rest.
    private const int MaxMessageBytes = 1500;

    /// <summary>Longer than any timer: treated as no deadline.</summary>
    public static readonly TimeSpan LongestTimeout = TimeSpan.FromDays(40);

    private static readonly (char Unit, long Ticks)[] Units =
    [
        ('m', TimeSpan.TicksPerMillisecond), ('S', TimeSpan.TicksPerSecond), ('M', TimeSpan.TicksPerMinute), ('H', TimeSpan.TicksPerHour),
    ];

    /// <summary>Percent-encodes a message as the protocol asks; what is too long is cut at a character.</summary>
    public static string EncodeMessage(string message)
    {
        var text = new StringBuilder(message.Length);
        Span<byte> utf8 = stackalloc byte[4];
        var sent = 0;
        foreach (var rune in message.EnumerateRunes())
        {
            var length = rune.EncodeToUtf8(utf8);
            if ((sent += length) > MaxMessageBytes)
            {
                text.Append("...");
                break;
            }

            foreach (var b in utf8[..length])
            {
                _ = b is >= 0x20 and <= 0x7e and not (byte)'%' ? text.Append((char)b) : text.Append('%').Append(b.ToString("X2", CultureInfo.InvariantCulture));
            }
        }

        return text.ToString();
    }

    /// <summary>Undoes <see cref="EncodeMessage"/>; a malformed escape stays as it is.</summary>
    public static string DecodeMessage(string text) => Uri.UnescapeDataString(text);

    /// <summary>At most eight digits and a unit, rounded up so that the server does not give up before the client.</summary>
    public static string FormatTimeout(TimeSpan timeout)
    {
        foreach (var (unit, ticks) in Units)
        {
            var count = Math.Max(1, (timeout.Ticks + ticks - 1) / ticks);
            if (count <= 99_999_999)
            {
                return count.ToString(CultureInfo.InvariantCulture) + unit;
            }
        }

        return "99999999H";
    }

    public static bool TryParseTimeout(string text, out TimeSpan timeout)
    {
        timeout = default;
        if (text.Length is < 2 or > 9 || !long.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count))
        {
            return false;
        }

        var ticks = text[^1] switch
        {
            'H' => count * TimeSpan.TicksPerHour,
            'M' => count * TimeSpan.TicksPerMinute,
            'S' => count * TimeSpan.TicksPerSecond,
            'm' => count * TimeSpan.TicksPerMillisecond,
            'u' => count * TimeSpan.TicksPerMicrosecond,
            'n' => count / TimeSpan.NanosecondsPerTick,
            _ => -1,
        };
        timeout = TimeSpan.FromTicks(Math.Max(ticks, 0));
        return ticks >= 0;
    }
}
