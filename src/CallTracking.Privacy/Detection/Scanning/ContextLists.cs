namespace CallTracking.Privacy;

/// <summary>Words that say what the value beside them is, beyond those of the identifiers; parted by bars.</summary>
internal static class ContextLists
{
    public const string Other =
        "chapter|section|kapitel|abschnitt|chapitre|capítulo|capitolo|tabelle|table|step|глава|раздел|order|orders|bestell|auftrag|rechnung|invoice|serial|seriennummer|s/n|sn|artikel|article|item|ticket|case|ref|reference|tracking|sendung|part|parts|part no|p/n|model|modell|error|"
        + "fehler|code|ean|upc|gtin|sku|kundennummer|customer no|lot|batch|charge|firmware|fw|version|build|release|micrologiciel|versão|versión|softwarestand|прошивк|ファームウェア|バージョン|固件|펌웨어|버전|rma|quote|po number|purchase order|shipment|parcel|delivery|product|"
        + "commande|facture|numéro de série|n° de série|référence|erreur|colis|suivi|livraison|modèle|código|codigo|seguimiento|rastreio|rastreamento|pedido|factura|número de serie|serie|envío|referencia|modelo|error|"
        + "ordine|fattura|numero di serie|matricola|spedizione|codice|errore|modello|encomenda|fatura|número de série|erro|bestelling|factuur|serienummer|zending|fout|"
        + "zamówieni|faktura|numer seryjny|przesyłk|błąd|заказ|счет|счёт|серийный|артикул|ошибка|отправлени|sipariş|fatura|seri no|kargo|hata|الطلب|فاتورة|الرقم التسلسلي|"
        + "замовлен|рахунок|серійний|накладн|відправлен|помилк|objednávk|zásilk|reklamac|rendelés|sorozatszám|számla|comand|factură|поръчк|сериен|narudžb|narocil|serijski|tilaus|sarjanumero|lasku|beställning|"
        + "pesanan|nomor seri|παραγγελ|τιμολόγι|σειριακ|הזמנה|חשבונית|מספר סידורי|접수번호|vorgang|zählerstand|confirmation|warranty no|license key|licence key|pratica|pakket|kolli|"
        + "注文|伝票|型番|製造番号|部品|品番|受付|シリアル|エラー|会員番号|追跡|订单|訂單|发票|發票|序列号|序號|型号|錯誤|错误|快递|运单|주문|송장|일련번호|오류|모델|คำสั่งซื้อ|หมายเลขเครื่อง|ใบแจ้งหนี้|đơn hàng|hóa đơn";

    /// <summary>Parts, models and lots: what stands right behind is theirs; further off it may be anything, for parts are what people call about.</summary>
    public const string Part =
        "part|parts|part no|part number|p/n|model|model no|lot|lot no|batch|batch no|modell|modellnummer|teil|teilenummer|teile-nr|teilenr|ersatzteil|ersatzteilnummer|artikelnummer|materialnummer|charge|chargennummer|"
        + "pièce|référence pièce|modèle|lote|pieza|repuesto|modelo|peça|pezzo|ricambio|lotto|modello|onderdeel|onderdeelnummer|partij|część|części|numer części|partia|model nr|деталь|запчасть|партия|модель|recambio|reservdel|reserveonderde|díl|εξάρτημα|"
        + "parça|parça no|部品|部品番号|型番|品番|ロット|ロット番号|零件|零件号|配件|型号|型號|批号|批次|부품|부품번호|품번|모델|로트|อะไหล่|รุ่น|phụ tùng|قطعة|موديل";

