using System.Text;

namespace CallTracking.Hub.People;

/// <summary>Somebody with a name and a password of this hub.</summary>
internal sealed record Account(Person Person, string Name, DateTimeOffset CreatedAt, string CreatedBy)
{
    public string Id => Person.Id;

    public DateTimeOffset? DisabledAt { get; init; }

    public DateOnly? LastSignInOn { get; init; }

    /// <summary>Until when browsers in which nobody signed in before are kept out.</summary>
    public DateTimeOffset? LockedUntil { get; init; }
}

/// <summary>What somebody who signs in is looked up by.</summary>
internal static class AccountName
{
    public const int Longest = 64;

    /// <summary>Letters, digits and a few signs: an address of mail fits, too.</summary>
    public static bool IsGood(string name) => name.Length is > 0 and <= Longest && name.All(sign => char.IsLetterOrDigit(sign) || sign is '.' or '-' or '_' or '@' or '+');

    /// <summary>The name as it is compared: written otherwise it is the same account. Empty for what can be no name.</summary>
    public static string KeyOf(string name)
    {
        var trimmed = name.Trim();
        return IsGood(trimmed) ? trimmed.Normalize(NormalizationForm.FormKC).ToLowerInvariant() : string.Empty;
    }
}
