using Xunit;

namespace CallTracking.Privacy.Tests.Detection.Names;

public sealed class KoreanNameTests
{
    [Theory]
    [InlineData("김민수 고객님께서 전화하셨습니다.", "김민수")]
    [InlineData("담당자: 박서연", "박서연")]
    [InlineData("최 과장이 다시 연락하기로 했습니다.", "최")]
    [InlineData("이씨가 제품을 반품했습니다.", "이")]
    [InlineData("제 이름은 이서준이고 부산에 삽니다.", "이서준")]
    [InlineData("정다은 씨, 답변 감사합니다.", "정다은")]
    [InlineData("남궁민수 님", "남궁민수")]
    [InlineData("이웃 남궁겸율 씨에게도 연락해 주세요", "남궁겸율")]
    [InlineData("한지은 씨가 어제 전화했습니다.", "한지은")]
    [InlineData("마이클 존슨 씨가 서명했습니다.", "마이클 존슨")]
    public void Find_NameAndItsSign_IsFoundWithoutParticle(string text, string expected) => Assert.Contains(expected, NameKit.Names(text, "ko"));

    [Theory]
    [InlineData("안녕하세요. 이어폰 한쪽이 고장났습니다.")]
    [InlineData("주문한 제품이 아직 도착하지 않았습니다.")]
    [InlineData("이상한 소리가 나고 전원이 꺼집니다.")]
    [InlineData("정말로 문제가 해결되지 않아 환불을 요청합니다.")]
    [InlineData("ㅋㅋㅋㅋ ㅠㅠ 최고예요")]
    [InlineData("꺼져 있던 오븐의 유리문이 폭발했습니다.")]
    [InlineData("날카로운 모서리에 손을 베었습니다. 연기나 불꽃은 없습니다.")]
    public void Find_OrdinaryWords_FindsNone(string text) => Assert.Empty(NameKit.Names(text, "ko"));
}
