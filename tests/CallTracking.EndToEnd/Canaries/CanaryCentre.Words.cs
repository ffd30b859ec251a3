namespace CallTracking.EndToEnd.Canaries;

/// <content>What a language's names, streets and sentences are made of.</content>
internal sealed partial record CanaryCentre
{
    /// <summary>Given names; the same for all persons in turn.</summary>
    public string[] Given => Language switch
    {
        "de" => ["Brünhild", "Jürgen", "Sören", "Käthe", "Anneliese"],
        "fr" => ["Hélène", "François", "Clémence", "Théo", "Benoît"],
        "pt" => ["João", "Conceição", "Inês", "Antônio", "Luísa"],
        "pl" => ["Łucja", "Wojciech", "Żaneta", "Bogusław", "Grażyna"],
        "ru" => ["Людмила", "Геннадий", "Ярослав", "Евдокия", "Тимофей"],
        "ja" => ["七海佑", "健太朗", "美智香", "隆之介", "千代乃"],
        "zh" => ["嘉慧", "文斌", "雅琴", "志明", "佩珊"],
        "ko" => ["민서", "지훈", "서연", "도현", "하윤"],
        "th" => ["สมชาย", "กัญญา", "วิชัย", "ปรีชา", "มาลี"],
        _ => ["Millicent", "Horatio", "Prudence", "Augustus", "Beatrix"],
    };

    /// <summary>Parts of which family names are put together, so that no other word has them.</summary>
    public string[] Syllables => Language switch
    {
        "de" => ["kä", "fer", "stö", "lenz", "brau", "gült", "wich", "marn", "hof", "zies", "drö", "pelk"],
        "fr" => ["dau", "briè", "vign", "court", "mar", "lenç", "puy", "rous", "sel", "ber", "thé", "gon"],
        "pt" => ["val", "dre", "çan", "mou", "ri", "tel", "bra", "gui", "nho", "pes", "sô", "lim"],
        "pl" => ["wą", "szko", "brzę", "dzie", "kow", "łup", "mier", "żyn", "trze", "gor", "sła", "pie"],
        "ru" => ["вяз", "ков", "щер", "бат", "юл", "дын", "жму", "рен", "цап", "лет", "хро", "мых"],
        "ja" => ["五十嵐", "長谷川", "佐久間", "小笠原", "大河内", "日比野", "西園寺", "久保田", "宇都宮", "波多野", "勅使河原", "東海林"],
        "zh" => ["歐陽", "司馬", "上官", "諸葛", "皇甫", "尉遲", "公孫", "慕容", "司徒", "令狐", "端木", "東方"],
        "ko" => ["남궁", "황보", "제갈", "사공", "선우", "독고", "동방", "서문"],
        "th" => ["ศรี", "ทอง", "วงศ์", "สุข", "เจริญ", "พิทักษ์", "ชัย", "รัตน์", "บุญ", "กุล", "ดำรง", "ประเสริฐ"],
        _ => ["thorn", "quack", "den", "bush", "wick", "ferring", "moles", "ham", "brack", "ley", "ost", "ingle"],
    };

    /// <summary>Further letters that make a name of a script without syllables differ.</summary>
    public string More => Language switch
    {
        "ja" => "碧翔蓮陽湊凛葵杏樹遥颯匠",
        "zh" => "晨曦瑜琳瑞泰鴻雁楠柏桐梅",
        "ko" => "겸율찬솔빛별온새봄람",
        _ => "",
    };

    /// <summary>A street with a place for its number.</summary>
    public string Street => Language switch
    {
        "de" => "Ölmühlenweg {0}",
        "fr" => "{0} rue des Étourneaux",
        "pt" => "Rua das Açucenas, {0}",
        "pl" => "ul. Żurawia {0}",
        "ru" => "ул. Подснежная, д. {0}",
        "ja" => "西新橋{0}番地",
        "zh" => "民權東路{0}號",
        "ko" => "한빛대로 {0}번길",
        "th" => "ถนนดอกแก้ว {0}",
        _ => "{0} Nightingale Hollow Road",
    };

    /// <summary>A telephone number with places for six digits.</summary>
    public string Phone => Country switch
    {
        "DE" => "030 23{0}",
        "FR" => "01 99 {0}",
        "BR" => "(11) 98{0}1",
        "PL" => "512 {0}",
        "RU" => "+7 912 4{0}",
        "JP" => "090-55{0}",
        "CN" => "1381{0}7",
        "TW" => "0912-{0}",
        "KR" => "010-55{0}",
        "TH" => "081 4{0}",
        _ => "(312) 55{0}",
    };

