using CallTracking.Contracts;
using Xunit;

namespace CallTracking.Privacy.Tests;

/// <summary>The case's own days in its texts, by language and spelling: what policy changes in the value stays nowhere.</summary>
public sealed class OwnDateTests
{
    private static readonly Detectors NoNames = new(new StructuredDetector());
    private static readonly PolicySet Policies = PolicyKit.OneCountry("free_text: {action: detect, at: edge}\npersonal_date: {action: keep}");

    [Theory]
    [InlineData("en", "March 4, 1971|Mar 4 1971|4 March 1971|4th March 1971|the 4th of March, 1971|MARCH 4TH, 1971|4-MAR-1971|4-Mar-71|04MAR1971|March the 4th, 1971|4 march '71|1971 March 4")]
    [InlineData("de", "4. März 1971|4. Mrz. 1971|4. maerz 1971|4.März 71|4. des März 1971")]
    [InlineData("fr", "4 mars 1971|le 4e mars 1971|4 Mars 71")]
    [InlineData("es", "4 de marzo de 1971|4 marzo 1971|4 mar 1971|4 de marzo del 1971|4 de Marzo del año 1971|4/MAR/1971|marzo 4 de 1971")]
    [InlineData("it", "4 marzo 1971|4º marzo 1971|4 mar. 1971|4 marzo del 1971")]
    [InlineData("pt", "4 de março de 1971|4 de Março de 71|4/mar/1971")]
    [InlineData("nl", "4 maart 1971|4 mrt. 1971|4e maart 1971")]
    [InlineData("pl", "4 marca 1971|4 marca 1971 r.|4 marzec 1971|4-go marca 1971|4 III 1971|4.III.1971")]
    [InlineData("cs", "4. března 1971|4. březen 1971|4. bře 1971|4. 3. 1971")]
    [InlineData("sk", "4. marca 1971|4. marec 1971")]
    [InlineData("sv", "4 mars 1971|4:e mars 1971|den 4 mars år 1971|710304|1971-03-04")]
    [InlineData("da", "4. marts 1971|d. 4. marts 1971")]
    [InlineData("nb", "4. mars 1971")]
    [InlineData("fi", "4. maaliskuuta 1971|4. maaliskuu 1971|4. päivänä maaliskuuta 1971")]
    [InlineData("el", "4 Μαρτίου 1971|4 ΜΑΡΤΙΟΥ 1971|4 Μάρτιος 1971|4η Μαρτίου 1971|4 Μαρ 1971|4 Μαρτίου του 1971")]
    [InlineData("hu", "1971. március 4.|1971. márc. 4.|1971.03.04.|1971 március 4-én|1971. MÁRCIUS 04.")]
    [InlineData("ro", "4 martie 1971|4 mart. 1971")]
    [InlineData("ru", "4 марта 1971 г.|4-го марта 1971|4 март 1971|4 мар. 1971|4 МАРТА 71")]
    [InlineData("uk", "4 березня 1971 року|4-го березня 1971|4 бер. 1971")]
    [InlineData("bg", "4 март 1971 г.")]
    [InlineData("hr", "4. ožujka 1971.|4. ožujak 1971.")]
    [InlineData("sl", "4. marec 1971|4. marca 1971")]
    [InlineData("sr", "4. март 1971.|4. mart 1971.|4. марта 1971")]
    [InlineData("lt", "1971 m. kovo 4 d.|1971 kovo 4|1971 m. kovo mėn. 4 d.")]
    [InlineData("lv", "1971. gada 4. martā|1971. gada 4. marts|4. marts 1971")]
    [InlineData("et", "4. märts 1971|4. märtsil 1971")]
    [InlineData("tr", "4 Mart 1971|4 MART 1971|4 Mar 1971")]
    [InlineData("id", "4 Maret 1971|tanggal 4 bulan Maret tahun 1971")]
    [InlineData("hi", "4 मार्च 1971|४ मार्च १९७१|4 मार्च, 1971")]
    [InlineData("he", "4 במרץ 1971|4 מרץ 1971|4 במרס 1971|4 למרץ 1971")]
    [InlineData("ar", "٤ مارس ١٩٧١|4 مارس 1971|4 آذار 1971|4 مارس سنة 1971|٤/٣/١٩٧١|٤/٣/٧١")]
    [InlineData("th", "4 มีนาคม 2514|4 มี.ค. 2514|4 มี.ค. 14|4 มีนาคม พ.ศ. 2514|4 มีนาคม 1971|4/3/2514|๔ มีนาคม ๒๕๑๔")]
    [InlineData("vi", "ngày 4 tháng 3 năm 1971|4 tháng 3, 1971|ngày 04 tháng 03 năm 1971|4 tháng ba năm 1971|04/03/1971")]
    [InlineData("ja", "1971年3月4日|昭和46年3月4日|昭和四十六年三月四日|S46.3.4|S46/03/04|s46年3月4日|１９７１年３月４日|Ｓ４６．３．４|㍼46年3月4日|71年3月4日|1971年 3月 4日")]
    [InlineData("ko", "1971년 3월 4일|71년 3월 4일|1971년03월04일|71.3.4|71. 3. 4|710304|1971. 3. 4.")]
    [InlineData("zh", "1971年3月4日|一九七一年三月四日|1971年3月4号|71年3月4號|民國60年3月4日|民国60年03月04日|中華民國六十年三月四日|民國60.3.4|3月4日1971年")]
    [InlineData("digits", "04.03.71|04.3.71|4.3.71|4/3/71|04/03/71|04-03-71|04 03 71|3/4/71|03/04/71|71-03-04|71/3/4|０４．０３．７１|04/3/1971|4.03.1971|04. 03. 71|4/3/'71|1971/3/04|19710304|040371")]
    public void Redact_OwnDay_IsFoundInAllSpellings(string language, string spellings)
    {
        foreach (var spelling in spellings.Split('|'))
        {
            var text = Text("1971-03-04", $"Ref: {{{spelling}}} ok", language);
            var left = text.Replace("[DATE_1]", "", StringComparison.Ordinal);

            Assert.True(text.Length > left.Length && !left.Any(IsNumeral), $"{language}: {spelling} became {text}");
        }
    }

