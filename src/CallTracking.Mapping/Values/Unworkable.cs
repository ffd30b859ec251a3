using System.Text.RegularExpressions;

namespace CallTracking.Mapping.Values;

/// <summary>What goes wrong by a value, not by the program: half a surrogate pair in a name, a pattern that takes too long. It costs one record.</summary>
internal static class Unworkable
{
    public static readonly RowFault Fault = new(RejectReason.BadValue, "A value of the record could not be worked on.");

    public static bool IsBehind(Exception refused) => refused is ArgumentException or InvalidOperationException or RegexMatchTimeoutException;
}
