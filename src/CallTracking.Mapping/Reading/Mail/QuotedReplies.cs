using System.Text.RegularExpressions;

namespace CallTracking.Mapping.Reading.Mail;

/// <summary>Leaves out what a reply quotes: lines that begin with &gt;, and what follows the line that introduces a quotation.</summary>
internal static partial class QuotedReplies
{
    // A longer line is somebody's words.
    private const int LongestIntroduction = 300;

    public static string Drop(string body)
    {
        var lines = body.Split('\n');
        var kept = new List<string>(lines.Length);
        for (var index = 0; index < lines.Length; index++)
        {
            var line = lines[index].TrimEnd();
            if (Forwarded().IsMatch(line))
            {
                break;
            }

            if (Introduced(lines, index) is > 0 and var length)
            {
                var next = index + length;
                while (next < lines.Length && string.IsNullOrWhiteSpace(lines[next]))
                {
                    next++;
                }

                // Without signs before its lines nothing says where the quotation ends.
                if (next >= lines.Length || !IsQuoted(lines[next]))
                {
                    break;
                }

                index = next - 1;
                continue;
            }

            if (!IsQuoted(line))
            {
                kept.Add(lines[index]);
            }
        }

        return string.Join('\n', kept).Trim();
    }

    private static bool IsQuoted(string line) => line.AsSpan().TrimStart().StartsWith(">");

    /// <summary>How many lines introduce a quotation here: one, or two where a writer has folded it; else none.</summary>
    private static int Introduced(string[] lines, int index)
    {
        var line = lines[index].Trim();
        if (line.Length is 0 or > LongestIntroduction)
        {
            return 0;
        }

        if (Introduction().IsMatch(line))
        {
            return 1;
        }

        var next = index + 1 < lines.Length ? lines[index + 1].Trim() : string.Empty;
        return next.Length is > 0 and <= LongestIntroduction && Opening().IsMatch(line) && Introduction().IsMatch($"{line} {next}") ? 2 : 0;
    }

    [GeneratedRegex("""^\s*-{2,}\s*(?:Original Message|Forwarded message|Ursprüngliche Nachricht|Message d'origine|Mensaje original|Mensagem original|Messaggio originale|原始邮件|元のメッセージ|원본 메시지)\s*-{2,}\s*$""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Forwarded();

    // Each holds a digit, of the date: "As Kim wrote:" is somebody's words.
    [GeneratedRegex("""^(?:On\b.*\d.*\bwrote|Am\b.*\d.*\bschrieb.*|Le\b.*\d.*\ba écrit|El\b.*\d.*\bescribió|Em\b.*\d.*\bescreveu|Il\b.*\d.*\bha scritto|Op\b.*\d.*\bschreef.*|.*\d.*(?:のメール|に書きました|写道|寫道))\s*[:：]$""", RegexOptions.CultureInvariant)]
    private static partial Regex Introduction();

    [GeneratedRegex("""^(?:On|Am|Le|El|Em|Il|Op)\b.*\d""", RegexOptions.CultureInvariant)]
    private static partial Regex Opening();
}
