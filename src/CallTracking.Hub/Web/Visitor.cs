using CallTracking.Hub.People;

namespace CallTracking.Hub.Web;

/// <summary>Who looks at a page, as far as the page shows it.</summary>
/// <param name="Name">Of the account that is signed in; null for whoever came otherwise.</param>
/// <param name="Role">In a word.</param>
/// <param name="SignOutToken">What the form that ends the session carries.</param>
/// <param name="MayList">Links to lists of cases lead somewhere.</param>
public sealed record Visitor(string? Name, string Role, string SignOutToken, bool MayList)
{
    internal static Visitor Of(Person person) => new(
        person.SignedIn?.Name, RoleWords.Of(person.Role), person.SignedIn?.SignOutToken ?? string.Empty, Doors.Admit(Door.CaseList, person.Role));
}
