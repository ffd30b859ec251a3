namespace CallTracking.Privacy;

/// <summary>What stands around a number in a text.</summary>
internal static class TextEdges
{
    /// <summary>True when the number continues a word, code, decimal or time on either side.</summary>
    public static bool IsPartOfWord(string text, int start, int end)
    {
        if (start > 0)
        {
            var before = text[start - 1];
            if (IsWordLetter(before) || before is '_' or '#' or '$' or '€' or '£' or '¥' or '￥' or '=' or '\\'
                || (start > 1 && before is '.' or ',' or ':' && DigitGroups.IsDigit(text[start - 2]))
                || (start > 1 && (before == '/' || DigitGroups.IsDash(before)) && IsWordLetter(text[start - 2])))
            {
                return true;
            }
        }

        if (end >= text.Length)
        {
            return false;
        }

        var after = text[end];
        return IsWordLetter(after) || after is '_' or '%' or '€' or '$' or '£' or '円' or '°' or '℃'
            || (end + 1 < text.Length && after is ',' or ':' && DigitGroups.IsDigit(text[end + 1]))
            || (end + 1 < text.Length && DigitGroups.IsDash(after) && IsWordLetter(text[end + 1]));
    }

    // A letter of a script with spaces, or a digit: Japanese text touches a number without being part of it.
    private static bool IsWordLetter(char letter) =>
        char.IsAsciiLetterOrDigit(letter) || (letter > '\x7F' && char.IsLetterOrDigit(letter) && !Folding.IsUnspaced(letter));
}
