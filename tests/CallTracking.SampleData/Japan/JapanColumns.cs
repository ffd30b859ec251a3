using System.Globalization;
using CallTracking.Contracts;
using CallTracking.SampleData.Files;
using CallTracking.SampleData.Stories;

namespace CallTracking.SampleData.Japan;

/// <summary>The columns of the Japanese export, in order.</summary>
internal static class JapanColumns
{
    private const string DateForm = "yyyy/MM/dd";

    private static readonly string[] CategoryWords =
        ["モバイルバッテリー", "カメラ", "掃除機", "ルーター", "ヘッドホン", "シェーバー", "ヒーター", "プリンター"];

    private static readonly string[] HazardWords = ["発煙", "膨張", "やけど", "発火", "感電"];

    public static readonly Column[] All =
    [
        Column.Personal("受付番号", DataClass.CaseNumber, "case_number", cells => cells.Quirk == Quirk.MissingKey ? null : cells.Draft.LocalId),
        new("区分", cells => cells.Quirk == Quirk.Filtered ? "テスト" : "通常"),
        new("受付日時", cells => Minute(cells.Local(cells.Draft.Timeline.Opened))),
        new("更新日時", cells => Minute(cells.Local(cells.Draft.Timeline.Updated))),
        new("完了日時", cells => Minute(cells.Local(cells.Draft.Timeline.Closed))),
        new("状態", cells => cells.Quirk == Quirk.UnknownStatus ? "調査依頼" : StatusWord(cells.Draft.Timeline.Status)),
        new("優先度", cells => cells.Draft.Priority switch { Priority.Low => "低", Priority.High => "高", Priority.Urgent => "至急", _ => "中" }),
        new("受付方法", cells => cells.Draft.Channel switch
        {
            Channel.Email => "メール",
            Channel.Chat => "チャット",
            Channel.WebForm => "Webフォーム",
            Channel.Social => "SNS",
            _ => "電話",
        }),
        new("製品カテゴリ", cells => CategoryWords[cells.Draft.Model.Category]),
        new("機種名", cells => cells.Draft.Model.Name),
        Column.Personal("製造番号", DataClass.SerialNumber, "product.serial", cells => cells.Draft.Serial),
        new("ロット", cells => cells.Draft.Lot),
        Column.Personal(
            "購入日",
            DataClass.PersonalDate,
            "product.purchased_on",
            cells => cells.Draft.PurchasedOn.ToString(DateForm, CultureInfo.InvariantCulture),
            cells => cells.Draft.PurchasedOn.ToString("O", CultureInfo.InvariantCulture)),
        new("危害", cells => cells.Draft.Hazard is { } hazard ? HazardWords[hazard] : null),
        new("件名", cells => cells.Draft.Subject),
        new("内容", cells => cells.Draft.Description),
        new("対応内容", cells => cells.Conversation),
        Column.Personal("会員番号", DataClass.CustomerNumber, "customer.number", cells => cells.Draft.Customer.Number),
        Column.Personal("氏名", DataClass.Name, "customer.name", cells => cells.Draft.Customer.Full, cells => cells.Draft.Customer.Full.Replace('　', ' ')),
        Column.Personal("フリガナ", DataClass.Name, "customer.name_reading", cells => cells.Draft.Customer.Reading, cells => cells.Draft.Customer.FullReading),
        Column.Personal("電話番号", DataClass.Phone, "customer.phones", cells => cells.Draft.Customer.Phone, cells => cells.Draft.Customer.PlainPhone),
        Column.Personal("メールアドレス", DataClass.Email, "customer.emails", cells => cells.Draft.Customer.Email),
        Column.Personal("郵便番号", DataClass.Postcode, "customer.addresses.postcode", cells => cells.Draft.Customer.Postcode),
        Column.Personal("都道府県", DataClass.Locality, "customer.addresses.area", cells => cells.Draft.Customer.Area),
        Column.Personal("市区町村", DataClass.Locality, "customer.addresses.locality", cells => cells.Draft.Customer.City),
        Column.Personal("番地", DataClass.PostalAddress, "customer.addresses.lines", cells => cells.Draft.Customer.Street),
        Column.Personal(
            "生年月日",
            DataClass.BirthDate,
            "customer.birth_date",
            cells => cells.Draft.Customer.BirthDate.ToString(DateForm, CultureInfo.InvariantCulture),
            cells => cells.Draft.Customer.BirthDate.ToString("O", CultureInfo.InvariantCulture)),
        Column.Personal("性別", DataClass.Gender, "customer.gender", cells => cells.Draft.Customer.IsFemale ? "女" : "男"),
        Column.Personal("個人番号", DataClass.NationalId, "customer.national_ids.value", cells => cells.Draft.Customer.NationalId),
        Column.Personal("担当者ID", DataClass.Employee, "agent.id", cells => cells.Draft.Handler.Id),
        Column.Personal("担当者", DataClass.Employee, "agent.name", cells => cells.Draft.Handler.Name),
        new("満足度", cells => cells.Draft.Satisfaction?.ToString(CultureInfo.InvariantCulture)),
        new("ご意見", cells => cells.Draft.SatisfactionComment),
        new("備考", _ => null),
    ];

    private static string? Minute(DateTime? at) => at?.ToString("yyyy/MM/dd HH:mm", CultureInfo.InvariantCulture);

    private static string StatusWord(CaseStatus status) => status switch
    {
        CaseStatus.New => "新規",
        CaseStatus.Open => "対応中",
        CaseStatus.PendingCustomer => "お客様回答待ち",
        CaseStatus.OnHold => "保留",
        CaseStatus.Resolved => "解決",
        CaseStatus.Closed => "完了",
        CaseStatus.Cancelled => "取消",
        _ => throw new System.Diagnostics.UnreachableException(status.ToString()),
    };
}
