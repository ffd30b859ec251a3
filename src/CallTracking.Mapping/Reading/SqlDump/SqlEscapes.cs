using System.Text;

namespace CallTracking.Mapping.Reading.SqlDump;

/// <summary>What stands behind a backslash in a text.</summary>
internal static class SqlEscapes
{
    /// <summary>Reads what stands at <paramref name="at"/>, behind the backslash, and appends what it means.</summary>
    public static void Append(ReadOnlySpan<byte> bytes, ref int at, SqlDialect dialect, PooledBuffer into)
    {
        if (at >= bytes.Length)
        {
            into.Append("\\"u8);
            return;
        }

        var sign = bytes[at];
        if (dialect == SqlDialect.Postgres && (char.IsBetween((char)sign, '0', '7') || sign is (byte)'x' or (byte)'u' or (byte)'U'))
        {
            AppendCode(bytes, ref at, into);
            return;
        }

        at++;
        into.Append([sign switch
        {
            (byte)'n' => (byte)'\n',
            (byte)'r' => (byte)'\r',
            (byte)'t' => (byte)'\t',
            (byte)'b' => (byte)'\b',
            (byte)'0' => (byte)0,
            (byte)'Z' when dialect == SqlDialect.MySql => 0x1A,
            (byte)'f' when dialect == SqlDialect.Postgres => (byte)'\f',
            (byte)'v' when dialect == SqlDialect.Postgres => (byte)'\v',
            _ => sign,
        }]);
    }

    // Octal and \x are bytes; \u and \U are characters.
    private static void AppendCode(ReadOnlySpan<byte> bytes, ref int at, PooledBuffer into)
    {
        var sign = bytes[at];
        var isOctal = char.IsAsciiDigit((char)sign);
        var most = isOctal ? 3 : sign == 'x' ? 2 : sign == 'u' ? 4 : 8;
        var from = isOctal ? at : at + 1;
        var length = 0;
        uint value = 0;
        while (length < most && from + length < bytes.Length && DigitOf(bytes[from + length], isOctal) is { } digit)
        {
            value = (value * (isOctal ? 8u : 16u)) + digit;
            length++;
        }

        if (length == 0 || (!isOctal && sign != 'x' && (length < most || !Rune.IsValid(value))))
        {
            into.Append([sign]);
            at++;
            return;
        }

        at = from + length;
        if (isOctal || sign == 'x')
        {
            into.Append([(byte)(value & 0xFF)]);
        }
        else
        {
            Span<byte> utf8 = stackalloc byte[4];
            into.Append(utf8[..new Rune(value).EncodeToUtf8(utf8)]);
        }
    }

    private static uint? DigitOf(byte sign, bool isOctal) => sign switch
    {
        >= (byte)'0' and <= (byte)'7' => (uint)(sign - '0'),
        (byte)'8' or (byte)'9' when !isOctal => (uint)(sign - '0'),
        >= (byte)'a' and <= (byte)'f' when !isOctal => (uint)(sign - 'a' + 10),
        >= (byte)'A' and <= (byte)'F' when !isOctal => (uint)(sign - 'A' + 10),
        _ => null,
    };
}
