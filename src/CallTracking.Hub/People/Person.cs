using CallTracking.Contracts;
using CallTracking.Hub.Cases;

namespace CallTracking.Hub.People;

/// <summary>Who asks for a page or for REST.</summary>
/// <param name="Id">Of the token or account: what logs say, since names are personal.</param>
/// <param name="Role">What he is.</param>
/// <param name="Regions">What a <see cref="Role.Regional"/> is bound to; of others empty.</param>
internal sealed record Person(string Id, Role Role, IReadOnlyList<RegionCode> Regions)
{
    /// <summary>Nobody by name: on this machine, or with the one token for all.</summary>
    public static Person AtTheMachine { get; } = new("machine", Role.Machine, []);

    /// <summary>What pages show of a session; null for whoever came with a token, or without being asked.</summary>
    public SignedIn? SignedIn { get; init; }

    /// <summary>Whose rows he may see.</summary>
    public CaseScope Scope => Role is Role.Regional ? CaseScope.Only(Regions) : CaseScope.AllRegions;
}

/// <summary>A session as its own pages show it.</summary>
/// <param name="Name">Of the account.</param>
/// <param name="SignOutToken">What the form that ends it carries.</param>
internal sealed record SignedIn(string Name, string SignOutToken);

/// <summary>Carries the asker from the gate to what answers.</summary>
internal static class PersonExtensions
{
    public static void SetPerson(this HttpContext http, Person person) => http.Features.Set(person);

    /// <summary>The asker, as <see cref="DoorGate"/> let him in. A route that is asked without the gate fails here, and shows nothing.</summary>
    public static Person RequirePerson(this HttpContext http) =>
        http.Features.Get<Person>() ?? throw new InvalidOperationException("This route was reached without passing the gate for people.");
}
