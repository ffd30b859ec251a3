using CallTracking.SampleData.Stories;

namespace CallTracking.SampleData.Thailand;

/// <summary>Common names and places, without names that are also words of the texts.</summary>
internal static class ThailandNames
{
    public static readonly string[] Families = WordList.Of("""
        แซ่ตั้ง ศรีสุข บุญมา ทองดี สายทอง แสงจันทร์ วงศ์สวัสดิ์ จันทร์เพ็ญ พรหมมา สุวรรณรัตน์ ชัยวัฒน์ รัตนชัย ศิริวัฒนา พงษ์ศักดิ์ เกษมสุข อินทรประสิทธิ์
        ธนากร นาคสวัสดิ์ มณีวงศ์ เพชรรัตน์ วิเศษสุวรรณ กาญจนวงศ์ ปัญญาวงศ์ ประเสริฐศรี ภูมิพัฒน์ ลิ้มเจริญ โชติกุล อัศวเดช บุญเรือง คงทอง
        """);

    public static readonly string[] Women = WordList.Of("""
        สมศรี มาลี วันเพ็ญ นิภาพร สุภาพร ศิริพร กัญญารัตน์ อรทัย พัชรินทร์ จิราพร ปราณี รัตนา สุนิสา วิภาวดี อมรรัตน์ ณัฐธิดา พิมพ์ชนก ชนิกานต์ กมลวรรณ ลลิตา
        """);

    public static readonly string[] Men = WordList.Of("""
        สมชาย สมศักดิ์ ประเสริฐ วิชัย สุรชัย ธนพล อนุชา กิตติพงษ์ ณัฐพล ชัยวัฒน์ ปรีชา มานพ สุเทพ วีระพล พิทักษ์ เกียรติศักดิ์ ธีรพงษ์ ศุภชัย จักรพันธ์ ภูวดล
        """);

    /// <summary>Province, district, start of the postcode.</summary>
    public static readonly string[][] Cities = WordList.Entries("""
        กรุงเทพมหานคร/บางกะปิ/10 กรุงเทพมหานคร/ลาดพร้าว/10 เชียงใหม่/สันทราย/50 เชียงราย/แม่สาย/57 ขอนแก่น/บ้านไผ่/40 นครราชสีมา/ปากช่อง/30 ภูเก็ต/กะทู้/83
        สงขลา/หาดใหญ่/90 ชลบุรี/ศรีราชา/20 อุดรธานี/กุมภวาปี/41 นนทบุรี/ปากเกร็ด/11 ระยอง/บ้านฉาง/21
        """);

    public static readonly string[] Streets = WordList.Of("ถนนสุขุมวิท ถนนพหลโยธิน ถนนเพชรเกษม ถนนราชดำเนิน ถนนนิมมานเหมินท์ ถนนมิตรภาพ ถนนห้วยแก้ว ซอยร่วมใจ ซอยเจริญสุข");

    public static readonly string[] Mailboxes = WordList.Of("namfon dokmai mekhala tawan chandra sairung phufa kluaymai rungruang saifon maprang namchai");
}
