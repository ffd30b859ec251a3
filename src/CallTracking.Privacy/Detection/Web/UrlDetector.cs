using System.Buffers;
using CallTracking.Contracts;

namespace CallTracking.Privacy;

/// <summary>
/// Addresses of pages. One that says who somebody is (a profile, a user's folder, an e-mail address or session in it, a name before
/// the host) is of class handle, one with a password of class credential; others are found, but are nobody's.
/// </summary>
internal sealed class UrlDetector : IValueDetector
{
    private const int LongestScheme = 12;

    // A name of 253 letters, before it a user and a password.
    private const int LongestHost = 512;

    private static readonly SearchValues<char> Ends = SearchValues.Create(" \t\r\n\u00A0\u3000\"<>`{}|\\^「」『』（）、。，；：！？“”’»«");

    private static readonly SearchValues<char> HostEnds = SearchValues.Create("/?# \t\r\n\u00A0\u3000\"<>`{}|\\^「」『』（）、。，；：！？“”’»«");

    private static readonly SearchValues<string> Personal = SearchValues.Create(
        [
            "/user/", "/users/", "/u/", "/~", "/profile", "/member", "/account/", "/people/", "/in/", "/@", "/customer/", "/customers/", "/kunde", "user=", "email=", "mail=", "name=", "token=",
            "session", "sid=", "auth", "key=", "phone=", "@", "%40", "facebook.com/", "instagram.com/", "twitter.com/", "tiktok.com/", "linkedin.com/", "vk.com/", "t.me/", "wa.me/", "weibo.com/",
        ],
        StringComparison.OrdinalIgnoreCase);

    public ClassSet Classes { get; } = ClassSet.Of(DataClass.Handle).Or(ClassSet.Of(DataClass.Technical)).Or(ClassSet.Of(DataClass.Credential));

    public void Find(TextScan scan)
    {
        var last = 0;
        foreach (var colon in scan.Colons)
        {
            if (colon >= last && scan.Text.AsSpan(colon).StartsWith("://") && SchemeStart(scan.Text, colon) is >= 0 and var start)
            {
                last = Add(scan, start, colon + 3);
            }
        }

        last = 0;
        foreach (var dot in scan.Dots)
        {
            if (dot >= last && IsBareHost(scan.Text, dot))
            {
                last = Add(scan, dot - 3, dot - 3);
            }
        }
    }

    private static bool IsBareHost(string text, int dot) =>
        dot >= 3 && text.AsSpan(dot - 3, 3).Equals("www", StringComparison.OrdinalIgnoreCase)
        && (dot == 3 || !(TextSigns.IsWord(text[dot - 4]) || text[dot - 4] is '/' or '.' or '@' or '-'));

    private static int SchemeStart(string text, int colon)
    {
        var start = colon;
        while (start > 0 && colon - start < LongestScheme && (char.IsAsciiLetterOrDigit(text[start - 1]) || text[start - 1] is '+' or '.' or '-'))
        {
            start--;
        }

        return colon - start >= 2 && char.IsAsciiLetter(text[start]) ? start : -1;
    }

    private static int Add(TextScan scan, int start, int host)
    {
        var text = scan.Text;
        // The host first: what follows an address that is none is not read to its end again and again.
        var head = text.AsSpan(host, Math.Min(LongestHost, text.Length - host));
        var headEnd = head.IndexOfAny(HostEnds);
        if (!IsHost((headEnd < 0 ? head : head[..headEnd]).TrimEnd('.'), isWww: host == start))
        {
            return host;
        }

        var length = text.AsSpan(host).IndexOfAny(Ends);
        var end = Trimmed(text, host, length < 0 ? text.Length : host + length);
        var address = text.AsSpan(host, end - host);
        if (!IsHost(address, isWww: host == start))
        {
            return end;
        }

        scan.Add(start, end, KindOf(address), text[start..end], 0.9f);
        return end;
    }

    // Without the signs of the sentence around it, and without brackets that were opened before it.
    private static int Trimmed(string text, int host, int end)
    {
        var address = text.AsSpan(host, end - host);
        var round = address.Count(')') - address.Count('(');
        var square = address.Count(']') - address.Count('[');
        for (; end > host; end--)
        {
            var last = text[end - 1];
            if ((last == ')' && round-- > 0) || (last == ']' && square-- > 0) || last is '.' or ',' or ';' or ':' or '!' or '?' or '\'' or '*' or '_')
            {
                continue;
            }

            break;
        }

        return end;
    }

    private static bool IsHost(ReadOnlySpan<char> address, bool isWww)
    {
        var end = address.IndexOfAny("/?#");
        var host = end < 0 ? address : address[..end];
        host = host[(host.LastIndexOf('@') + 1)..];
        var dots = host.Count('.');
        return host.Length > 3 && (isWww ? dots >= 2 && TextSigns.IsWord(host[4]) : dots >= 1 || host.StartsWith("localhost")) && host[^1] != '.';
    }

    private static EntityKind KindOf(ReadOnlySpan<char> address)
    {
        var at = address.IndexOf('@');
        var slash = address.IndexOf('/');
        if (at > 0 && (slash < 0 || at < slash) && address[..at].Contains(':'))
        {
            return EntityKinds.SecretUrl;
        }

        return address.ContainsAny(Personal) ? EntityKinds.PersonalUrl : EntityKinds.Url;
    }
}
