namespace CallTracking.Mapping.Reading.Xml;

/// <summary>
/// How elements and attributes are called in paths: by their local names; where the mapping declares namespaces, by its own
/// prefixes, and what is in a namespace that it does not declare by <c>{namespace}name</c>.
/// </summary>
/// <param name="Prefixes">The mapping's prefix of each namespace; none when names are local.</param>
internal sealed record XmlNames(IReadOnlyDictionary<string, string> Prefixes)
{
    public const string Instance = "http://www.w3.org/2001/XMLSchema-instance";

    public static XmlNames Local { get; } = new(new Dictionary<string, string>());

    public string NameOf(string local, string space)
    {
        if (Prefixes.Count == 0 || space.Length == 0)
        {
            return local;
        }

        return Prefixes.TryGetValue(space, out var prefix) ? $"{prefix}:{local}" : $"{{{space}}}{local}";
    }
}
