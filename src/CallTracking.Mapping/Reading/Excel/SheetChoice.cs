using CallTracking.Mapping.Spec;

namespace CallTracking.Mapping.Reading.Excel;

/// <summary>A sheet as the workbook lists it.</summary>
internal readonly record struct SheetName(string Name, bool IsVisible);

/// <summary>Finds the sheet that the mapping means.</summary>
internal static class SheetChoice
{
    private const int LongestName = 64;
    private const int MostNames = 100;

    /// <summary>The place of the sheet in the list, from 0.</summary>
    public static int Find(IReadOnlyList<SheetName> sheets, ExcelFormat format, ExcelPlace place)
    {
        for (var index = 0; index < sheets.Count; index++)
        {
            if (IsMeant(sheets[index], index, format))
            {
                return index;
            }
        }

        throw format switch
        {
            { SheetName: { } name } => place.Fault($"There is no sheet '{name}'.", NearestNames.Cure(name, sheets.Select(sheet => sheet.Name).Where(other => other.Length <= LongestName).Take(MostNames))),
            { SheetNumber: > 0 and var number } => place.Fault($"There is no sheet {number}: the workbook has {sheets.Count}.", "Correct sheet under format in the mapping."),
            _ => place.Fault("No sheet of the workbook is visible.", "Name the sheet that is meant: format: {type: excel, sheet: name}."),
        };
    }

    private static bool IsMeant(SheetName sheet, int index, ExcelFormat format) =>
        format.SheetName is { } name
            ? string.Equals(sheet.Name, name, StringComparison.OrdinalIgnoreCase)
            : format.SheetNumber > 0 ? index == format.SheetNumber - 1 : sheet.IsVisible;
}
