using System.Text;
using CallTracking.Contracts;
using Xunit;

namespace CallTracking.Privacy.Tests;

public sealed class StructuredDetectorTests
{
    private readonly TextDetection _detection = new();

    [Theory]
    [InlineData("from 192.168.100.200 and 10.0.0.0/8.", "192.168.100.200|10.0.0.0/8")]
    [InlineData("at fe80::1%eth0, ::1 or ::ffff:172.16.0.1", "fe80::1%eth0|::1|::ffff:172.16.0.1")]
    [InlineData("2001:db8::1, 684D:1111:222:3333:4444:5555:6:77", "2001:db8::1|684D:1111:222:3333:4444:5555:6:77")]
    [InlineData("MyClass::toString, Port 80:443, 12:30:45, 2001::25de::cade, firmware 10.0.1.2", "")]
    public void Look_NetworkAddress_IsFoundWhole(string text, string expected) => Assert.Equal(expected, Found(text, "", "IP_ADDRESS"));

    [Theory]
    [InlineData("mac 00:1A:2B:3C:4D:5E.", "00:1A:2B:3C:4D:5E")]
    [InlineData("AA-BB-CC-DD-EE-0F", "AA-BB-CC-DD-EE-0F")]
    [InlineData("address aabb.ccdd.eeff", "aabb.ccdd.eeff")]
    [InlineData("00:1A:2B:3C:4D and 00:1A:2B:3C:4D:5E:6F", "")]
    public void Look_HardwareAddress_IsFoundWhole(string text, string expected) => Assert.Equal(expected, Found(text, "", "MAC_ADDRESS"));

    [Theory]
    [InlineData("see https://example.com/help. Or (http://example.com/a_(b)).", "https://example.com/help|http://example.com/a_(b)", DataClass.Technical)]
    [InlineData("https://example.com/users/max", "https://example.com/users/max", DataClass.Handle)]
    [InlineData("ftp://max:secret@example.com/x", "ftp://max:secret@example.com/x", DataClass.Credential)]
    [InlineData("www.instagram.com/max", "www.instagram.com/max", DataClass.Handle)]
    [InlineData("http://x 'www.microsoft'", "", DataClass.Technical)]
    public void Look_Page_IsFoundWithItsClass(string text, string expected, DataClass dataClass)
    {
        Assert.Equal(expected, Found(text, "", "URL"));
        Assert.All(_detection.Look(text, "", "", null).Findings.Where(f => f.Entity == "URL"), f => Assert.Equal(dataClass, f.DataClass));
    }

    [Theory]
    [InlineData("key AKIAIOSFODNN7EXAMPLE in the log")]
    [InlineData("Authorization: eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U")]
    [InlineData("I used ghp_kGbCCynnIqxOfNgswzSqblUumgWfcwsFmquU for the API")]
    [InlineData("aws key AKIAQWERTYUIOPASDFGH in the log")]
    [InlineData("Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJhYmMifQabcdefgh.")]
    [InlineData("vault hvs.CAESIJlU9jqW3yQk2mXzZ0ab in use")]
    [InlineData("-----BEGIN PGP PRIVATE KEY BLOCK-----\nlQVYBGB\n-----END PGP PRIVATE KEY BLOCK-----")]
    [InlineData("password: hunter2!")]
    [InlineData("Passwort lautet Geheim99, danke")]
    [InlineData("パスワード：abc12345")]
    [InlineData("-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA\n-----END RSA PRIVATE KEY-----")]
    public void Look_Secret_IsFound(string text) => Assert.Contains(_detection.Look(text, "", "", null).Findings, f => f.DataClass == DataClass.Credential);

    [Theory]
    [InlineData("the password is wrong")]
    [InlineData("password: reset")]
    [InlineData("token: invalid")]
    [InlineData("see the key-performance-indicators-of-the-whole-company, sk-based-on-nothing-that-is-random")]
    [InlineData("part sk-WaschmaschinenTrommelLagerDichtungSatz")]
    public void Look_WordsAboutSecrets_AreNone(string text) => Assert.DoesNotContain(_detection.Look(text, "", "", null).Findings, f => f.DataClass == DataClass.Credential);

    [Theory]
    [InlineData("16Yeky6GMjeNkAiNcBY7ZhrLoMSgg1BoyZ", true)]
    [InlineData("16Yeky6GMjeNkAiNcBY7ZhrLoMSgg1BoyY", false)]
    [InlineData("bc1p5d7rjq7g6rdk2yhzks9smlaqtedr4dekq08ge8ztwac72sfr9rusxg3297", true)]
    [InlineData("bc1p5d7rjq7g6rdk2yhzks9smlaqtedr4dekq08ge8ztwac72sfr9rusxg3298", false)]
    public void Look_CryptoAddress_IsFoundByItsCheckSum(string text, bool isOne) => Assert.Equal(isOne ? text : "", Found(text, "", "CRYPTO"));

