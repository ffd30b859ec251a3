using System.Buffers;

namespace CallTracking.Privacy;

/// <summary>
/// Houses of Japan (6丁目10番1号, 12番地, 東京都新宿区西新宿2-8-1), China (南京西路1266号) and Korea (강남구 테헤란로 152): numbers with the signs for block and house,
/// and the names before them.
/// </summary>
internal static class EastAsianStreets
{
    private const int LongestName = 14;
    private const int LongestHouse = 24;
    private const int LongestNumber = 5;
    private const int KoreanWidth = 24;

    private static readonly SearchValues<char> ChineseStreets = SearchValues.Create("路街道巷弄段里村");
    private static readonly SearchValues<char> JapaneseSigns = SearchValues.Create("丁目番地号の-－ー−‐");

    // 東京都, 北海道, 大阪府, 神奈川県; then 新宿区.
    private const int ShortestPrefecture = 2;
    private static readonly SearchValues<char> Prefectures = SearchValues.Create("都道府県");
    private static readonly SearchValues<char> Municipalities = SearchValues.Create("市区町村郡");

    // "住在南京西路", "に": what stands before a name and is no part of it.
    private static readonly SearchValues<char> NameEnds = SearchValues.Create("在到至於于是给寄往、。，：；！？・「」（）にはへでをがと");

    // Ends a district's name: 강남구.
    private static readonly SearchValues<char> KoreanDistricts = SearchValues.Create("구시군동읍면");

    public static void Find(TextScan scan)
    {
        if (!scan.Blocks.HasEastAsian || !scan.Wants(EntityKinds.Street))
        {
            return;
        }

        var last = 0;
        foreach (var run in scan.Digits)
        {
            if (run.Start < last || run.Length > LongestNumber)
            {
                continue;
            }

            var end = run.After == TextSigns.Unspaced ? HouseEnd(scan.Text, run) : run.Before == TextSigns.Unspaced && run.After == TextSigns.Dash ? DashedEnd(scan.Text, run) : 0;
            var start = end > 0 ? NameStart(scan.Text, run.Start) : run.Before is TextSigns.Space or TextSigns.Unspaced ? KoreanStart(scan.Text, run.Start) : run.Start;
            if (start < run.Start)
            {
                end = end > 0 ? end : KoreanEnd(scan.Text, run.End);
                scan.Add(start, end, EntityKinds.Street, scan.Text[start..end], 0.75f);
                last = end;
            }
        }
    }

    // The end of "6丁目10番1号" or "1266号" from the first number on; 0 when it is no house.
    private static int HouseEnd(string text, DigitGroup run)
    {
        var rest = text.AsSpan(run.End);
        if (rest[0] is '号' or '號' or '弄')
        {
            return run.Start > 1 && ChineseStreets.Contains(text[run.Start - 1]) ? run.End + 1 : 0;
        }

        if (!rest.StartsWith("丁目") && !rest.StartsWith("番地") && !(rest[0] == '番' && rest.Length > 2 && TextSigns.IsDigit(rest[1])))
        {
            return 0;
        }

        var end = run.End;
        while (end < text.Length && end - run.Start < LongestHouse && (TextSigns.IsDigit(text[end]) || JapaneseSigns.Contains(text[end])))
        {
            end++;
        }

        return text[end - 1] is 'の' or '-' or '－' or 'ー' or '−' or '‐' ? end - 1 : end;
    }

    // The end of "2-8-1" right behind a prefecture's name and one of a city, ward or village; 0 when it is no house.
    private static int DashedEnd(string text, DigitGroup run)
    {
        var name = text.AsSpan(NameStart(text, run.Start)..run.Start);
        // Not the second sign of 京都府.
        var prefecture = name.Length > ShortestPrefecture ? name[ShortestPrefecture..].IndexOfAny(Prefectures) : -1;
        if (prefecture < 0 || !name[(ShortestPrefecture + prefecture + 1)..].ContainsAny(Municipalities))
        {
            return 0;
        }

        var end = run.End;
        while (end + 1 < text.Length && end - run.Start < LongestHouse && (TextSigns.IsDigit(text[end]) || (TextSigns.Of(text[end]) == TextSigns.Dash && TextSigns.IsDigit(text[end + 1]))))
        {
            end++;
        }

        return end < text.Length && TextSigns.IsDigit(text[end]) ? end + 1 : end;
    }

    private static int NameStart(string text, int number)
    {
        var start = number;
        while (start > 0 && number - start < LongestName && TextSigns.Of(text[start - 1]) == TextSigns.Unspaced && !NameEnds.Contains(text[start - 1]))
        {
            start--;
        }

        return start;
    }

    // "…구 테헤란로 152": -로 is also a word's ending, so a district must stand before.
    private static int KoreanStart(string text, int number)
    {
        var end = number > 0 && text[number - 1] == ' ' ? number - 1 : number;
        if (end < 3 || text[end - 1] is not ('로' or '길'))
        {
            return number;
        }

        var street = WordPlace.Before(text, end, 1, overLines: false);
        var district = street.IsNone ? street : WordPlace.Before(text, street.Start, 2, overLines: false);
        return !district.IsNone && street.Length > 2 && district.Length is > 1 and < 8 && number - district.Start <= KoreanWidth && KoreanDistricts.Contains(text[district.End - 1])
            ? district.Start
            : number;
    }

    private static int KoreanEnd(string text, int end)
    {
        var at = end + 1;
        while (at < text.Length && at - end <= LongestNumber && TextSigns.IsDigit(text[at]))
        {
            at++;
        }

        return at > end + 1 && text[end] == '-' ? at : end;
    }
}