    public const string Phone =
        "tel|tel.|telephone|telefon|teléfono|telefono|téléphone|telefone|telefoon|phone|fon|mobile|mobil|móvil|cell|cellphone|call|call me|called|calling|handy|fax|ruf|anruf|anrufen|rückruf|"
        + "rufnummer|erreichbar|smartphone|whatsapp|sms|text me|whats|viber|desk|office|contact|contact me|reach me|reachable|dial|hotline|portable|appelez|appeler|joindre|celular|cel|llamar|llame|llamame|marquen al|marque al|"
        + "llamada|telemóvel|tlm|natel|mobitel|kännykkä|matkapuhelin|tālrun|tfno|tlf|tlfn|teléno|cellulare|chiamare|chiamate|ligue|ligar|contato|bellen|mobiel|komórka|zadzwoń|dzwonić|numer telefonu|тел|телефон|звоните|позвоните|мобильный|номер телефона|зателефонуйте|телефонуйте|дзвоніть|подзвоніть|volejte|zavolejte|zavolej|ozvěte se|ozvi se|kontakt na|zavolajte|ring på|ring til|ring mig|ring meg|"
        + "puhelin|puh|mobilnummer|toll-free|toll free|freephone|helpline|ringa|ringe|tlf.|tlfnr|τηλέφωνο|τηλ|κινητό|telefonszám|číslo|gsm|cep|cep telefonu|ara|هاتف|جوال|اتصل|الهاتف|رقم الجوال|טלפון|נייד|फ़ोन|फोन|मोबाइल|"
        + "電話|携帯|連絡先|ＴＥＬ|お電話|电话|手机|联系方式|致电|電話|手機|전화|휴대폰|연락처|핸드폰|โทร|เบอร์|มือถือ|điện thoại|sđt|di động|gọi|telepon|hubungi|nomor hp|telefonu|☎|☏";

    /// <summary>"My number" and its like: telephones, where the number is right behind.</summary>
    public const string OwnNumber =
        "my number|my nr|mi número|mi nº|mi núm|mon numéro|mon n°|mój numer|mojego numeru|moim numerem|mio numero|meu número|meine nummer|meiner nummer|mijn nummer|numeroni|"
        + "мой номер|моему номеру|мій номер|můj číslo|moje číslo|számom|numărul meu|numaram|ο αριθμός μου|nomor saya|số của tôi|số tôi|เบอร์ของฉัน|หมายเลขของฉัน|رقمي|המספר שלי|मेरा नंबर|私の番号|我的号码|我的號碼|제 번호|내 번호";

    public const string Card =
        "card|credit card|debit card|card number|visa|mastercard|amex|american express|maestro|kreditkarte|karte|kartennummer|carte|carte bancaire|carte bleue|cb|tarjeta|carta|carta di credito|cartão|creditcard|kaart|"
        + "karta|numer karty|карта|карты|картой|kart|kredi kartı|بطاقة|クレジットカード|カード|信用卡|银行卡|卡号|信用卡|카드|บัตรเครดิต|thẻ tín dụng|kartu kredit";

    public const string Bic = "bic|swift|swift code|bic code|swift-bic|bank identifier code|код swift|бик swift|スイフト|swift代码";

    public const string Birth =
        "born|date of birth|birth date|birthdate|birthday|dob|d.o.b|geboren|geburtsdatum|geburtstag|geb.|geb|né le|née le|date de naissance|ddn|nacimiento|fecha de nacimiento|nacido|nacida|f. nac|fecha nac|"
        + "nascimento|nasci em|nasci no|nasceu|nací el|nació el|je suis né|je suis née|sono nato|sono nata|data de nascimento|data de nasc|data nasc|dt nasc|nascido|nascida|data di nascita|nato il|nata il|geboortedatum|geboren op|urodzony|urodzona|urodzenia|data urodzenia|дата рождения|родился|родилась|рожд|дата народження|народився|"
        + "doğum|doğum tarihi|född|födelsedatum|født|fødselsdato|syntymäaika|syntynyt|narozen|datum narození|születési|γέννησης|γεννήθηκε|تاريخ الميلاد|مواليد|תאריך לידה|生年月日|誕生日|生まれ|出生|出生日期|生日|"
        + "생년월일|생일|출생|วันเกิด|เกิดวันที่|เกิดเมื่อ|ปีเกิด|ngày sinh|sinh ngày|tanggal lahir|lahir|जन्म|जन्मतिथि|पैदा|γεννημένος|γεννημένη|γεννήθηκα|γενέθλια|született|születtem|születés|szül.|"
        + "născut|născută|data nașterii|nașterii|تاريخ ميلاد|تاريخ الولادة|ولدت|ولد في|ولدت في|לידה|נולד|נולדתי|נולדה|יליד|ילידת|יום הולדת|narozený|narozená|narodený|narodená|dátum narodenia|"
        + "rođen|rođena|datum rođenja|rojen|rojena|datum rojstva|роден|родена|рођен|рођена|датум рођења|gimęs|gimusi|gimimo data|dzimis|dzimusi|dzimšanas|sündinud|sünniaeg|sünnikuupäev";

