using System.Text;

namespace CallTracking.Privacy;

/// <summary>Replaces the findings of a single text by placeholders, one number a value.</summary>
internal static class TextReplacement
{
    public static string Of(string text, List<Finding> findings)
    {
        if (findings.Count == 0)
        {
            return text;
        }

        var placeholders = new Placeholders();
        placeholders.Notice(text);
        var result = new StringBuilder(text.Length);
        var copied = 0;
        foreach (var place in FindingPlaces.Of(findings))
        {
            result.Append(text, copied, Math.Max(0, place.Start - copied));
            var kind = Placeholders.KindOf(place.Named.DataClass);
            Placeholders.Write(result, kind, placeholders.NumberOf(place.Named));
            copied = place.End;
        }

        return result.Append(text, copied, text.Length - copied).ToString();
    }
}
