namespace CallTracking.Privacy;

/// <summary>Whether a value of letters and digits goes on in what stands beside it.</summary>
internal static class ValueEdges
{
    /// <summary>"X-123", "1.123", "$123": the value is part of a longer one, or an amount.</summary>
    public static bool ContinuesBefore(string text, int start)
    {
        if (start == 0)
        {
            return false;
        }

        var before = text[start - 1];
        var further = start > 1 ? text[start - 2] : ' ';
        return TextSigns.Of(before) switch
        {
            TextSigns.Letter => true,
            TextSigns.Dash or TextSigns.Slash => TextSigns.IsWord(further),
            TextSigns.Dot or TextSigns.Colon => TextSigns.IsDigit(further),
            _ when before == ',' => TextSigns.IsDigit(further),
            _ => before is '_' or '$' or '€' or '£' or '¥' or '￥' or '₹' or '₩' or '\\' or '+' or '@' or '&',
        };
    }

    public static bool ContinuesAfter(string text, int end)
    {
        if (end >= text.Length)
        {
            return false;
        }

        var after = text[end];
        var further = end + 1 < text.Length ? text[end + 1] : ' ';
        return TextSigns.Of(after) switch
        {
            TextSigns.Letter => true,
            TextSigns.Dash or TextSigns.Slash => TextSigns.IsWord(further),
            TextSigns.Dot or TextSigns.Colon => TextSigns.IsDigit(further),
            TextSigns.At => true,
            _ when after == ',' => TextSigns.IsDigit(further),
            _ => after is '_' or '%' or '€' or '$' or '£' or '円' or '元' or '원' or '°' or '℃' or '@',
        };
    }
}
