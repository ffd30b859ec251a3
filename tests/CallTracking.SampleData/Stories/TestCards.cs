namespace CallTracking.SampleData.Stories;

/// <summary>Card numbers that payment providers publish for tests: right check digit, no account.</summary>
internal static class TestCards
{
    public static readonly string[] Numbers =
        ["4111111111111111", "4012888888881881", "5555555555554444", "5105105105105100", "6011111111111117", "3530111333300000"];

    /// <summary>A number in one of the usual spellings.</summary>
    public static string Spell(Dice dice)
    {
        var number = dice.Pick(Numbers);
        return dice.Below(3) switch
        {
            0 => number,
            1 => $"{number[..4]} {number[4..8]} {number[8..12]} {number[12..]}",
            _ => $"{number[..4]}-{number[4..8]}-{number[8..12]}-{number[12..]}",
        };
    }
}
