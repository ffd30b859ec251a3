using CallTracking.Agent.Configuration;

namespace CallTracking.Agent.Sources.Http;

/// <summary>Pages that hold only what leads to the records, each of which is asked for alone.</summary>
/// <param name="List">Names to the array that leads to them; null where it stands in the place of the records.</param>
/// <param name="Url">With places such as <c>{id}</c>, a value of the array's element; <c>{key}</c> is an element that is no object.</param>
/// <param name="Records">Names to an array in the answer; null where the answer is the record.</param>
internal sealed record HttpOpening(IReadOnlyList<string>? List, SecretText Url, IReadOnlyList<string>? Records, int PerMinute);

/// <summary>What is put into each record under a name: from another part of the same page, or from an address of its own.</summary>
/// <param name="As">The name.</param>
internal sealed record HttpExpansion(string As)
{
    /// <summary>Names from the page's root to an array; null where there is an address.</summary>
    public IReadOnlyList<string>? In { get; init; }

    /// <summary>With <see cref="In"/>: names within its elements to the value that <see cref="On"/> leads to in the record.</summary>
    public IReadOnlyList<string> Key { get; init; } = [];

    public IReadOnlyList<string> On { get; init; } = [];

    /// <summary>With <see cref="In"/>: all that fit, as an array.</summary>
    public bool IsMany { get; init; }

    /// <summary>With places such as <c>{id}</c>, values of the record. Without one of them nothing is asked for.</summary>
    public SecretText? Url { get; init; }

    /// <summary>Names to an array in the answer, whose elements are put in as an array; null: the answer is put in as it is.</summary>
    public IReadOnlyList<string>? Records { get; init; }

    public HttpPaging Paging { get; init; } = new HttpPaging.Single();

    /// <summary>Only for records in which these names lead to one of these texts; null for all.</summary>
    public (IReadOnlyList<string> Path, IReadOnlyList<string> Texts)? When { get; init; }

    /// <summary>0 for as fast as answers come.</summary>
    public int PerMinute { get; init; }

    /// <summary>What is put into each of the elements.</summary>
    public IReadOnlyList<HttpExpansion> Expand { get; init; } = [];
}