    /// <summary>Of these those that stand behind the date: "am 3.4.1971 geboren".</summary>
    public const string Born =
        "born|geboren|doğumlu|doğdu|född|født|syntynyt|született|születtem|生まれ|出生|출생|태어났|태어난|narozen|urodzon|rođen|rojen|родился|родилась|народився|народилася|gimęs|dzimis|sündinud";

    public const string Age =
        "age|aged|alter|âge|edad|età|idade|leeftijd|wiek|возраст|yaş|yaşı|ålder|alder|ikä|věk|年齢|年龄|年齡|나이|연령|อายุ|tuổi|usia|umur|العمر|גיל";

    public const string Person =
        "man|woman|boy|girl|male|female|patient|child|son|daughter|mother|father|varón|varon|mujer|hombre|niño|niña|paciente|señor|señora|hijo|hija|joven|femme|homme|patiente|enfant|fils|fille|mann|frau|kind|"
        + "patientin|sohn|tochter|junge|mädchen|uomo|donna|paziente|bambino|bambina|homem|mulher|menino|menina|filho|filha|man van|vrouw|meisje|jongen|mężczyzna|kobieta|pacjent|мужчина|женщина|пациент|сын|дочь|tengo|tiene|edad de|ho|ha|"
        + "j'ai|elle a|il a|mi hijo|mi hija|мне|ему|ей";

    public const string Postcode =
        "zip|zip code|zipcode|postcode|post code|postal code|plz|postleitzahl|code postal|código postal|codigo postal|cod. postal|c.p.|cp|cap|cep|postnummer|postnr|postinumero|psč|kod pocztowy|индекс|почтовый индекс|"
        + "posta kodu|irányítószám|郵便番号|〒|邮编|邮政编码|郵遞區號|우편번호|รหัสไปรษณีย์|mã bưu|kode pos";

    /// <summary>India's postcodes; elsewhere a PIN is a secret of a device.</summary>
    public const string Pin = "pincode|pin code|pin number|pin";

    public const string Address =
        "address|addresses|street|lives at|living at|resident at|residing|ship to|deliver to|sent to|anschrift|adresse|wohnhaft|wohnt|straße|strasse|domicilio|dirección|direccion|residente|indirizzo|residenza|endereço|morada|"
        + "adres|zamieszkał|bytem|bydliště|bydlisko|διεύθυνση|κατοικία|адрес|проживает|живет|住所|住址|地址|주소|ที่อยู่|địa chỉ|alamat|adresi|العنوان|כתובת|पता|osoite|adressen|office is at|drops you off at|arrived at|located at|station is on|side of|corner of|stop at";

    public const string User =
        "user|username|user name|login|log-in|user id|userid|account name|benutzer|benutzername|anmeldename|nutzername|kennung|identifiant|utilisateur|nom d'utilisateur|usuario|nombre de usuario|utente|nome utente|usuário|nome de usuário|"
        + "gebruikersnaam|nazwa użytkownika|логин|имя пользователя|kullanıcı adı|användarnamn|brukernavn|ユーザー名|ユーザーid|アカウント|用户名|帐号名|사용자명|아이디|instagram|insta|twitter|tiktok|facebook|discord|skype|snapchat|telegram|line id|wechat|微信|微信号|微信號|qq|qq号|qq號|kakao|카카오톡";

