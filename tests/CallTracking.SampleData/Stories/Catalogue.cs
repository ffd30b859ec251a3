namespace CallTracking.SampleData.Stories;

/// <summary>One model that the invented group sells.</summary>
/// <param name="Category">Index into <see cref="Catalogue.Categories"/>.</param>
/// <param name="Name">As it is printed on the device.</param>
internal sealed record Model(int Category, string Name);

/// <summary>What the group sells, and what goes wrong with it.</summary>
internal static class Catalogue
{
    /// <summary>Codes of the group's dictionary. The order is that of every region's wordings.</summary>
    public static readonly string[] Categories =
        ["BATTERY", "CAMERA", "VACUUM", "ROUTER", "HEADPHONE", "SHAVER", "HEATER", "PRINTER"];

    /// <summary>Codes of dangers. The order is that of every region's wordings.</summary>
    public static readonly string[] Hazards = ["SMOKE", "SWELLING", "BURN", "FIRE", "SHOCK"];

    private static readonly int[] CategoryWeights = [16, 10, 18, 14, 16, 8, 8, 10];

    private static readonly Model[][] Models =
    [
        [new(0, "PB-100"), new(0, "PB-210"), new(0, "PB-300")],
        [new(1, "CX-10"), new(1, "CX-20P"), new(1, "AC-4K")],
        [new(2, "VC-500"), new(2, "VC-700R"), new(2, "RV-3")],
        [new(3, "RT-1200"), new(3, "RT-AX30"), new(3, "MESH-2")],
        [new(4, "HP-30"), new(4, "HP-90NC"), new(4, "EB-5")],
        [new(5, "SH-9"), new(5, "SH-12")],
        [new(6, "HT-150"), new(6, "HT-300")],
        [new(7, "PR-220"), new(7, "PR-500")],
    ];

    private static readonly Model Troubled = Models[0][1];

    /// <summary>
    /// Draws a model and sometimes a danger. In the last three weeks one power bank swells and smokes: the emerging trouble
    /// that headquarters should notice.
    /// </summary>
    public static (Model Model, int? Hazard) Draw(Dice dice, TimeSpan age)
    {
        if (age < TimeSpan.FromDays(21) && dice.Chance(0.08))
        {
            return (Troubled, dice.Chance(0.7) ? 1 : 0);
        }

        var model = dice.Pick(Models[dice.Weighted(CategoryWeights)]);
        int? hazard = dice.Chance(0.025) ? dice.Below(Hazards.Length) : null;
        return (model, hazard);
    }
}
