using System.Collections.Frozen;
using CallTracking.Contracts;

namespace CallTracking.Privacy;

/// <summary>Data classes as policy documents, reports and pages write them: <c>postal_address</c>.</summary>
public static class DataClassNames
{
    /// <summary>One more than the highest class that this version knows: the length of arrays indexed by class.</summary>
    public static readonly int Count = Enum.GetValues<DataClass>().Max(value => (int)value) + 1;

    private static readonly string[] Names = [.. Enumerable.Range(0, Count).Select(i => SnakeCase(((DataClass)i).ToString()))];

    private static readonly FrozenDictionary<string, DataClass> ByName = Enum.GetValues<DataClass>()
        .ToFrozenDictionary(value => Names[(int)value], StringComparer.Ordinal);

    /// <summary>The lower-case name; <c>unspecified</c> for a class that this version does not know.</summary>
    public static string Of(DataClass dataClass) => Names[IndexOf(dataClass)];

    /// <summary>Reads a lower-case name.</summary>
    public static bool TryParse(string name, out DataClass dataClass) => ByName.TryGetValue(name, out dataClass);

    /// <summary>The index into arrays by class. A class of a newer contract counts as unspecified, and so is dropped.</summary>
    internal static int IndexOf(DataClass dataClass) => (uint)dataClass < (uint)Count ? (int)dataClass : 0;

    /// <summary>The classes that a rule can be written for.</summary>
    internal static IEnumerable<DataClass> Governed =>
        ByName.Values.Where(c => c is not (DataClass.Unspecified or DataClass.Technical or DataClass.Inherited)).Order();

    private static string SnakeCase(string pascal) => string.Concat(pascal.Select((letter, i) =>
        char.IsAsciiLetterUpper(letter) ? (i == 0 ? "" : "_") + char.ToLowerInvariant(letter) : letter.ToString()));
}
