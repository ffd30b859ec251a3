using Xunit;

namespace CallTracking.Privacy.Tests;

/// <summary>Passwords, PINs and names of users behind their word without a colon, and words that are only said of secrets.</summary>
public sealed class SaidSecretTests
{
    private readonly TextDetection _detection = new();

    [Theory]
    [InlineData("비밀번호 4711 입력해도 안 됩니다", "KR", "4711")]
    [InlineData("비밀번호는 abc123입니다", "KR", "abc123")]
    [InlineData("密码是4711，登录不了", "CN", "4711")]
    [InlineData("我的密码4711不对", "CN", "4711")]
    [InlineData("パスワードはabc123です", "JP", "abc123")]
    [InlineData("パスワードは4711です。", "JP", "4711")]
    [InlineData("パスワード：abc12345です", "JP", "abc12345")]
    [InlineData("pw: hunter22", "US", "hunter22")]
    [InlineData("密码：love北京2008", "CN", "love北京2008")]
    [InlineData("密码：abc春天123", "CN", "abc春天123")]
    [InlineData("my password hunter22 fails", "US", "hunter22")]
    [InlineData("Passwort blaubeere7 geht nicht", "DE", "blaubeere7")]
    [InlineData("le mot de passe soleil99 est refusé", "FR", "soleil99")]
    [InlineData("la contraseña sol2468 no va", "ES", "sol2468")]
    [InlineData("minha senha lua2468 não funciona", "BR", "lua2468")]
    [InlineData("hasło slonce7 nie działa", "PL", "slonce7")]
    [InlineData("пароль zima77 не подходит", "RU", "zima77")]
    [InlineData("şifre deniz77 çalışmıyor", "TR", "deniz77")]
    [InlineData("Kennwort 471147 falsch", "DE", "471147")]
    [InlineData("mój PIN to 4711", "PL", "4711")]
    [InlineData("PIN no. 2468 does not work", "US", "2468")]
    [InlineData("暗証番号は4821です", "JP", "4821")]
    [InlineData("2FA code 123456", "US", "123456")]
    [InlineData("the 2FA-Code: 123456 came late", "US", "123456")]
    [InlineData("verification code 123456 expired", "US", "123456")]
    [InlineData("验证码 135790 收到了", "CN", "135790")]
    [InlineData("код подтверждения 135790 не пришёл", "RU", "135790")]
    [InlineData("erreur : code PIN 4711 refusé", "FR", "4711")]
    [InlineData("the card ends in 1111, cvv 417", "US", "417")]
    [InlineData("CVC: 123 wird abgelehnt", "DE", "123")]
    [InlineData("Kartenprüfnummer ist 417", "DE", "417")]
    [InlineData("Sicherheitscode stimmt nicht, PIN 4711", "DE", "4711")]
    public void Look_SecretBehindItsWordAlone_IsFound(string text, string country, string expected) => Assert.Equal(expected, Found(text, country, "CREDENTIAL"));

    [Theory]
    [InlineData("Passwort: vergessen", "DE")]
    [InlineData("пароль: забыл", "RU")]
    [InlineData("mot de passe : oublié", "FR")]
    [InlineData("contraseña: olvidada", "ES")]
    [InlineData("senha: esqueci", "BR")]
    [InlineData("hasło: zapomniałem", "PL")]
    [InlineData("パスワード：忘れた", "JP")]
    [InlineData("パスワード：忘れました！", "JP")]
    [InlineData("密码：忘记了！", "CN")]
    [InlineData("비밀번호: 잊어버렸습니다", "KR")]
    [InlineData("error code PIN 4711", "US")]
    [InlineData("Fehlercode PIN 4711 am Gerät", "DE")]
    [InlineData("code erreur PIN 4711", "FR")]
    [InlineData("código de error PIN 4711", "ES")]
    [InlineData("Passwort 3x falsch, Passwort 10 Zeichen", "DE")]
    [InlineData("password 404 error, password reset 12345", "US")]
    [InlineData("the password (8-12 signs) is asked 5 times", "US")]
    [InlineData("Passwort 2023 geändert, Passwort am 12.03.2025 auch", "DE")]
    [InlineData("パスワード3回間違えた、パスワードを2025年に変更", "JP")]
    [InlineData("密码错误3次，密码长度8位", "CN")]
    [InlineData("mot de passe correct", "FR")]
    [InlineData("token 4711 is expired, the secret of 4711", "US")]
    [InlineData("la parola 4711 del testo", "IT")]
    [InlineData("the 2FA menu 123456", "US")]
    [InlineData("N12FA code 123456", "US")]
    public void Look_WordsAboutSecrets_AreNone(string text, string country) => Assert.Equal("", Found(text, country, "CREDENTIAL"));

    [Theory]
    [InlineData("my username is max77", "US", "max77")]
    [InlineData("Benutzername max77 gesperrt", "DE", "max77")]
    [InlineData("my login is max77.", "US", "max77")]
    [InlineData("我的用户名是max77的", "CN", "max77")]
    [InlineData("加我微信 abc_123", "CN", "abc_123")]
    [InlineData("我的微信是abc_123", "CN", "abc_123")]
    [InlineData("加QQ 123456789 谢谢", "CN", "123456789")]
    [InlineData("QQ：123456789", "CN", "123456789")]
    [InlineData("user abc123 was there, login error500", "US", "")]
    [InlineData("username is wrong 5 times", "US", "")]
    [InlineData("Benutzername 4711 gesperrt", "DE", "")]
    [InlineData("QQ 1234 is old", "US", "")]
    public void Look_NameOfUserBehindItsWordAlone_IsFoundWhereItLooksLikeOne(string text, string country, string expected) =>
        Assert.Equal(expected, Found(text, country, "USERNAME"));

    private string Found(string text, string country, string entity) =>
        string.Join('|', _detection.Look(text, country, "", null).Findings.Where(f => f.Entity == entity).Select(f => text[f.Start..f.End]));
}
