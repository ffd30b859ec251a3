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

    /// <summary>Whose rows he may see.</summary>
    public CaseScope Scope => Role is Role.Regional ? CaseScope.Only(Regions) : CaseScope.AllRegions;
}

/// <summary>Carries the asker from the gate to what answers.</summary>
internal static class PersonExtensions
{
    public static void SetPerson(this HttpContext http, Person person) => http.Features.Set(person);

    /// <summary>The asker, as <see cref="DoorGate"/> let him in. A route that is asked without the gate fails here, and shows nothing.</summary>
    public static Person RequirePerson(this HttpContext http) =>
        http.Features.Get<Person>() ?? throw new InvalidOperationException("This route was reached without passing the gate for people.");
}
