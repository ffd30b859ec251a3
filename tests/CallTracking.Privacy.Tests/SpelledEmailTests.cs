using Xunit;

namespace CallTracking.Privacy.Tests;

/// <summary>E-mail addresses whose @ is spelled: in brackets of East Asia, as a code, or by its name.</summary>
public sealed class SpelledEmailTests
{
    private readonly TextDetection _detection = new();

    [Theory]
    [InlineData("メールはtaro「at」example.jpまで", "taro「at」example.jp")]
    [InlineData("taro〔at〕example.jp", "taro〔at〕example.jp")]
    [InlineData("taro＜at＞example.jp", "taro＜at＞example.jp")]
    [InlineData("taro『アット』example.jp", "taro『アット』example.jp")]
    [InlineData("write to hans((at))gmx.de please", "hans((at))gmx.de")]
    [InlineData("jane[[at]]example[[dot]]com", "jane[[at]]example[[dot]]com")]
    [InlineData("hans_at_gmx.de", "hans_at_gmx.de")]
    [InlineData("an hans.meier_AT_gmx.de schreiben", "hans.meier_AT_gmx.de")]
    [InlineData("hans&#64;gmx.de", "hans&#64;gmx.de")]
    [InlineData("mailto:hans%40gmx.de", "hans%40gmx.de")]
    [InlineData("mail=hans%40gmx.de&x=1", "hans%40gmx.de")]
    [InlineData("juan punto perez arroba gmail punto com", "juan punto perez arroba gmail punto com")]
    [InlineData("escriba a juan.perez arroba gmail.com", "juan.perez arroba gmail.com")]
    [InlineData("marie point durand arobase orange point fr", "marie point durand arobase orange point fr")]
    [InlineData("mario chiocciola libero punto it", "mario chiocciola libero punto it")]
    [InlineData("ivan собака mail точка ru", "ivan собака mail точка ru")]
    [InlineData("иван собака почта точка ru", "иван собака почта точка ru")]
    [InlineData("taroアットマークexample.jp", "taroアットマークexample.jp")]
    public void Look_AddressWithSpelledSign_IsFoundWhole(string text, string expected) => Assert.Equal(expected, Found(text));

    [Theory]
    [InlineData("max@gmail.com/hans@web.de", "[EMAIL_1]/[EMAIL_2]")]
    [InlineData("a.b@x.de|c.d@y.de", "[EMAIL_1]|[EMAIL_2]")]
    [InlineData("to=a.b@x.de&cc=c.d@y.de", "[EMAIL_1]&[EMAIL_2]")]
    [InlineData("?mail=lihua%40163.com&x", "?mail=[EMAIL_1]&x")]
    public void Look_AddressesJoinedBySigns_AreAllFound(string text, string expected) => Assert.Equal(expected, _detection.Look(text, "", "", null).Redacted);

    [Theory]
    [InlineData("Screenshot_at_10.30.pm")]
    [InlineData("dump_at_boot.gz and saved_at_data.db")]
    [InlineData("看板の「at」という字")]
    [InlineData("((at)) gmx and hans((at)gmx.de")]
    [InlineData("see look_at_me.py and sort_at_end.js")]
    [InlineData("look_at_value.length")]
    [InlineData("volume%40 is 40%40.5")]
    [InlineData("моя собака example.com")]
    [InlineData("una arroba de vino punto y aparte")]
    [InlineData("la chiocciola. Il punto it")]
    [InlineData("see v1.2 at example.com")]
    public void Look_OtherWords_AreNoAddress(string text) => Assert.Equal("", Found(text));

    [Fact]
    public void Look_OneAddressInSeveralSpellings_HasOnePlaceholder() => Assert.Equal(
        "[EMAIL_1], [EMAIL_1], [EMAIL_1], [EMAIL_1]", _detection.Look("jane@example.com, jane_at_example.com, jane&#64;example.com, jane((at))example.com", "", "", null).Redacted);

    private string Found(string text) =>
        string.Join('|', _detection.Look(text, "", "", null).Findings.Where(f => f.Entity == "EMAIL_ADDRESS").Select(f => text[f.Start..f.End]));
}
