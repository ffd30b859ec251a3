using System.Security.Cryptography;

namespace CallTracking.Hub.People;

/// <summary>Short names that say nothing about anybody, for lists and logs.</summary>
internal static class PublicId
{
    private const int Digits = 10;

    public static string OfToken() => "t-" + RandomNumberGenerator.GetHexString(Digits, lowercase: true);

    public static string OfAccount() => "a-" + RandomNumberGenerator.GetHexString(Digits, lowercase: true);
}
