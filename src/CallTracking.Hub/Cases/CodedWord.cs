using System.Collections.Frozen;
using System.Reflection;
using Google.Protobuf.Reflection;

namespace CallTracking.Hub.Cases;

/// <summary>
/// The contract's coded values as short words for people: <c>CASE_STATUS_PENDING_CUSTOMER</c> is <c>pending_customer</c>.
/// Absent (the enumeration's zero) is the empty word. The contract's full name is understood too.
/// </summary>
internal static class CodedWord<T>
    where T : struct, Enum
{
    private static readonly (T Value, string Name)[] Named = [.. typeof(T)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => ((T)field.GetValue(null)!, field.GetCustomAttribute<OriginalNameAttribute>()!.Name))];

    private static readonly int Prefix = Named.Single(pair => Code(pair.Value) == 0).Name.Length - "UNSPECIFIED".Length;

    private static readonly FrozenDictionary<T, string> Words =
        Named.ToFrozenDictionary(pair => pair.Value, pair => Code(pair.Value) == 0 ? string.Empty : Short(pair.Name));

    private static readonly FrozenDictionary<string, T> Values = Named
        .Where(pair => Code(pair.Value) != 0)
        .SelectMany(pair => new[] { KeyValuePair.Create(Short(pair.Name), pair.Value), KeyValuePair.Create(pair.Name, pair.Value) })
        .ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>Every word, in the contract's order, without the empty one.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Named.Where(pair => Code(pair.Value) != 0).Select(pair => Short(pair.Name))];

    /// <summary>The word; a number that this contract does not know (a newer peer's) is written as the number.</summary>
    public static string Of(T value) => Words.TryGetValue(value, out var word) ? word : value.ToString("D");

    public static string Of(int code) => Of((T)Enum.ToObject(typeof(T), code));

    public static bool TryParse(string text, out T value) => Values.TryGetValue(text, out value);

    private static int Code(T value) => (int)(object)value;

    private static string Short(string name) => name[Prefix..].ToLowerInvariant();
}