    [Theory]
    [InlineData("2025-06-22", "22. Juni 2025|22.06.25|22/06/25|6/22/25|22-6-2025|22 de junio de 2025|22 giugno 2025|22 de junho de 2025|22 czerwca 2025|22 juin 2025|Jun 22 2025|22-Jun-2025|22JUN25|令和7年6月22日|R7.6.22|二〇二五年六月二十二日|2025년 6월 22일|250622|22 มิถุนายน 2568|22 มิ.ย. 68")]
    [InlineData("1989-12-01", "1er décembre 1989|1 de diciembre de 1989|le 1er déc. 89|1º de dezembro de 1989|1. prosince 1989|1 декабря 1989|平成元年12月1日|H1.12.1|1 كانون الأول 1989|1 ธ.ค. 2532")]
    [InlineData("2000-11-30", "30.11.00|11/30/00|30 listopada 2000|30. listopadu 2000|30 Kasım 2000|30 ноября 00|平成12年11月30日|001130|30 نوفمبر 2000|30 नवंबर 2000")]
    [InlineData("2024-08-05", "5 d'agost de 2024|5 août 2024|5 AOUT 24|5 sierpnia 2024|5 Ağustos 2024|5 أغسطس 2024|5 באוגוסט 2024|5 अगस्त 2024|2024. augusztus 5.|5 Αυγούστου 2024|5. elokuuta 2024|5 augustus 2024|5. srpna 2024|5. kolovoza 2024|5 серпня 2024|113-08-05 / 5.8.24")]
    public void Redact_OwnDayOfAnyMonth_IsFound(string day, string spellings)
    {
        foreach (var spelling in spellings.Split('|'))
        {
            Assert.Contains("[DATE_1]", Text(day, $"x {spelling} x"), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("710304-1234", "[DATE_1]-1234")]
    [InlineData("1971-03-04T12:30:00Z", "[DATE_1]T12:30:00Z")]
    [InlineData("04.03.71 12:30", "[DATE_1] 12:30")]
    [InlineData("1971年3月4日生", "[DATE_1]生")]
    [InlineData("1971년 3월 4일생", "[DATE_1]생")]
    [InlineData("4 mar 1971, 4.3.71; 4/3/1971", "[DATE_1], [DATE_1]; [DATE_1]")]
    [InlineData("4\r\n> März\n1971", "[DATE_1]")]
    [InlineData("4. M\u00E4r\u00ADz 19\u200B71", "[DATE_1]")]
    [InlineData("s 4.3.71, nr 4.3.71", "s [DATE_1], nr [DATE_1]")]
    [InlineData("am 4.3.71/5.3.71", "am [DATE_1]/5.3.71")]
    public void Redact_OwnDay_IsReplacedWholeAndNothingElse(string text, string expected) => Assert.Equal(expected, Text("1971-03-04", text));

    [Theory]
    [InlineData("5. März 1971, 4. April 1971, 4 mars 1972, 4 de marzo de 2071")]
    [InlineData("04.03.72, 5/3/71, 4/4/71, 71-03-05, 04.73.71, 4.35.71")]
    [InlineData("March 5, 1971; Mar 4 1970; 1971. április 4.; 1971. gada 5. marts")]
    [InlineData("1972年3月4日, 昭和47年3月4日, S47.3.4, 民國61年3月4日, 72년 3월 4일, 3월 4일생, 令和46年3月4日")]
    [InlineData("4 มีนาคม 2515, 4 เมษายน 2514, ngày 4 tháng 4 năm 1971")]
    [InlineData("v4.3.71, 5.04.03.71, 04.03.71.5, 04:03:71, 4, 3, 71, 04 03 71 22")]
    [InlineData("4 März, 4/3, im März 1971, 1971, 60/3/4")]
    [InlineData("7103041, A710304, 710304B, 710305, 710340")]
    [InlineData("4 Geräte 1971, 4 x 3 x 71, March 4 pieces 1971, 4 March or in 1971")]
    public void Redact_WhatIsNotTheOwnDay_Stays(string text) => Assert.Equal(text, Text("1971-03-04", text));

    [Fact]
    public void Redact_TaiwansYears_CountThereOnly()
    {
        Assert.Equal("[DATE_1], [DATE_1], [DATE_1]", Text("1971-03-04", "60/3/4, 60.03.04, 60年3月4日", country: "TW"));
        Assert.Equal("[DATE_1]", Text("2025-06-22", "114/6/22", country: "TW"));
        Assert.Equal("114/6/22", Text("2025-06-22", "114/6/22", country: "JP"));
    }

    [Fact]
    public void Redact_ShiftedDay_LeavesOnePlaceholderInAllTexts()
    {
        var policies = PolicyKit.OneCountry("free_text: {action: detect, at: edge}\npersonal_date: {action: shift, at: edge}\nbirth_date: {action: shift, at: edge}");
        var value = new Case
        {
            CustomerCountry = "ZZ",
            Customer = new Customer { Number = PolicyKit.Clear("K-8842"), BirthDate = PolicyKit.Clear("1971-03-04") },
            Product = new Product { PurchasedOn = PolicyKit.Clear("2025-06-22") },
            Subject = PolicyKit.Clear("comprado el 22 de junio de 2025, nacido el 4/3/71"),
            Description = PolicyKit.Clear("4 марта 1971; 22.06.25; 令和7年6月22日; 23.06.25"),
        };
        var redactor = new EdgeRedactor(policies, PolicyKit.Keys, NoNames);

        redactor.Redact(value);
        var once = value.Clone();
        redactor.Redact(value);

        Assert.Equal("comprado el [DATE_1], nacido el [DATE_2]", value.Subject.Masked);
        Assert.Equal("[DATE_2]; [DATE_1]; [DATE_1]; 23.06.25", value.Description.Masked);
        Assert.Equal(PersonalText.FormOneofCase.Generalized, value.Product.PurchasedOn.FormCase);
        Assert.Equal(once, value);
    }

    [Fact]
    public void Redact_DayOfAKeptClass_Stays()
    {
        var value = new Case { CustomerCountry = "ZZ", Product = new Product { PurchasedOn = PolicyKit.Clear("2025-06-22") }, Subject = PolicyKit.Clear("seit 22.06.25, 22 juin 2025") };

        new EdgeRedactor(Policies, PolicyKit.Keys, NoNames).Redact(value);

        Assert.Equal("seit 22.06.25, 22 juin 2025", value.Subject.Masked);
    }

    [Fact]
    public void Redact_DayThatMayLeave_StaysInTextsUntilTheHub()
    {
        var policies = PolicyKit.OneCountry("free_text: {action: detect, at: hub}\nbirth_date: {action: generalize, at: hub, to: year}\npersonal_date: {action: generalize, at: edge, to: month}");
        var value = new Case
        {
            CustomerCountry = "ZZ",
            Customer = new Customer { BirthDate = PolicyKit.Clear("1971-03-04") },
            Product = new Product { PurchasedOn = PolicyKit.Clear("2025-06-22") },
            Subject = PolicyKit.Clear("il s'agit du 4 mars 71 et du 22 juin 25, dit la cliente"),
        };

        new EdgeRedactor(policies, PolicyKit.Keys, NoNames).Redact(value);
        var travelling = value.Subject.Clone();
        new HubRedactor(policies).Redact(value);

        Assert.Equal("il s'agit du 4 mars 71 et du [DATE_1], dit la cliente", travelling.Masked);
        Assert.Equal("il s'agit du [DATE_2] et du [DATE_1], dit la cliente", value.Subject.Masked);
    }

    [Fact]
    public void Redact_DayWithATime_IsADay() => Assert.Equal("am [DATE_1].", Text("1971-03-04T00:00:00", "am 4. März 71."));

    [Fact]
    public void Redact_ValueThatIsNoDay_IsFoundAsItIsWritten() => Assert.Equal("am [DATE_1].", Text("4.3.1971?", "am 4.3.1971."));

    private static bool IsNumeral(char sign) => char.IsDigit(sign) || "一二三四五六七八九十".Contains(sign, StringComparison.Ordinal);

    private static string Text(string day, string text, string language = "", string country = "ZZ")
    {
        var value = new Case { CustomerCountry = country, Language = language, Customer = new Customer { BirthDate = PolicyKit.Clear(day) }, Subject = PolicyKit.Clear(text) };
        new EdgeRedactor(Policies, PolicyKit.Keys, NoNames).Redact(value);
        return value.Subject.Masked;
    }
}
