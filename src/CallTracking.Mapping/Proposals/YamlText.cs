using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace CallTracking.Mapping.Proposals;

/// <summary>Writes texts so that YAML reads them as the same texts.</summary>
internal static partial class YamlText
{
    private static readonly HashSet<string> Reserved = new(StringComparer.OrdinalIgnoreCase) { "true", "false", "null", "yes", "no", "on", "off", "y", "n" };

    public static string Of(string text)
    {
        if (Plain().IsMatch(text) && !Reserved.Contains(text))
        {
            return text;
        }

        var quoted = new StringBuilder("\"");
        foreach (var one in text)
        {
            quoted.Append(one switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\t' => "\\t",
                '\n' => "\\n",
                '\r' => "\\r",
                _ when char.IsControl(one) || one is '\u2028' or '\u2029' or '\uFEFF' => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)one:X4}"),
                _ => one.ToString(),
            });
        }

        return quoted.Append('"').ToString();
    }

    /// <summary>A text that stands in a comment: one line, without signs that end it.</summary>
    public static string Comment(string text) => Unprintable().Replace(text, " ");

    [GeneratedRegex(@"^[\p{L}_][\p{L}\p{M}\p{Nd}_./-]*( [\p{L}\p{M}\p{Nd}_./-]+)*$", RegexOptions.CultureInvariant)]
    private static partial Regex Plain();

    [GeneratedRegex(@"[\p{C}\p{Zl}\p{Zp}]+", RegexOptions.CultureInvariant)]
    private static partial Regex Unprintable();
}
