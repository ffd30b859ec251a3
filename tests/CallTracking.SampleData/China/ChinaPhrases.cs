using CallTracking.SampleData.Stories;

namespace CallTracking.SampleData.China;

/// <summary>Wordings of the Chinese centre.</summary>
internal static class ChinaPhrases
{
    public static readonly Phrases All = new()
    {
        Joint = string.Empty,
        Products = ["充电宝", "相机", "吸尘器", "路由器", "耳机", "剃须刀", "取暖器", "打印机"],
        Shops = ["官方旗舰店", "电商平台", "商场专柜", "小区门口的电器店", "朋友推荐的网店"],
        Greetings = Phrases.Lines("""
            您好，
            客服您好，
            你好，请问有人在吗？
            打了几次电话都占线，只好在这里留言。
            我买了你们的{product}，现在遇到了问题。
            """),
        Introductions = Phrases.Lines("""
            我叫{full}。
            我是{city}的{full}。
            我替父母咨询，登记的名字是{full}。
            登记邮箱是{email}。
            收货人{full}，地址{address}。
            """),
        Symptoms = Phrases.SymptomTable("""
            充不进电|{model}插了一整夜，灯一直闪，电量一格都没有涨。
            掉电太快|充满以后只能给手机充一次，刚买的时候能充三次。
            使用中断电|正在充电的时候突然断开，要重新插线才恢复。

            无法对焦|镜头来回伸缩，远近都对不上焦。
            无法开机|按开机键没有任何反应，换了电池也一样。
            照片丢失|拍完之后提示存储卡错误，旅行的照片少了一半。

            吸力变小|滤网已经洗过了，灰尘还是吸不起来。
            噪音很大|一开机就嗡嗡作响，楼下邻居都来敲门。
            自动停机|用了大约{n}分钟就停下来，要等很久才能再开。

            经常掉线|无线网络一天断{n}次，每次都要重启。
            无法登录|管理页面一直提示密码错误，恢复出厂设置也没用。
            网速很慢|晚上网速特别慢，视频一直在转圈。

            单边没声音|右边耳机完全没有声音，换了三部手机都一样。
            无法配对|手机搜索不到{model}，试了十几次。
            有杂音|不管音量多大都有沙沙的杂音。

            刀头卡住|刮到一半刀头就停了，夹得很疼。
            续航太短|充满电只能用{n}分钟。

            不出热风|调到最高档也只吹冷风，屋里一点都不暖和。
            有焦味|开机十分钟就闻到一股焦糊味。

            一直卡纸|纸已经取出来了，还是提示卡纸。
            连不上电脑|重新安装驱动以后电脑还是找不到打印机。
            """),
        Circumstances = Phrases.Lines("""
            购买日期是{bought}，应该还在保修期内。
            是在{shop}买的，发票还在。
            机身上的序列号是{serial}。
            按照说明书操作了{n}遍，还是不行。
            用了大概{n}个月。
            上个星期还是好好的。
            没有摔过，也没有进过水。
            换了一根数据线，结果一样。
            """),
        Dangers = Phrases.Groups("""
            昨天晚上机器侧面冒白烟，整个屋子都是味道。
            一插电就冒烟，我马上拔掉了。

            外壳鼓起来了，中间裂开一条缝。
            电池那边鼓包，放在桌上都放不平。

            碰了一下手指就烫出了水泡。
            孩子摸到发热的地方，手被烫伤了。

            充电的时候着火了，桌布烧了一个洞。
            接口那里冒出火苗，幸好及时扑灭。

            碰到金属部分的时候被电了一下。
            手是干的，还是触电了，很疼。
            """),
        Wishes = Phrases.Lines("""
            请帮我换一台新的。
            希望可以退款。
            请问在不在保修范围内？
            维修要多少钱，多久能修好？
            麻烦上门取件，地址是{address}。
            请{agent}给我回个电话。
            请告诉我下一步该怎么做。
            """),
        Contacts = Phrases.Lines("""
            我的电话是{phone}，下午六点以后方便接听。
            请回复到{email}。
            电话{phone}，邮箱{email}。
            白天可以打{phone}找我。
            """),
        Secrets = Phrases.Lines("""
            核实身份用：出生日期{birth}，号码{secret}。
            之前提供过的号码是{secret}。
            如果需要退款，号码是{secret}。
            """),
        Farewells = Phrases.Lines("""
            谢谢！
            麻烦尽快处理，谢谢。{full}
            期待您的回复。
            {full}敬上
            """),
        Subjects = Phrases.Lines("""
            {model}{issue}
            {product}{issue}，请求处理
            关于{model}的问题：{issue}
            【投诉】{product}{issue}
            {full}反映{product}{issue}
            """),
        Answers = Phrases.Lines("""
            已致电{family}{title}，故障为{issue}，建议重启并恢复出厂设置。
            请客户拍摄铭牌照片后发送。
            操作说明已发送至{email}，先观察一周。
            拨打{phone}无人接听，已短信留言。
            核对序列号{serial}，在保修期内，安排上门取件。
            """),
        Reactions = Phrases.Lines("""
            方法都试过了，没有变化。
            谢谢，今天下午就寄出。
            同样的话我已经说了三遍，请让主管来处理。
            我换了号码，新号码是{phone}。
            """),
        Notes = Phrases.Lines("""
            内部：已转技术部，请核对批次。
            内部：客户{full}曾反映过同样问题。
            内部：{agent}正在等配件，预计下周到货。
            """),
        Solutions = Phrases.Lines("""
            新机已送达，客户{full}确认使用正常，结案。
            维修完成，已寄回。
            退款已办理，通知已发至{email}。
            升级固件后恢复正常。
            """),
        Progress = Phrases.Lines("""
            客户{full}询问进度，仍在检测。
            配件延迟，已通过{phone}告知客户。
            {agent}收到技术部回复，需要补充照片。
            """),
        Praise = Phrases.Lines("""
            态度很好，处理得也快。
            {agent}讲解得很清楚。
            比想象中快。
            """),
        Blame = Phrases.Lines("""
            等待时间太长了。
            {agent}态度不耐烦。
            一件事说了三遍。{full}
            """),
    };
}
