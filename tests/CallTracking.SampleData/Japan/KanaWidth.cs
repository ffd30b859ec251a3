using System.Text;

namespace CallTracking.SampleData.Japan;

/// <summary>Old forms write names in half-width katakana and numbers in full-width digits.</summary>
internal static class KanaWidth
{
    // Each pair of rows: full-width letters and what stands for them, groups parted by a comma.
    private const string Full = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲンァィゥェォャュョッーガギグゲゴザジズゼゾダヂヅデドバビブベボパピプペポヴ";
    private const string Half = "ｱ,ｲ,ｳ,ｴ,ｵ,ｶ,ｷ,ｸ,ｹ,ｺ,ｻ,ｼ,ｽ,ｾ,ｿ,ﾀ,ﾁ,ﾂ,ﾃ,ﾄ,ﾅ,ﾆ,ﾇ,ﾈ,ﾉ,ﾊ,ﾋ,ﾌ,ﾍ,ﾎ,ﾏ,ﾐ,ﾑ,ﾒ,ﾓ,ﾔ,ﾕ,ﾖ,ﾗ,ﾘ,ﾙ,ﾚ,ﾛ,ﾜ,ｦ,ﾝ,ｧ,ｨ,ｩ,ｪ,ｫ,ｬ,ｭ,ｮ,ｯ,ｰ,ｶﾞ,ｷﾞ,ｸﾞ,ｹﾞ,ｺﾞ,ｻﾞ,ｼﾞ,ｽﾞ,ｾﾞ,ｿﾞ,ﾀﾞ,ﾁﾞ,ﾂﾞ,ﾃﾞ,ﾄﾞ,ﾊﾞ,ﾋﾞ,ﾌﾞ,ﾍﾞ,ﾎﾞ,ﾊﾟ,ﾋﾟ,ﾌﾟ,ﾍﾟ,ﾎﾟ,ｳﾞ";

    private static readonly Dictionary<char, string> Table =
        Full.Zip(Half.Split(',')).ToDictionary(pair => pair.First, pair => pair.Second);

    public static string HalfKana(string katakana)
    {
        var text = new StringBuilder(katakana.Length * 2);
        foreach (var letter in katakana)
        {
            if (Table.TryGetValue(letter, out var half))
            {
                text.Append(half);
            }
            else
            {
                text.Append(letter);
            }
        }

        return text.ToString();
    }

    /// <summary>Digits and hyphens in their full-width forms.</summary>
    public static string FullDigits(string ascii) =>
        string.Create(ascii.Length, ascii, static (span, text) =>
        {
            for (var i = 0; i < span.Length; i++)
            {
                span[i] = text[i] switch
                {
                    >= '0' and <= '9' => (char)(text[i] - '0' + '０'),
                    '-' => '－',
                    var other => other,
                };
            }
        });
}
