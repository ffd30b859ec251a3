using System.Buffers;
using System.Security.Cryptography;

namespace CallTracking.Privacy;

/// <summary>Addresses of crypto currencies: Base58Check, Bech32 and Bech32m (BIP 173, 350), and 20 bytes in hexadecimal.</summary>
internal static class CryptoAddress
{
    private static readonly SearchValues<char> Hexadecimal = SearchValues.Create("0123456789abcdefABCDEF");

    private const string Base58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    private const string Bech32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
    private const int Base58Bytes = 25;

    private static ReadOnlySpan<uint> Generators => [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];

    public static bool Fits(ReadOnlySpan<char> value) =>
        (value.Length is >= 26 and <= 35 && "13LMDTXt".Contains(value[0], StringComparison.Ordinal) && IsBase58Check(value))
        || (value.Length is >= 39 and <= 90 && (value.StartsWith("bc1", StringComparison.OrdinalIgnoreCase) || value.StartsWith("ltc1", StringComparison.OrdinalIgnoreCase) || value.StartsWith("tb1", StringComparison.OrdinalIgnoreCase)) && IsBech32(value))
        || (value.Length == 42 && value.StartsWith("0x") && !value[2..].ContainsAnyExcept(Hexadecimal));

    private static bool IsBase58Check(ReadOnlySpan<char> value)
    {
        Span<byte> bytes = stackalloc byte[Base58Bytes];
        bytes.Clear();
        foreach (var letter in value)
        {
            var carry = Base58.IndexOf(letter, StringComparison.Ordinal);
            if (carry < 0)
            {
                return false;
            }

            for (var i = Base58Bytes - 1; i >= 0; i--)
            {
                carry += bytes[i] * 58;
                bytes[i] = (byte)(carry & 0xFF);
                carry >>= 8;
            }

            if (carry != 0)
            {
                return false;
            }
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes[..21], hash);
        SHA256.HashData(hash, hash);
        return hash[..4].SequenceEqual(bytes[21..]);
    }

    private static bool IsBech32(ReadOnlySpan<char> value)
    {
        var split = value.LastIndexOf('1');
        var check = 1u;
        for (var i = 0; i < split; i++)
        {
            check = Step(check) ^ (uint)(char.ToLowerInvariant(value[i]) >> 5);
        }

        check = Step(check);
        for (var i = 0; i < split; i++)
        {
            check = Step(check) ^ (uint)(char.ToLowerInvariant(value[i]) & 31);
        }

        foreach (var letter in value[(split + 1)..])
        {
            var number = Bech32.IndexOf(char.ToLowerInvariant(letter), StringComparison.Ordinal);
            if (number < 0)
            {
                return false;
            }

            check = Step(check) ^ (uint)number;
        }

        return check is 1 or 0x2bc830a3;
    }

    private static uint Step(uint check)
    {
        var top = check >> 25;
        var next = (check & 0x1ffffff) << 5;
        for (var i = 0; i < 5; i++)
        {
            next ^= ((top >> i) & 1) == 1 ? Generators[i] : 0;
        }

        return next;
    }
}