    [Theory]
    [InlineData("вул. Хрещатик 22, м. Київ. Замовлення 4412345.", "UA", "вул. Хрещатик 22")]
    [InlineData("Atatürk Caddesi No: 15 Daire 4, 35220 İzmir. Sipariş 8841299", "TR", "Atatürk Caddesi No: 15 Daire 4, 35220")]
    [InlineData("DOB 03/14/1988, 742 Evergreen Terrace", "US", "742 Evergreen Terrace")]
    [InlineData("0532 123 45 67, Atatürk Caddesi", "TR", "")]
    [InlineData("067 123 45 67, вул. Хрещатик", "UA", "")]
    [InlineData("at 370 3911 Fourth Avenue", "US", "370 3911 Fourth Avenue")]
    [InlineData("住所は東京都新宿区西新宿2-8-1です。", "JP", "東京都新宿区西新宿2-8-1")]
    [InlineData("京都府京都市中京区１－２－３に", "JP", "京都府京都市中京区１－２－３")]
    [InlineData("型番は新都市版2-8-1です", "JP", "")]
    [InlineData("Οδός Ερμού 25, 10563 Αθήνα", "GR", "Οδός Ερμού 25, 10563")]
    [InlineData("bytem Dlouhá 12, 110 00 Praha 1", "CZ", "Dlouhá 12, 110 00")]
    public void Look_AddressBesideOtherValues_IsFoundWithoutThem(string text, string country, string expected) => Assert.Equal(expected, Found(text, country, "STREET_ADDRESS"));

    [Theory]
    [InlineData("Ship it to 1690 Hospital Way, Minneapolis, MN 55401 please", "1690 Hospital Way, Minneapolis, MN 55401")]
    [InlineData("wohnt in der Lindenstraße 14a, 04103 Leipzig", "Lindenstraße 14a, 04103")]
    [InlineData("habite 12 rue de la Paix, 75002 Paris", "12 rue de la Paix, 75002")]
    [InlineData("habite 12 rue de l'Église, 69003 Lyon", "12 rue de l'Église, 69003")]
    [InlineData("Domicilio: Calle de la Paz, 23, 5A.\nCP: 28016", "Calle de la Paz, 23, 5A")]
    [InlineData("bor på Storgatan 46", "Storgatan 46")]
    [InlineData("mieszka ul. Miła 53", "ul. Miła 53")]
    [InlineData("P.O. Box 242", "P.O. Box 242")]
    [InlineData("vive en Passeig de Gràcia, 92", "Passeig de Gràcia, 92")]
    [InlineData("la fábrica está en Ctra. de Burgos, km. 12,400 y cierra", "Ctra. de Burgos, km. 12,400")]
    [InlineData("Carretera Nacional II, Km 31", "Carretera Nacional II, Km 31")]
    [InlineData("vivo en la Calle 72 # 10-34, gracias", "Calle 72 # 10-34")]
    [InlineData("Carrera 7 A No. 45 B - 12 Bogotá", "Carrera 7 A No. 45 B - 12")]
    [InlineData("Calle Mayor 119 08035 Barcelona. Tel 93 2746809", "Calle Mayor 119 08035")]
    [InlineData("Calle Mayor 119-129 08035 Barcelona. Tel 93 2746809", "Calle Mayor 119-129 08035")]
    [InlineData("calle 5, no 3 veces", "")]
    [InlineData("TV 55 No 12-34, pedido 7 # 10-34", "")]
    [InlineData("El coche hizo 300 km 12 veces", "")]
    [InlineData("Adres bilgim: Bağdat Cad. No: 45, cihaz bozuldu", "Bağdat Cad. No: 45")]
    [InlineData("cihaz şurada: Atatürk Caddesi No:12 adresinde", "Atatürk Caddesi No:12")]
    [InlineData("mieszkam: al. Jerozolimskie 44, 00-024 Warszawa", "al. Jerozolimskie 44, 00-024")]
    [InlineData("wysyłka na os. Tysiąclecia 15 proszę", "os. Tysiąclecia 15")]
    [InlineData("J'habite au 14 bis rue des Acacias", "14 bis rue des Acacias")]
    [InlineData("J'habite au 12 bis rue de l’Essai", "12 bis rue de l’Essai")]
    [InlineData("livrer 14 B rue Victor Hugo", "14 B rue Victor Hugo")]
    [InlineData("nummer 1234, Nørregade 5", "Nørregade 5")]
    [InlineData("Durchwahl 44, Frau Dr. Maier", "")]
    [InlineData("Storgatan 12, 114 55 Stockholm", "Storgatan 12, 114 55")]
    [InlineData("Keizersgracht 123, 1015 CJ Amsterdam", "Keizersgracht 123, 1015 CJ")]
    [InlineData("Dorpsstraat 12a, 3512JK Utrecht", "Dorpsstraat 12a, 3512JK")]
    [InlineData("Falei via WhatsApp no 11 ontem", "")]
    [InlineData("Wash at 60 C via Bluetooth", "")]
    [InlineData("Fehler 42, Lange Straße 5", "Lange Straße 5")]
    [InlineData("12, Main Street, 90210", "12, Main Street, 90210")]
    public void Look_StreetAddress_IsFoundWhole(string text, string expected) => Assert.Equal(expected, Found(text, "", "STREET_ADDRESS"));

