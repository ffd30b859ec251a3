using System.Globalization;
using CallTracking.Contracts;

namespace CallTracking.Hub.Dictionaries;

/// <summary>What people read about dictionaries.</summary>
internal static class DictionaryText
{
    public static string KindOf(DictionaryKind kind) => kind == DictionaryKind.Concepts ? "concept dictionary" : "code table";

    /// <summary>Such as "1,204 codes", or "16 concepts".</summary>
    public static string Size(DictionaryVersionRow row) => row.IsRetired ? "retired"
        : row.Kind == DictionaryKind.Concepts
        ? string.Create(CultureInfo.InvariantCulture, $"{row.Entries:N0} {(row.Entries == 1 ? "entry" : "entries")} of a concept dictionary")
        : string.Create(CultureInfo.InvariantCulture, $"{row.Entries:N0} codes");
}
