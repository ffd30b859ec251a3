using CallTracking.SampleData.Files;

namespace CallTracking.SampleData.China;

/// <summary>The elements of the Chinese export, in order.</summary>
internal static class ChinaExport
{
    public static readonly XmlNames Names = new("工单列表", "工单", "处理记录", "记录", "时间", "角色", ["客户", "客服", "内部"]);

    private static readonly CentreWords Words = new()
    {
        Categories = ["移动电源", "数码相机", "吸尘器", "路由器", "耳机", "剃须刀", "取暖器", "打印机"],
        Hazards = ["冒烟", "鼓包", "烫伤", "起火", "触电"],
        Statuses = ["新建", "处理中", "待客户回复", "挂起", "已解决", "已关闭", "已取消"],
        UnknownStatus = "转厂家鉴定",
        Priorities = ["低", "普通", "高", "紧急"],
        Channels = ["电话", "邮件", "在线聊天", "网页表单", "微信"],
        Yes = "是",
        No = "否",
        Woman = "女",
        Man = "男",
        MinuteForm = "yyyy-MM-dd HH:mm:ss",
        DayForm = "yyyy'年'MM'月'dd'日'",
    };

    private static readonly CaseColumns Case = new(Words);

    public static readonly Column[] Columns =
    [
        CaseColumns.CaseNumber("工单号"), Case.IsTest("测试"), Case.Opened("创建时间"), Case.Updated("更新时间"), Case.Closed("关闭时间"),
        Case.Status("状态"), Case.Priority("优先级"), Case.Channel("来源"),
        Case.Category("产品/类别"), CaseColumns.Model("产品/型号"), CaseColumns.Serial("产品/序列号"), CaseColumns.Lot("产品/批次"), Case.PurchasedOn("产品/购买日期"),
        Case.Hazard("安全隐患"), CaseColumns.Subject("标题"), CaseColumns.Description("内容"),
        CaseColumns.CustomerNumber("客户/会员号"), CaseColumns.Name("客户/姓名"), Case.Gender("客户/性别"), CaseColumns.Phone("客户/手机"), CaseColumns.Email("客户/邮箱"),
        CaseColumns.Area("客户/省份"), CaseColumns.City("客户/城市"), CaseColumns.Street("客户/地址"), CaseColumns.Postcode("客户/邮编"),
        Case.BirthDate("客户/生日"), CaseColumns.NationalId("客户/身份证号"),
        CaseColumns.HandlerId("客服/工号"), CaseColumns.HandlerName("客服/姓名"), CaseColumns.Score("评价/分数"), CaseColumns.ScoreComment("评价/意见"),
    ];
}
