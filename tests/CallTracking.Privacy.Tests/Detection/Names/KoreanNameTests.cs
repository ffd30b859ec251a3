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
    [InlineData("범인 윤 모씨의 전 남편", "윤")]
    [InlineData("어제 김 모 씨가 왔습니다", "김")]
    [InlineData("세영 씨에게 전달해 주세요", "세영")]
    [InlineData("섬나 씨는 확인했습니다", "섬나")]
    [InlineData("기소된 A(25)씨에 대해", "A")]
    [InlineData("일본에서 왕가위(王家卫) 감독이 연출했다", "왕가위")]
    [InlineData("어제 이종걸·이상민 의원이 왔다", "이종걸")]
    [InlineData("진짜 신의 선택 곽시양 크게 웃었다", "곽시양")]
    [InlineData("손예진 고객님 건인데 예진이는 오늘 없습니다", "예진")]
    public void Find_NameAndItsSign_IsFoundWithoutParticle(string text, string expected) => Assert.Contains(expected, NameKit.Names(text, "ko"));

    [Theory]
    [InlineData("멕 라이언과 톰 행크스 커플", "멕 라이언", "톰 행크스")]
    [InlineData("빌리 밥 손튼이 출연했다", "빌리 밥 손튼")]
    [InlineData("어제 리암니슨의 영화를 봤다", "리암니슨")]
    [InlineData("어제 샤를리즈 테론의 사진", "샤를리즈 테론")]
    [InlineData("시미즈 다카시 앞으로 보내 주세요", "시미즈 다카시")]
    [InlineData("제임스 다이슨이 설명했다", "제임스 다이슨")]
    [InlineData("우베 볼 감독이 서명했다", "우베 볼")]
    [InlineData("코엔은 어제 전화했습니다", "코엔")]
    public void Find_ForeignNameInHangul_IsFoundWithoutParticle(string text, params string[] expected) => Assert.Equal(expected, NameKit.Names(text, "ko"));

    [Theory]
    [InlineData("안녕하세요. 이어폰 한쪽이 고장났습니다.")]
    [InlineData("주문한 제품이 아직 도착하지 않았습니다.")]
    [InlineData("이상한 소리가 나고 전원이 꺼집니다.")]
    [InlineData("정말로 문제가 해결되지 않아 환불을 요청합니다.")]
    [InlineData("ㅋㅋㅋㅋ ㅠㅠ 최고예요")]
    [InlineData("꺼져 있던 오븐의 유리문이 폭발했습니다.")]
    [InlineData("날카로운 모서리에 손을 베었습니다. 연기나 불꽃은 없습니다.")]
    [InlineData("랴오닝성 성도인 선양(瀋陽)시에서 수리(25)했습니다.")]
    [InlineData("서비스 지원이 안 되고 영상이 끊깁니다.")]
    [InlineData("스마트 워치 스트랩이 끊어졌고 케이스와 마이크도 불량입니다.")]
    [InlineData("다이슨 청소기 흡입력이 약해졌고 보쉬 드릴 배터리도 방전됩니다.")]
    [InlineData("필립스 면도기 날 교체 방법과 브라운 부품 구매처를 알려주세요.")]
    [InlineData("화이트 색상으로 교환하고 싶은데 블랙만 재고가 있다고 합니다.")]
    [InlineData("이메일 첨부 파일이 열리지 않고 바이러스 경고가 나옵니다.")]
    [InlineData("사고 경위를 조사 중이며 방송은 중단되었습니다.")]
    [InlineData("고객을 위로하는 행사와 수리비 3만원 중 여만원을 환불했습니다.")]
    [InlineData("학생들과 친구들의 페이지에 공연은 없습니다.")]
    [InlineData("커피 머신 스팀 노즐이 막혔고 캡슐 추출이 안 됩니다.")]
    [InlineData("로봇청소기가 충전 스테이션으로 복귀하지 못합니다.")]
    [InlineData("정수기 필터 교체 주기와 렌탈 계약 해지 절차를 문의합니다.")]
    [InlineData("서버 점검 시간 이후에도 클라우드 동기화가 안 됩니다.")]
    public void Find_OrdinaryWords_FindsNone(string text) => Assert.Empty(NameKit.Names(text, "ko"));
}
