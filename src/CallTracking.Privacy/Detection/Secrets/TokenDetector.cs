using System.Buffers;
using CallTracking.Contracts;

namespace CallTracking.Privacy;

/// <summary>
/// Long runs of letters and digits that say themselves what they are: keys and tokens by the prefixes of those who give them
/// out, JWT, private keys in PEM, and addresses of crypto currencies by their check sums.
/// </summary>
internal sealed class TokenDetector : IValueDetector
{
    private static readonly SearchValues<char> Hexadecimal = SearchValues.Create("0123456789abcdef");

    private const int Shortest = 16;
    public const string PemStart = "-----BEGIN ";
    private const string PemEnd = "PRIVATE KEY-----";

    private static readonly (string Prefix, int Length)[] Prefixes =
    [
        ("AKIA", 20), ("ASIA", 20), ("ghp_", 36), ("gho_", 36), ("ghu_", 36), ("ghs_", 36), ("ghr_", 36), ("github_pat_", 40), ("glpat-", 20), ("xoxb-", 20), ("xoxp-", 20), ("xoxa-", 20),
        ("xoxr-", 20), ("xoxs-", 20), ("sk_live_", 20), ("pk_live_", 20), ("rk_live_", 20), ("sk_test_", 20), ("sk-", 24), ("AIza", 35), ("ya29.", 24), ("SG.", 40), ("npm_", 36), ("dop_v1_", 40),
        ("hf_", 30), ("shpat_", 32), ("EAACEdEose0cBA", 24), ("AGE-SECRET-KEY-", 40), ("pypi-", 40), ("key-", 36), ("SK", 34),
    ];

    public ClassSet Classes { get; } = ClassSet.Of(DataClass.Credential).Or(ClassSet.Of(DataClass.Payment));

    public void Find(TextScan scan)
    {
        var last = 0;
        foreach (var digits in scan.Digits)
        {
            if (digits.Start >= last)
            {
                last = Find(scan, digits.Start, last);
            }
        }

        FindPrivateKeys(scan);
    }

    private static int Find(TextScan scan, int at, int from)
    {
        var text = scan.Text;
        var start = at;
        while (start > from && IsToken(text[start - 1]))
        {
            start--;
        }

        var end = at;
        while (end < text.Length && IsToken(text[end]))
        {
            end++;
        }

        var last = end;
        while (end > start && text[end - 1] is '.' or '-')
        {
            end--;
        }

        if (end - start >= Shortest)
        {
            Judge(scan, start, end);
        }

        return Math.Max(last, at + 1);
    }

    private static void Judge(TextScan scan, int start, int end)
    {
        var token = scan.Text.AsSpan(start, end - start);
        if (IsSecret(token))
        {
            scan.Add(start, end, EntityKinds.Credential, token.ToString(), 1);
        }
        else if (scan.Wants(EntityKinds.Crypto) && CryptoAddress.Fits(token))
        {
            scan.Add(start, end, EntityKinds.Crypto, token.ToString(), 1);
        }
    }

    private static bool IsSecret(ReadOnlySpan<char> token)
    {
        if (token.StartsWith("eyJ") && token.Length > 40 && token.Count('.') is 2 or 4)
        {
            return true;
        }

        foreach (var (prefix, length) in Prefixes)
        {
            if (token.Length >= length && token.StartsWith(prefix) && (prefix is not "SK" || !token[2..].ContainsAnyExcept(Hexadecimal)))
            {
                return true;
            }
        }

        return false;
    }

    private static void FindPrivateKeys(TextScan scan)
    {
        var text = scan.Text;
        for (var at = 0; text.AsSpan(at).IndexOf(PemStart) is >= 0 and var next; at++)
        {
            at += next;
            var line = text.AsSpan(at, Math.Min(80, text.Length - at));
            if (!line.Contains(PemEnd, StringComparison.Ordinal))
            {
                continue;
            }

            var end = text.AsSpan(at + PemStart.Length).IndexOf("-----END ");
            var close = end < 0 ? -1 : text.AsSpan(at + PemStart.Length + end + 9).IndexOf("-----");
            var stop = close < 0 ? text.Length : at + PemStart.Length + end + 9 + close + 5;
            scan.Add(at, stop, EntityKinds.Credential, text[at..stop], 1);
            at = stop - 1;
        }
    }

    private static bool IsToken(char sign) => char.IsAsciiLetterOrDigit(sign) || sign is '_' or '-' or '.';
}