    [Theory]
    [InlineData("東京都港区六本木6丁目10番1号です", "東京都港区六本木6丁目10番1号")]
    [InlineData("住所は千代田区丸の内1丁目9-1", "千代田区丸の内1丁目9-1")]
    [InlineData("请寄到上海市南京西路1266号，谢谢", "上海市南京西路1266号")]
    [InlineData("주소는 강남구 테헤란로 152 입니다", "강남구 테헤란로 152")]
    [InlineData("注文は3番目です。5号機、第2路由器12号", "")]
    [InlineData("버튼으로 3번 눌렀고 앞으로 2주", "")]
    public void Look_EastAsianStreet_IsFoundWhole(string text, string expected) => Assert.Equal(expected, Found(text, "", "STREET_ADDRESS"));

    [Theory]
    [InlineData("BIC: DEUTDEFF", "DEUTDEFF")]
    [InlineData("my swift code is CHASUS33XXX thanks", "CHASUS33XXX")]
    [InlineData("IBAN DE89 3704 0044 0532 0130 00, COBADEFFXXX", "COBADEFFXXX")]
    [InlineData("BIC: DEUTZZFF, swift PASSWORD", "")]
    [InlineData("CHASUS33XXX", "")]
    [InlineData("X-DEUTDEFF-1 is the swift part", "")]
    public void Look_BankCode_IsFoundBesideItsWordOrAnAccount(string text, string expected) => Assert.Equal(expected, Found(text, "", "BIC_CODE"));

    [Theory]
    [InlineData("Fecha de nacimiento: 13/03/1955", "DATE_OF_BIRTH", "13/03/1955")]
    [InlineData("geboren am 7. Mai 1980 in Köln und so weiter und so fort, wie man sagt", "DATE_OF_BIRTH", "7. Mai 1980")]
    [InlineData("生年月日：1955年3月13日", "DATE_OF_BIRTH", "1955年3月13日")]
    [InlineData("The device was bought on 2021-05-21 and repaired since, and it broke again on 2022-05-21.", "DATE_TIME", "")]
    [InlineData("at 10.20.30.40", "DATE_TIME", "")]
    [InlineData("a man of 63 years old who called", "AGE", "63 years old")]
    [InlineData("paciente varón de 63 años", "AGE", "63 años")]
    [InlineData("garantía de 2 años, 3 years of warranty", "AGE", "")]
    [InlineData("at 48.85837, 2.294481 today", "COORDINATES", "48.85837, 2.294481")]
    [InlineData("NASS: 95-16275568-30.", "ID", "95-16275568-30")]
    [InlineData("user name: max_muster99", "USERNAME", "max_muster99")]
    [InlineData("follow @max_muster now", "SOCIAL_HANDLE", "@max_muster")]
    [InlineData("〒862-0951 熊本県", "ZIP_CODE", "862-0951")]
    public void Look_OtherKinds_AreFoundWhole(string text, string entity, string expected) => Assert.Equal(expected, Found(text, "", entity));

    [Fact]
    public void Look_OneAccountInTwoSpellings_HasOnePlaceholder() =>
        Assert.Equal("[CARD_1] is [CARD_1], not [CARD_2]", _detection.Look("DE89 3704 0044 0532 0130 00 is DE89370400440532013000, not GB29NWBK60161331926819", "DE", "de", null).Redacted);

    [Fact]
    public void Look_RedactedText_FindsNothingMore()
    {
        var text = "Max, a@b.de, +49 89 1234567, DE89 3704 0044 0532 0130 00, 1690 Hospital Way, MN 55401, 10.20.30.40, password: hunter2";
        var redacted = _detection.Look(text, "DE", "de", null).Redacted;

        Assert.Equal(redacted, _detection.Look(redacted, "DE", "de", null).Redacted);
    }

    [Fact]
    public void Look_AnyText_GivesPlacesInsideIt()
    {
        const string signs = "0123456789０٣۴५ABCdeü日本。.,:;@=/-–+()[]#% \t\n\u00A0\u3000\uD83D\uDE00\uD800'\"\u0301ßЖ漢ーn°";
        string[] pieces = ["http://", "www.", "Suite ", "St. ", "password: ", "PESEL ", "DE89", "tel. ", "〒", "born ", "10.0.0.1", "::", "4111 1111", "calle ", "\u202F", "[ID_1]", "0x", "-----BEGIN "];
        var random = new Random(3);
        for (var i = 0; i < 3_000; i++)
        {
            var text = new StringBuilder();
            while (text.Length < 60)
            {
                _ = random.Next(4) == 0 ? text.Append(pieces[random.Next(pieces.Length)]) : text.Append(signs[random.Next(signs.Length)]);
            }

            var fuzzed = text.ToString();
            Assert.All(_detection.Look(fuzzed, i % 2 == 0 ? "DE" : "US", "", null).Findings, f => Assert.True(f.Start >= 0 && f.Start < f.End && f.End <= fuzzed.Length));
        }
    }

    private string Found(string text, string country, string entity) =>
        string.Join('|', _detection.Look(text, country, "", null).Findings.Where(f => f.Entity == entity).Select(f => text[f.Start..f.End]));
}
