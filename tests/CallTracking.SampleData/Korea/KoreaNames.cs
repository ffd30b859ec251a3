using CallTracking.SampleData.Stories;

namespace CallTracking.SampleData.Korea;

/// <summary>Common names and places.</summary>
internal static class KoreaNames
{
    public static readonly string[] Families = WordList.Of("""
        김 이 박 최 정 강 조 윤 장 임 한 오 서 신 권 황 안 송 류 전 홍 고 문 양 손 배 백 허 유 남 심 노 하 곽 성 차 주 우 구 민 진 엄 채 원 천 방 공 현 남궁 황보
        """);

    public static readonly string[] Women = WordList.Of("""
        서연 민서 지우 서현 하은 수빈 지민 예은 은지 유진 미경 영숙 정희 현주 은영 미숙 경희 순자 명숙 혜진 지혜 보람 아름 선영 나연 채원 소율 다은 가은 윤아
        """);

    public static readonly string[] Men = WordList.Of("""
        민준 서준 도윤 예준 시우 하준 지호 준서 현우 지훈 성민 동현 영수 철수 상훈 정호 진우 승현 재호 병철 광수 태영 기훈 용준 건우 우진 선우 민재 유찬 태윤
        """);

    /// <summary>Province or city, district, start of the postcode.</summary>
    public static readonly string[][] Cities = WordList.Entries("""
        서울특별시/강남구/062 서울특별시/마포구/041 서울특별시/송파구/055 부산광역시/해운대구/480 부산광역시/사하구/493 대구광역시/수성구/421 인천광역시/남동구/215
        광주광역시/북구/611 대전광역시/유성구/341 울산광역시/남구/446 경기도/수원시/164 경기도/성남시/134 경기도/고양시/103 경기도/용인시/169 강원특별자치도/춘천시/243
        충청북도/청주시/285 충청남도/천안시/311 전북특별자치도/전주시/549 전라남도/여수시/596 경상북도/포항시/377 경상남도/창원시/514 제주특별자치도/제주시/631
        """);

    public static readonly string[] Streets = WordList.Of("중앙로 번영로 한빛로 새마을길 벚꽃길 은행나무길 문화로 평화로 시청로 대학로 해오름길 푸른길 행복로 무지개로");

    public static readonly string[] Mailboxes = WordList.Of("haneul bada gureum namu byeol dalbit sonamu nabi areum saebyeok noeul maru");
}
