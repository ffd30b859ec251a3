using CallTracking.Contracts;

namespace CallTracking.Privacy;

/// <summary>
/// The fields of a case that a pattern may fill. A lot is what is left of a serial number, and whoever writes one may write the whole
/// number in its place: it follows the rule of serial numbers. A firmware tells of no person.
/// </summary>
internal static class ConceptFields
{
    public const string Lot = "product.lot";
    public const string Firmware = "product.firmware";

    /// <summary>What <c>into</c> can say.</summary>
    public static readonly IReadOnlyList<string> Names = [Lot, Firmware];

    /// <summary>Also for a concept that fills none.</summary>
    public static bool IsKnown(string into) => into.Length == 0 || Names.Contains(into);

    /// <summary>The class whose rule decides.</summary>
    public static DataClass ClassOf(DictionaryEntry entry) => (entry.Into, entry.DataClass) switch
    {
        (Lot, DataClass.Unspecified) => DataClass.SerialNumber,
        (_, DataClass.Unspecified) => DataClass.Technical,
        var (_, given) => given,
    };

    /// <summary>What the source itself says; empty when it says nothing.</summary>
    public static string Read(Case value, string into) => into == Lot ? value.Product?.Lot ?? "" : value.Product?.Firmware ?? "";

    public static void Write(Case value, string into, string text)
    {
        value.Product ??= new Product();
        if (into == Lot)
        {
            value.Product.Lot = text;
        }
        else
        {
            value.Product.Firmware = text;
        }
    }
}
