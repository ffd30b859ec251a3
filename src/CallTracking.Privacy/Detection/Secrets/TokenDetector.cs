using System.Buffers;
using CallTracking.Contracts;

namespace CallTracking.Privacy;

/// <summary>
/// Long runs of letters and digits that say themselves what they are: keys and tokens by the prefixes of those who give them
/// out, JWT, private keys in PEM, and addresses of crypto currencies by their check sums.
/// </summary>
internal sealed class TokenDetector() : ValueDetector(ClassSet.Of(DataClass.Credential).Or(ClassSet.Of(DataClass.Payment)))
{
    private static readonly SearchValues<char> Hexadecimal = SearchValues.Create("0123456789abcdef");

    private const int Shortest = 16;

    // Of Amazon's keys, behind the prefix: capitals and the digits from 2 to 7.
    private const int AmazonLength = 16;
    public const string PemStart = "-----BEGIN ";
    private const string PrivateKey = "PRIVATE KEY";

    private static readonly (string Prefix, int Length)[] Prefixes =
    [
        ("AKIA", 20), ("ASIA", 20), ("ghp_", 36), ("gho_", 36), ("ghu_", 36), ("ghs_", 36), ("ghr_", 36), ("github_pat_", 40), ("glpat-", 20), ("xoxb-", 20), ("xoxp-", 20), ("xoxa-", 20),
        ("xoxr-", 20), ("xoxs-", 20), ("sk_live_", 20), ("pk_live_", 20), ("rk_live_", 20), ("sk_test_", 20), ("sk-", 24), ("AIza", 35), ("ya29.", 24), ("SG.", 40), ("npm_", 36), ("dop_v1_", 40),
        ("hf_", 30), ("shpat_", 32), ("EAACEdEose0cBA", 24), ("AGE-SECRET-KEY-", 40), ("pypi-", 40), ("key-", 36), ("SK", 34),
        ("xapp-", 24), ("whsec_", 24), ("GOCSPX-", 24), ("ATATT3", 40), ("ATCTT3", 40), ("hvs.", 24), ("gldt-", 20), ("glptt-", 24), ("glrt-", 20), ("doo_v1_", 40), ("dor_v1_", 40), ("lin_api_", 32),
    ];

    public override void Find(TextScan scan)
    {
        for (var start = scan.Blocks.NextToken(0); start >= 0;)
        {
            var last = start;
            while (last < scan.Text.Length && IsToken(scan.Text[last]))
            {
                last++;
            }

            var end = last;
            while (end > start && scan.Text[end - 1] is '.' or '-')
            {
                end--;
            }

            if (end - start >= Shortest)
            {
                Judge(scan, start, end);
            }

            start = scan.Blocks.NextToken(last);
        }

        FindPrivateKeys(scan);
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
        // Without a signature nothing stands behind the last dot.
        if (token.StartsWith("eyJ") && token.Length > 40 && (token.Count('.') is 2 or 4 || token.IndexOf(".eyJ") > 0))
        {
            return true;
        }

        foreach (var (prefix, length) in Prefixes)
        {
            if (token.Length >= length && token.StartsWith(prefix) && (prefix is not "SK" || !token[2..].ContainsAnyExcept(Hexadecimal)) && IsRandom(token, prefix))
            {
                return true;
            }
        }

        return false;
    }

    // Letters alone are hardly ever a key, but one of GitHub's in 500 is. "sk-WaschmaschinenTrommel" has few capitals, a key about as many as small letters.
    private static bool IsRandom(ReadOnlySpan<char> token, string prefix)
    {
        var (digits, capitals, smalls) = (0, 0, 0);
        foreach (var sign in token[prefix.Length..])
        {
            digits += char.IsAsciiDigit(sign) ? 1 : 0;
            capitals += char.IsAsciiLetterUpper(sign) ? 1 : 0;
            smalls += char.IsAsciiLetterLower(sign) ? 1 : 0;
        }

        var length = token.Length - prefix.Length;
        return digits > 0
            || (prefix is "AKIA" or "ASIA" && capitals == AmazonLength)
            || (Math.Min(capitals, smalls) * 4 >= length && capitals + smalls == length);
    }

    private static void FindPrivateKeys(TextScan scan)
    {
        var text = scan.Text;
        for (var at = 0; text.AsSpan(at).IndexOf(PemStart) is >= 0 and var next; at++)
        {
            at += next;
            var line = text.AsSpan(at, Math.Min(80, text.Length - at));
            if (!line.Contains(PrivateKey, StringComparison.Ordinal))
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
