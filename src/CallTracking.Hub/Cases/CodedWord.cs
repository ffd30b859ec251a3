using System.Runtime.CompilerServices;

namespace CallTracking.Hub.Cases;

/// <summary>
/// The contract's coded values as short words for people: <c>CASE_STATUS_PENDING_CUSTOMER</c> is <c>pending_customer</c>.
/// Absent (the enumeration's zero) is the empty word. The contract's full name is understood too.
/// </summary>
internal static class CodedWord<T>
    where T : struct, Enum
{
    private static readonly CodedWords Words = new(typeof(T));

    /// <summary>Every word, in the contract's order, without the empty one.</summary>
    public static IReadOnlyList<string> All => Words.All;

    /// <summary>The word; a number that this contract does not know (a newer peer's) is written as the number.</summary>
    public static string Of(T value) => Of(Unsafe.BitCast<T, int>(value));

    public static string Of(int code) => Words.Of(code);

    public static bool TryParse(string text, out T value)
    {
        var isKnown = Words.TryParse(text, out var code);
        value = Unsafe.BitCast<int, T>(code);
        return isKnown;
    }
}
