using CallTracking.Contracts;
using CallTracking.SampleData.Files;

namespace CallTracking.SampleData.Japan;

/// <summary>The columns of the Japanese export, in order.</summary>
internal static class JapanColumns
{
    private static readonly CentreWords Words = new()
    {
        Categories = ["モバイルバッテリー", "カメラ", "掃除機", "ルーター", "ヘッドホン", "シェーバー", "ヒーター", "プリンター"],
        Hazards = ["発煙", "膨張", "やけど", "発火", "感電"],
        Statuses = ["新規", "対応中", "お客様回答待ち", "保留", "解決", "完了", "取消"],
        UnknownStatus = "調査依頼",
        Priorities = ["低", "中", "高", "至急"],
        Channels = ["電話", "メール", "チャット", "Webフォーム", "SNS"],
        Yes = "テスト",
        No = "通常",
        Woman = "女",
        Man = "男",
        MinuteForm = "yyyy/MM/dd HH:mm",
        DayForm = "yyyy/MM/dd",
    };

    private static readonly CaseColumns Case = new(Words);

    public static readonly Column[] All =
    [
        CaseColumns.CaseNumber("受付番号"), Case.IsTest("区分"), Case.Opened("受付日時"), Case.Updated("更新日時"), Case.Closed("完了日時"),
        Case.Status("状態"), Case.Priority("優先度"), Case.Channel("受付方法"), Case.Category("製品カテゴリ"), CaseColumns.Model("機種名"),
        CaseColumns.Serial("製造番号"), CaseColumns.Lot("ロット"), Case.PurchasedOn("購入日"), Case.Hazard("危害"),
        CaseColumns.Subject("件名"), CaseColumns.Description("内容"), CaseColumns.Conversation("対応内容"), CaseColumns.CustomerNumber("会員番号"),

        // Old forms: names with wide blanks, readings in half-width kana, numbers in full-width digits.
        CaseColumns.Name("氏名") with { Unified = cells => cells.Draft.Customer.Full.Replace('　', ' ') },
        Column.Personal("フリガナ", DataClass.Name, "customer.name_reading", cells => cells.Draft.Customer.Reading, cells => cells.Draft.Customer.FullReading),
        CaseColumns.Phone("電話番号") with { Unified = cells => cells.Draft.Customer.PlainPhone },
        CaseColumns.Email("メールアドレス"), CaseColumns.Postcode("郵便番号"), CaseColumns.Area("都道府県"), CaseColumns.City("市区町村"), CaseColumns.Street("番地"),
        Case.BirthDate("生年月日"), Case.Gender("性別"), CaseColumns.NationalId("個人番号"), CaseColumns.HandlerId("担当者ID"), CaseColumns.HandlerName("担当者"),
        CaseColumns.Score("満足度"), CaseColumns.ScoreComment("ご意見"), CaseColumns.Remark("備考"),
    ];
}
