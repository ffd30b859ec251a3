using CallTracking.Contracts;

namespace CallTracking.Privacy;

/// <summary>Which actions and generalizations suit which class. All targets of one class can be ordered by coarseness.</summary>
internal static class RuleFit
{
    /// <summary>How the documentation writes a prefix.</summary>
    public const string PrefixForm = "prefix:N";

    /// <summary>Classes whose values are running text, so that personal values are looked for inside them.</summary>
    public static bool IsText(DataClass dataClass) => dataClass is DataClass.FreeText or DataClass.FileName;

    /// <summary>Classes whose values are dates.</summary>
    public static bool IsDate(DataClass dataClass) => dataClass is DataClass.BirthDate or DataClass.PersonalDate;

    /// <summary>The words that may stand after <c>to:</c>.</summary>
    public static IReadOnlyList<string> Targets(DataClass dataClass) => dataClass switch
    {
        DataClass.BirthDate => ["age_band", "year", "month"],
        DataClass.PersonalDate => ["year", "month"],
        DataClass.Postcode => [PrefixForm],
        DataClass.Phone => ["country_code"],
        DataClass.Email => ["domain"],
        DataClass.SerialNumber => ["lot", PrefixForm],
        DataClass.CaseNumber or DataClass.CustomerNumber or DataClass.DeviceId or DataClass.Vehicle => [PrefixForm],
        DataClass.IpAddress => ["network"],
        DataClass.Coordinates => ["degree"],
        _ => [],
    };
}
