using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CallTracking.Mapping;

namespace CallTracking.Agent.Sources;

/// <summary>
/// Tells one reading of a source from another: when the mapping changes, or what is asked for, a cursor must not pass over what
/// would now be read otherwise.
/// </summary>
internal static class SourceDigest
{
    public static string Of(SourceMapping mapping, params string?[] asked) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        string.Join('\u001F', asked.Prepend(mapping.Digest.ToString(CultureInfo.InvariantCulture))))));
}
