using Xunit;

namespace CallTracking.Privacy.Tests;

/// <summary>Dates of birth that are no value of the case, by language: behind a word for birth in any spelling, elsewhere in none.</summary>
public sealed class BirthDateTests
{
    private readonly TextDetection _detection = new();

    [Theory]
    [InlineData("Ich heiße Holzapfel, geboren am {4. März 1971}, wohnhaft in der Lindenstraße")]
    [InlineData("Je m'appelle Aurélien, né le {1er mars 1971}, j'habite au centre de la ville")]
    [InlineData("Me llamo Encarnación, nacida el {4 de marzo de 1971}, vivo en el centro de la ciudad")]
    [InlineData("Mi chiamo Ginevra, nata il {4 marzo 1971}, abito in centro e ho un problema")]
    [InlineData("Meu nome é Waldemir, nascido em {4 de março de 1971}, moro na cidade velha")]
    [InlineData("Mijn naam is Marijke, geboren op {4 maart 1971}, ik woon in de stad zelf")]
    [InlineData("Nazywam się Bożena, urodzona {4 marca 1971}, mieszkam przy ulicy Długiej")]
    [InlineData("Jmenuji se Květoslava, narozena {4. března 1971}, bydlím ve starém městě")]
    [InlineData("Jag heter Ingegerd, född {4 mars 1971}, bor på landet sedan många år")]
    [InlineData("Mit navn er Birgitte, født {4. marts 1971}, bor på landet i mange år")]
    [InlineData("Nimeni on Aino, syntynyt {4. maaliskuuta 1971}, asun kaupungin keskustassa")]
    [InlineData("Меня зовут Евдокия, дата рождения {4 марта 1971} г., живу в центре города")]
    [InlineData("Мене звати Одарка, дата народження {4 березня 1971} року, живу в центрі")]
    [InlineData("Adım Nurhayat, doğum tarihim {4 Mart 1971}, adresim şehrin merkezinde bir yer")]
    [InlineData("私は東海林花子と申します。生年月日は{昭和46年3月4日}、住所は東京都です。よろしくお願いいたします。製品が動きません。")]
    [InlineData("제 이름은 남궁지훈이고 생년월일은 {71년 3월 4일}, 주소는 서울입니다. 제품이 작동하지 않아서 문의를 드립니다")]
    [InlineData("我是張雅婷，生日{民國60年3月4日}，住在台北市。我的機器壞了，請盡快與我聯絡，謝謝你們的幫忙，期待你們的回覆，我平常白天都在家")]
    [InlineData("ฉันชื่อ สมชาย ใจดี เกิดวันที่ {4 มีนาคม 2514} ที่อยู่กรุงเทพ เครื่องเสียแล้วครับ")]
    [InlineData("Tôi tên là Nhung, sinh ngày {4 tháng 3 năm 1971}, ở thành phố, máy bị hỏng rồi")]
    [InlineData("Nama saya Siti, lahir tanggal {4 Maret 1971}, alamat di kota, mesin saya rusak")]
    [InlineData("اسمي عبد الرحمن، تاريخ الميلاد {٤ مارس ١٩٧١}، العنوان في المدينة والجهاز لا يعمل")]
    [InlineData("שמי אביגיל, תאריך לידה {4 במרץ 1971}, כתובת בעיר הגדולה והמכשיר לא עובד יותר")]
    [InlineData("נולדתי ב-{4.3.71} בעיר הגדולה והמכשיר לא עובד יותר מאז שקניתי אותו בחנות שלכם")]
    [InlineData("मेरा नाम राजेश है, जन्म तिथि {4 मार्च 1971}, पता दिल्ली। मशीन अब काम नहीं करती है")]
    [InlineData("My name is Thaddeus, born {March 4, 1971}, I live near the river and the unit broke")]
    [InlineData("Με λένε Ευανθία, γεννημένη στις {4 Μαρτίου 1971}, μένω στο κέντρο της πόλης")]
    [InlineData("A nevem Ildikó, születtem {1971. március 4}., címem a belvárosban van, a gép nem megy")]
    [InlineData("Mă numesc Smaranda, născută pe {4 martie 1971}, locuiesc în centrul orașului vechi")]
    [InlineData("Volám sa Jana, narodená {4. marca 1971}, bývam v meste a prístroj nefunguje vôbec")]
    [InlineData("Zovem se Ana, rođena {4. ožujka 1971}., živim u gradu i uređaj više ne radi uopće")]
    [InlineData("Казвам се Иван, роден на {4 март 1971} г., живея в града и уредът не работи вече")]
    [InlineData("A cliente informou os dados: Data de nasc.: {04/03/1971}, cidade de Campinas, o aparelho parou ontem à noite")]
    [InlineData("Dossier complet du client, DDN {04/03/1971}, l'appareil ne démarre plus depuis la semaine dernière")]
    [InlineData("Guten Tag, ich bin am {03.04.1971} geboren und habe das Gerät im Mai gekauft, es geht nicht")]
    [InlineData("Guten Tag, ich wurde am {3. April 1971} in Köln geboren und habe das Gerät im Mai gekauft")]
    [InlineData("Minha senha não funciona, nasci em {23/11/1988} e quero recuperar o acesso à minha conta")]
    public void Look_BirthDate_IsFoundWhole(string marked)
    {
        var text = marked.Replace("{", "", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal);

        Assert.Equal(marked[(marked.IndexOf('{', StringComparison.Ordinal) + 1)..marked.IndexOf('}', StringComparison.Ordinal)], Found(text));
    }

    [Theory]
    [InlineData("Das Gerät wurde am 4. März 1971 gekauft, ich bin im Sommer geboren und wohne hier schon lange")]
    [InlineData("born and raised here; the order number is 710304 and the part number 040371 is missing from it")]
    [InlineData("γεννημένη στην Αθήνα, η συσκευή αγοράστηκε στις 4 Μαρτίου 2021 και δεν λειτουργεί πια")]
    [InlineData("故障发生于2025年6月22日，之后机器就不能用了，请尽快安排维修，谢谢，我已经联系过两次客服了，还是没有人来")]
    [InlineData("4 มีนาคม 2514 เครื่องเสียแล้วครับ กรุณาติดต่อกลับด้วย ขอบคุณมากครับ รออยู่ที่บ้านทุกวัน")]
    [InlineData("Születésnapomra kaptam a gépet, amely azóta sem megy rendesen; 2021. március 4. óta áll")]
    [InlineData("Das Gerät kam am 04.03.2021 an; geboren bin ich in Köln, und es funktioniert bis heute nicht")]
    [InlineData("I bought it on 03/04/2021 for my birthday and it has never worked as the shop told me it would")]
    [InlineData("购买日期2021年3月4日，出生日期未填，机器坏了，请尽快安排维修，谢谢，我已经联系过两次客服了，还是没有人来")]
    public void Look_DateAwayFromBirth_IsNone(string text) => Assert.Equal("", Found(text));

    private string Found(string text) =>
        string.Join('|', _detection.Look(text, "", "", null).Findings.Where(f => f.Entity == "DATE_OF_BIRTH").Select(f => text[f.Start..f.End]));
}
