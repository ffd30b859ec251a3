using System.Globalization;
using CallTracking.SampleData.Files;

namespace CallTracking.SampleData.Thailand;

/// <summary>The columns of the Thai export, in order.</summary>
internal static class ThailandColumns
{
    /// <summary>Counts the years of the Buddhist era.</summary>
    public static readonly CultureInfo Thai = CultureInfo.GetCultureInfo("th-TH");

    private static readonly CentreWords Words = new()
    {
        Categories = ["พาวเวอร์แบงค์", "กล้อง", "เครื่องดูดฝุ่น", "เราเตอร์", "หูฟัง", "เครื่องโกนหนวด", "ฮีตเตอร์", "เครื่องพิมพ์"],
        Hazards = ["ควัน", "บวม", "แผลไหม้", "ไฟไหม้", "ไฟดูด"],
        Statuses = ["ใหม่", "กำลังดำเนินการ", "รอลูกค้า", "พักเรื่อง", "แก้ไขแล้ว", "ปิด", "ยกเลิก"],
        UnknownStatus = "ส่งโรงงาน",
        Priorities = ["ต่ำ", "ปกติ", "สูง", "ด่วน"],
        Channels = ["โทรศัพท์", "อีเมล", "แชต", "เว็บ", "ไลน์"],
        Yes = "ใช่",
        No = "ไม่",
        Woman = "หญิง",
        Man = "ชาย",
        MinuteForm = "dd/MM/yyyy HH:mm",
        DayForm = "dd/MM/yyyy",
        Culture = Thai,
    };

    private static readonly CaseColumns Case = new(Words);

    public static readonly Column[] All =
    [
        CaseColumns.CaseNumber("เลขที่เรื่อง"), Case.IsTest("ทดสอบ"), Case.Opened("วันที่รับเรื่อง"), Case.Updated("วันที่แก้ไข"), Case.Closed("วันที่เสร็จ"),
        Case.Status("สถานะ"), Case.Priority("ความสำคัญ"), Case.Channel("ช่องทาง"), Case.Category("ประเภทสินค้า"), CaseColumns.Model("รุ่น"),
        CaseColumns.Serial("หมายเลขเครื่อง"), CaseColumns.Lot("ล็อต"), Case.PurchasedOn("วันที่ซื้อ"), Case.Hazard("อันตราย"), CaseColumns.Subject("หัวข้อ"),
        CaseColumns.Description("รายละเอียด"), CaseColumns.Conversation("การติดต่อ"), CaseColumns.CustomerNumber("รหัสสมาชิก"), CaseColumns.Name("ชื่อลูกค้า"),
        Case.Gender("เพศ"), CaseColumns.Phone("โทรศัพท์"), CaseColumns.Email("อีเมล"), CaseColumns.Street("ที่อยู่"), CaseColumns.City("อำเภอ"),
        CaseColumns.Area("จังหวัด"), CaseColumns.Postcode("รหัสไปรษณีย์"), Case.BirthDate("วันเกิด"), CaseColumns.NationalId("เลขประจำตัวประชาชน"),
        CaseColumns.HandlerId("รหัสเจ้าหน้าที่"), CaseColumns.HandlerName("เจ้าหน้าที่"), CaseColumns.Score("คะแนน"), CaseColumns.ScoreComment("ความเห็น"),
        CaseColumns.Remark("หมายเหตุ"),
    ];
}