    /// <summary>What the case's own values stand in: name, e-mail, phone, street, customer number, identifier, account, card, handle, address, device, password.</summary>
    public string OwnSentence => Language switch
    {
        "de" => "{0} meldet sich erneut. E-Mail {1}, Telefon {2}, Anschrift {3}, Kundennummer {4}, Steuer-ID {5}, IBAN {6}, Karte {7}, Konto {8}, IP {9}, IMEI {10}, Passwort: {11}",
        "fr" => "{0} rappelle. Courriel {1}, téléphone {2}, adresse {3}, numéro client {4}, numéro de sécurité sociale {5}, IBAN {6}, carte {7}, compte {8}, IP {9}, IMEI {10}, mot de passe : {11}",
        "pt" => "{0} ligou de novo. E-mail {1}, telefone {2}, endereço {3}, cliente {4}, CPF {5}, IBAN {6}, cartão {7}, conta {8}, IP {9}, IMEI {10}, senha: {11}",
        "pl" => "{0} dzwoni ponownie. E-mail {1}, telefon {2}, adres {3}, numer klienta {4}, PESEL {5}, IBAN {6}, karta {7}, konto {8}, IP {9}, IMEI {10}, hasło: {11}",
        "ru" => "{0} звонит снова. Почта {1}, телефон {2}, адрес {3}, номер клиента {4}, ИНН {5}, IBAN {6}, карта {7}, аккаунт {8}, IP {9}, IMEI {10}, пароль: {11}",
        "ja" => "{0}様より再度入電。メール {1}、電話 {2}、住所 {3}、会員番号 {4}、マイナンバー {5}、IBAN {6}、カード {7}、アカウント {8}、IP {9}、IMEI {10}、パスワード: {11}",
        "zh" => "{0}再次來電。郵箱 {1}，電話 {2}，地址 {3}，客戶編號 {4}，身份證 {5}，IBAN {6}，卡號 {7}，帳號 {8}，IP {9}，IMEI {10}，密碼: {11}",
        "ko" => "{0} 고객님 재문의. 이메일 {1}, 전화 {2}, 주소 {3}, 고객번호 {4}, 주민등록번호 {5}, IBAN {6}, 카드 {7}, 계정 {8}, IP {9}, IMEI {10}, 비밀번호: {11}",
        "th" => "คุณ {0} โทรมาอีกครั้ง อีเมล {1} โทรศัพท์ {2} ที่อยู่ {3} หมายเลขลูกค้า {4} เลขประจำตัวประชาชน {5} IBAN {6} บัตร {7} บัญชี {8} IP {9} IMEI {10} รหัสผ่าน: {11}",
        _ => "{0} called again. E-mail {1}, phone {2}, address {3}, customer {4}, SSN {5}, IBAN {6}, card {7}, account {8}, IP {9}, IMEI {10}, password: {11}",
    };

    /// <summary>What somebody else's values stand in: name, e-mail, phone, identifier, account, card, network address.</summary>
    public string OthersSentence => Language switch
    {
        "de" => "Bitte auch meinen Nachbarn {0} anrufen: {1}, Telefon {2}. Steuer-ID {3}, IBAN {4}, Kreditkarte {5}, IP-Adresse {6}.",
        "fr" => "Merci d'appeler aussi mon voisin {0} : {1}, téléphone {2}. Numéro de sécurité sociale {3}, IBAN {4}, carte bancaire {5}, adresse IP {6}.",
        "pt" => "Ligue também para meu vizinho {0}: {1}, telefone {2}. CPF {3}, IBAN {4}, cartão de crédito {5}, endereço IP {6}.",
        "pl" => "Proszę zadzwonić też do sąsiada, którym jest {0}: {1}, telefon {2}. PESEL {3}, IBAN {4}, karta kredytowa {5}, adres IP {6}.",
        "ru" => "Позвоните также моему соседу, его зовут {0}: {1}, телефон {2}. ИНН {3}, IBAN {4}, банковская карта {5}, IP-адрес {6}.",
        "ja" => "隣人の{0}さんにも連絡してください。{1}、電話 {2}。マイナンバー {3}、IBAN {4}、クレジットカード {5}、IPアドレス {6}。",
        "zh" => "請也聯繫我的鄰居{0}先生：{1}，電話 {2}。身份證 {3}，IBAN {4}，信用卡 {5}，IP 地址 {6}。",
        "ko" => "이웃 {0} 씨에게도 연락해 주세요: {1}, 전화 {2}. 주민등록번호 {3}, IBAN {4}, 신용카드 {5}, IP 주소 {6}.",
        "th" => "กรุณาโทรหาเพื่อนบ้าน คุณ {0}: {1} โทรศัพท์ {2} เลขประจำตัวประชาชน {3} IBAN {4} บัตรเครดิต {5} ไอพี {6}",
        _ => "Please call my neighbour {0} too: {1}, phone {2}. SSN {3}, IBAN {4}, credit card {5}, IP address {6}.",
    };
}
