using CallTracking.SampleData.Stories;

namespace CallTracking.SampleData.China;

/// <summary>Common names and places.</summary>
internal static class ChinaNames
{
    public static readonly string[] Families = WordList.Of("""
        王 李 张 刘 陈 杨 赵 黄 周 吴 徐 孙 胡 朱 高 林 何 郭 马 罗 梁 宋 郑 谢 韩 唐 冯 于 董 萧 程 曹 袁 邓 许 傅 沈 曾 彭 吕 苏 卢 蒋 蔡 贾 丁 魏 薛 叶 阎 余
        潘 杜 戴 夏 钟 汪 田 任 姜 范 方 石 姚 谭 廖 邹 熊 金 陆 郝 孔 白 崔 康 毛 邱 秦 江 史 顾 侯 邵 孟 龙 万 段 雷 钱 汤 尹 黎 易 常 武 乔 贺 赖 龚 文 欧阳 司马 上官
        """);

    public static readonly string[] Women = WordList.Of("""
        秀英 丽娟 桂英 玉兰 淑珍 雪梅 海燕 晓红 丽华 婷婷 佳怡 雅静 梦洁 诗涵 雨桐 欣怡 子涵 思琪 美玲 春花 小芳 燕妮 晓雯 慧敏 玉珍 凤霞 月娥 冬梅 彩霞 紫萱 语嫣 若曦
        """);

    public static readonly string[] Men = WordList.Of("""
        志强 建国 建华 国强 伟明 永刚 海涛 晓东 俊杰 浩然 子轩 宇航 文博 志明 家豪 天宇 振华 德胜 金龙 立新 少华 兆祥 世杰 泽民 启明 光辉 鹏飞 博文 思远 明哲 嘉诚 梓豪
        """);

    /// <summary>Province, city, start of the postcode, area code.</summary>
    public static readonly string[][] Cities = WordList.Entries("""
        北京市/海淀区/1000/010 上海市/浦东新区/2001/021 天津市/和平区/3000/022 重庆市/渝中区/4000/023 江苏省/苏州市/2150/0512 江苏省/南京市/2100/025
        浙江省/杭州市/3100/0571 浙江省/宁波市/3150/0574 广东省/深圳市/5180/0755 广东省/广州市/5100/020 广东省/东莞市/5230/0769 四川省/成都市/6100/028
        湖北省/武汉市/4300/027 湖南省/长沙市/4100/0731 陕西省/西安市/7100/029 山东省/青岛市/2660/0532 山东省/济南市/2500/0531 辽宁省/大连市/1160/0411
        辽宁省/沈阳市/1100/024 福建省/厦门市/3610/0592 河南省/郑州市/4500/0371 安徽省/合肥市/2300/0551 云南省/昆明市/6500/0871 黑龙江省/哈尔滨市/1500/0451
        """);

    public static readonly string[] Streets = WordList.Of("人民路 解放路 中山路 建设路 和平路 胜利街 文化路 新华路 长江路 黄河路 光明街 青年路 友谊路 学府路 滨河路 朝阳街");

    public static readonly string[] Mailboxes = WordList.Of("xiaoyu lanhua qingfeng mingyue chunjiang hongye baiyun xingchen yuanshan zhuyun liuli songtao");
}
