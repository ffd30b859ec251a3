using CallTracking.SampleData.Files;

namespace CallTracking.SampleData.Korea;

/// <summary>The columns of the Korean export, in order, with their bytes; <c>mapping.yaml</c> has the same table.</summary>
internal static class KoreaColumns
{
    private static readonly CentreWords Words = new()
    {
        Categories = ["보조배터리", "카메라", "청소기", "공유기", "헤드폰", "면도기", "온풍기", "프린터"],
        Hazards = ["연기", "팽창", "화상", "화재", "감전"],
        Statuses = ["접수", "처리중", "고객회신대기", "보류", "해결", "종료", "취소"],
        UnknownStatus = "본사이관",
        Priorities = ["낮음", "보통", "높음", "긴급"],
        Channels = ["전화", "메일", "채팅", "홈페이지", "카카오톡"],
        Yes = "Y",
        No = "N",
        Woman = "여",
        Man = "남",
        MinuteForm = "yyyyMMddHHmm",
        DayForm = "yyyyMMdd",
    };

    private static readonly CaseColumns Case = new(Words);

    public static readonly FixedColumn[] All =
    [
        new(CaseColumns.CaseNumber("접수번호"), 16), new(Case.IsTest("시험구분"), 1), new(Case.Opened("접수일시"), 12), new(Case.Updated("변경일시"), 12),
        new(Case.Closed("완료일시"), 12), new(Case.Status("상태"), 12), new(Case.Priority("우선순위"), 4), new(Case.Channel("경로"), 8),
        new(Case.Category("제품군"), 10), new(CaseColumns.Model("모델"), 10), new(CaseColumns.Serial("일련번호"), 16), new(CaseColumns.Lot("생산주"), 8),
        new(Case.PurchasedOn("구입일"), 8), new(Case.Hazard("위험"), 4), new(CaseColumns.CustomerNumber("고객번호"), 10), new(CaseColumns.Name("고객명"), 20),
        new(Case.Gender("성별"), 2), new(CaseColumns.Phone("전화"), 16), new(CaseColumns.Email("메일"), 40), new(CaseColumns.Postcode("우편번호"), 5),
        new(CaseColumns.Area("시도"), 20), new(CaseColumns.City("시군구"), 20), new(CaseColumns.Street("주소"), 60), new(Case.BirthDate("생년월일"), 8),
        new(CaseColumns.NationalId("주민번호"), 14), new(CaseColumns.HandlerId("상담원번호"), 8), new(CaseColumns.HandlerName("상담원"), 20),
        new(CaseColumns.Score("만족도"), 1), new(CaseColumns.ScoreComment("의견"), 120), new(CaseColumns.Subject("제목"), 120),
        new(CaseColumns.Description("내용"), 1200), new(CaseColumns.Conversation("처리내역"), 1600), new(CaseColumns.Remark("비고"), 20),
    ];
}
