using CallTracking.SampleData.Stories;

namespace CallTracking.SampleData.Korea;

/// <summary>Wordings of the Korean centre. Only characters that cp949 has.</summary>
internal static class KoreaPhrases
{
    public static readonly Phrases All = new()
    {
        Joint = " ",
        Products = ["보조배터리", "카메라", "청소기", "공유기", "헤드폰", "면도기", "온풍기", "프린터"],
        Shops = ["공식 온라인몰", "동네 전자 대리점", "대형마트", "홈쇼핑", "중고 거래가 아닌 정식 판매처"],
        Greetings = Phrases.Lines("""
            안녕하세요.
            수고 많으십니다.
            처음 문의드립니다.
            전화 연결이 되지 않아 글로 남깁니다.
            구입한 {product} 문제로 연락드립니다.
            """),
        Introductions = Phrases.Lines("""
            저는 {full}입니다.
            {city}에 사는 {full}입니다.
            부모님 대신 문의하며 등록자는 {full}입니다.
            등록된 메일은 {email}입니다.
            받는 사람은 {full}, 주소는 {address}입니다.
            """),
        Symptoms = Phrases.SymptomTable("""
            충전 안 됨|{model}을 밤새 꽂아 두어도 표시등만 깜빡이고 충전이 되지 않습니다.
            빨리 방전됨|완전히 충전해도 휴대폰 한 번 충전하면 끝입니다.
            도중에 꺼짐|사용 중에 갑자기 꺼지고 선을 다시 꽂아야 켜집니다.

            초점 불량|자동 초점이 왔다 갔다만 하고 맞지 않습니다.
            전원 불량|전원 버튼을 눌러도 아무 반응이 없습니다.
            사진 사라짐|촬영 후 카드 오류가 뜨고 여행 사진 절반이 사라졌습니다.

            흡입력 저하|필터를 청소했는데도 먼지를 빨아들이지 못합니다.
            소음 심함|켜면 큰 소리가 나서 밤에는 쓸 수가 없습니다.
            멈춤|{n}분 정도 쓰면 멈추고 한참 기다려야 합니다.

            연결 끊김|하루에 {n}번씩 무선이 끊어집니다.
            접속 불가|설정 화면의 비밀번호가 맞지 않는다고 나옵니다.
            속도 저하|저녁마다 속도가 너무 느려집니다.

            한쪽 무음|오른쪽에서 소리가 전혀 나지 않습니다.
            페어링 실패|휴대폰 목록에 {model}이 나타나지 않습니다.
            잡음 발생|음량과 관계없이 지직거리는 소리가 납니다.

            날 멈춤|면도 도중에 날이 멈춰서 아팠습니다.
            사용 시간 짧음|완충해도 {n}분밖에 쓰지 못합니다.

            찬바람만 나옴|온도를 올려도 찬바람만 나옵니다.
            탄 냄새|켜고 십 분쯤 지나면 탄 냄새가 납니다.

            용지 걸림|종이를 빼도 용지 걸림 표시가 사라지지 않습니다.
            연결 안 됨|컴퓨터에서 프린터를 찾지 못합니다.
            """),
        Circumstances = Phrases.Lines("""
            구입일은 {bought}이고 보증 기간이 남아 있을 것입니다.
            {shop}에서 샀고 영수증도 있습니다.
            일련번호는 {serial}입니다.
            설명서대로 {n}번이나 다시 해 보았습니다.
            사용한 지 {n}개월쯤 되었습니다.
            지난주까지는 문제가 없었습니다.
            떨어뜨리거나 물에 젖은 적은 없습니다.
            """),
        Dangers = Phrases.Groups("""
            어젯밤 본체에서 하얀 연기가 났습니다.
            콘센트에 꽂자마자 연기가 나서 바로 뽑았습니다.

            본체가 부풀어 올라 틈이 벌어졌습니다.
            배터리 쪽이 볼록해져서 책상에 놓으면 흔들립니다.

            만졌다가 손가락에 물집이 생겼습니다.
            아이가 뜨거운 부분을 만져 화상을 입었습니다.

            충전 중에 불이 나서 천이 탔습니다.
            단자에서 불꽃이 튀어 급히 껐습니다.

            금속 부분을 만졌을 때 감전되었습니다.
            마른 손으로 만졌는데도 전기가 올랐습니다.
            """),
        Wishes = Phrases.Lines("""
            새 제품으로 교환해 주세요.
            환불을 원합니다.
            보증 수리가 되는지 알려 주세요.
            수리비와 기간이 궁금합니다.
            방문 수거를 부탁드립니다. 주소는 {address}입니다.
            {agent} 상담원께 다시 전화해 달라고 전해 주세요.
            """),
        Contacts = Phrases.Lines("""
            연락처는 {phone}이고 저녁에 통화 가능합니다.
            답변은 {email} 로 보내 주세요.
            전화 {phone}, 메일 {email} 입니다.
            """),
        Secrets = Phrases.Lines("""
            본인 확인용입니다. 생년월일 {birth}, 번호 {secret} 입니다.
            전에 알려 드린 번호는 {secret} 입니다.
            """),
        Farewells = Phrases.Lines("""
            감사합니다.
            빠른 처리 부탁드립니다. {full} 드림
            답변 기다리겠습니다.
            {full} 올림
            """),
        Subjects = Phrases.Lines("""
            {model} {issue}
            {product} {issue} 문의
            {model} 관련 문의: {issue}
            {full} 고객, {product} {issue}
            """),
        Answers = Phrases.Lines("""
            {full} 고객님과 통화함. 증상은 {issue}. 재시작과 초기화를 안내함.
            고객에게 명판 사진을 요청함.
            안내문을 {email} 로 보냄. 일주일 지켜보기로 함.
            {phone} 으로 전화했으나 받지 않아 음성을 남김.
            일련번호 {serial} 확인, 보증 기간 내. 수거 예약함.
            """),
        Reactions = Phrases.Lines("""
            안내대로 해 보았지만 그대로입니다.
            감사합니다. 오늘 택배로 보내겠습니다.
            같은 설명을 세 번째 하고 있습니다. 책임자와 통화하고 싶습니다.
            새 번호는 {phone} 입니다.
            """),
        Notes = Phrases.Lines("""
            내부: 기술팀에 전달, 생산 번호 확인 요청.
            내부: {full} 고객은 같은 증상으로 문의한 적이 있음.
            내부: {agent} 부품 대기 중, 다음 주 입고.
            """),
        Solutions = Phrases.Lines("""
            교환품 도착, {full} 고객 정상 동작 확인. 종료.
            수리 완료 후 발송함.
            환불 처리함. {email} 로 확인서 발송.
            업데이트 후 정상 동작함.
            """),
        Progress = Phrases.Lines("""
            {full} 고객이 진행 상황을 문의함. 점검 중.
            부품 지연을 {phone} 으로 안내함.
            {agent} 기술팀 회신 받음, 사진 추가 요청.
            """),
        Praise = Phrases.Lines("""
            친절하고 빨랐습니다.
            {agent} 상담원 설명이 이해하기 쉬웠습니다.
            """),
        Blame = Phrases.Lines("""
            대기 시간이 너무 깁니다.
            {agent} 상담원이 불친절했습니다.
            같은 말을 세 번 했습니다. {full}
            """),
    };
}