    public const string FormNumber =
        "nhc|nass|cipa|nuhsa|nocol|no col|colegiado|nocolegiado|episodio|nuss|historia clínica|no historia|customer id|customer number|customer no|client id|client number|member id|member number|membership number|patient id|"
        + "account id|account number|account no|policy number|kundennummer|kunden-nr|kundennr|mitgliedsnummer|vertragsnummer|versicherungsnummer|versichertennummer|numéro client|no client|numéro de client|número de cliente|no cliente|"
        + "numero cliente|codice cliente|klantnummer|numer klienta|номер клиента|müşteri no|会員番号|お客様番号|顧客番号|客户号|客户编号|会员号|고객번호|회원번호|employee id|employee number|personalnummer|matricule|insurance number|mrn|medical record number|asiakasnumero|kundnummer";

    /// <summary>Passwords, which stand right behind their word; tokens and keys are spoken of by number, too.</summary>
    public const string Password =
        "password|passwort|kennwort|passcode|passphrase|mot de passe|contraseña|senha|wachtwoord|hasło|пароль|şifre|lösenord|passord|adgangskode|salasana|heslo|jelszó|パスワード|密码|密碼|"
        + "비밀번호|palavra passe|รหัสผ่าน|mật khẩu|kata sandi|كلمة المرور|סיסמה|पासवर्ड";

    public const string Secret =
        $"{Password}|{CardCode}|parola|passwd|pwd|pw|mdp|clave|clave de acceso|api key|api_key|apikey|api-key|access token|access_token|access key|access_key|secret key|secret_key|client secret|client_secret|secret|token|auth token|bearer|private key|"
        + SecretNumber;

    /// <summary>The three or four digits beside a card's number.</summary>
    public const string CardCode =
        "cvv|cvc|cvv2|cvc2|card code|card security code|security code|card verification|kartenprüfnummer|kartenprüfziffer|sicherheitscode|code de sécurité|cryptogramme|código de seguridad|código de segurança|"
        + "codice di sicurezza|beveiligingscode|kod cvv|код cvv|код безопасности|güvenlik kodu|セキュリティコード|安全码|安全碼|보안코드";

    /// <summary>Secrets that are a number; of these six digits behind "PIN" are a postcode where India is not ruled out.</summary>
    public const string SecretNumber =
        "pin|puk|pin code|pincode|pin number|pin nummer|pinnummer|geheimzahl|geheimnummer|code pin|code secret|código pin|código secreto|codice pin|codice segreto|pinkode|pinkod|пин|пин код|暗証番号|code confidentiel|pinコード|pin番号|"
        + "security code|one-time code|verification code|otp|otp code|bestätigungscode|sicherheitscode|verifizierungscode|code de vérification|code de sécurité|código de verificación|código de seguridad|"
        + "código de verificação|código de segurança|codice di verifica|codice di sicurezza|verificatiecode|kod weryfikacyjny|код подтверждения|doğrulama kodu|認証コード|確認コード|验证码|驗證碼|인증번호|인증코드|mã xác nhận|mã otp|kode verifikasi|kode otp";

    /// <summary>Names of the sign @, as an address is told at the telephone.</summary>
    public const string SpelledAt = "arroba|arobase|chiocciola|klammeraffe|apenstaartje|małpa|kukac|zavináč|собака|собачка|アットマーク|골뱅이";

    public const string Place = "gps|location|coordinates|koordinaten|standort|position|lat|latitude|coordonnées|coordenadas|ubicación|coordinate|координаты|位置|座標|坐标|좌표|위치";
}
