using System.Collections.Frozen;

namespace CallTracking.Privacy;

/// <summary>What is a secret by its looks, and what is only said of one.</summary>
internal static class SecretWords
{
    // Said of passwords, and none.
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> NoSecrets = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        [
            "invalid", "expired", "wrong", "incorrect", "reset", "missing", "required", "null", "none", "failed", "error", "forgotten", "forgot", "lost", "unknown", "changed", "yes", "no", "the", "please",
            "falsch", "ungültig", "abgelaufen", "vergessen", "unbekannt", "verloren", "geändert", "fehlt", "keins", "keines", "zurücksetzen", "zurückgesetzt",
            "oublié", "oublie", "oubliée", "perdu", "inconnu", "erroné", "incorrecte", "invalide", "expiré", "aucun", "changé",
            "olvidado", "olvidada", "olvidé", "olvide", "perdida", "perdido", "incorrecta", "incorrecto", "errónea", "caducada", "ninguna", "desconocida",
            "esqueci", "esquecida", "esquecido", "perdi", "incorreta", "inválida", "expirada", "nenhuma", "desconhecida", "redefinir",
            "dimenticata", "dimenticato", "persa", "smarrita", "errata", "sbagliata", "scaduta", "sconosciuta", "nessuna",
            "vergeten", "kwijt", "onbekend", "verlopen", "ongeldig", "onjuist", "zapomniałem", "zapomniałam", "zapomniane", "zapomniano", "nieznane", "błędne", "wygasło", "brak",
            "забыл", "забыла", "забыли", "забыт", "утерян", "потерян", "потерял", "неверный", "неправильный", "неизвестен", "истёк", "истек", "сброшен", "забув", "забула",
            "unuttum", "unutuldu", "bilmiyorum", "yanlış", "glömt", "glömde", "saknas", "felaktigt", "glemt", "mistet", "ukjent", "unohdin", "unohtunut", "hukassa",
            "zapomněl", "zapomněla", "zapomenuto", "zabudol", "zabudnuté", "elfelejtettem", "elfelejtve", "elveszett", "am uitat", "uitat", "uitată", "ξέχασα", "ξεχάστηκε", "quên", "lupa", "ลืม", "نسيت", "منسية", "שכחתי", "भूल गया",
            "忘れた", "忘れました", "忘れ", "忘れてしまった", "忘れてしまいました", "失念", "失念しました", "不明", "わからない", "分からない", "わかりません", "分かりません", "なし", "紛失", "変更済み",
            "忘记", "忘记了", "忘了", "忘記", "忘記了", "不知道", "不记得", "不記得", "丢失", "错误", "錯誤", "无", "過期", "过期", "잊음", "잊어버림", "잊었음", "잊었습니다", "잊어버렸습니다", "까먹음", "모름", "모릅니다", "분실", "없음", "오류",
        ]).GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Verbs = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase, "is", "was", "ist", "war", "lautet", "heißt", "est", "était", "era", "es", "é", "jest", "to", "är", "er", "è", "on", "は", "是", "为", "это")
        .GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly string[] Endings =
        ["です", "でした", "だ", "で", "と", "を", "が", "は", "に", "の", "も", "より", "から", "なん", "입니다", "이에요", "예요", "이고", "이라", "라고", "로", "으로", "은", "는", "이", "가", "을", "를", "인데", "했", "的", "了", "，", "吗", "登", "不", "无", "是", "就", "但", "也", "都", "和"];

    public static bool IsVerb(ReadOnlySpan<char> word) => Verbs.Contains(word);

    public static bool IsSaidOfSecrets(ReadOnlySpan<char> value) => NoSecrets.Contains(value.TrimEnd("!！？?…"));

    /// <summary>Has a digit, or a sign beside its letters.</summary>
    public static bool LooksLikeOne(ReadOnlySpan<char> value)
    {
        var (letters, digits, signs) = Count(value);
        return digits > 0 || (letters > 0 && signs > 0);
    }

    /// <summary>Has a digit beside its letters.</summary>
    public static bool IsMixed(ReadOnlySpan<char> value) => Count(value) is { Letters: > 0, Digits: > 0 };

    /// <summary>
    /// The length of the value without the sentence's end that is written on without a blank: パスワードはabc123です. Other signs of such a script may be
    /// the secret's own: 密码：love北京2008.
    /// </summary>
    public static int LengthBeforeEnding(ReadOnlySpan<char> value)
    {
        var length = 0;
        while (length < value.Length && TextSigns.Of(value[length]) != TextSigns.Unspaced)
        {
            length++;
        }

        return length > 0 && length < value.Length && (Goes(value[length..]) || IsNumber(value[..length])) ? length : value.Length;
    }

    // A number and what is counted: 3回.
    private static bool IsNumber(ReadOnlySpan<char> value)
    {
        foreach (var sign in value)
        {
            if (!TextSigns.IsDigit(sign))
            {
                return false;
            }
        }

        return true;
    }

    private static bool Goes(ReadOnlySpan<char> behind)
    {
        foreach (var ending in Endings)
        {
            if (behind.StartsWith(ending, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    private static (int Letters, int Digits, int Signs) Count(ReadOnlySpan<char> value)
    {
        var (letters, digits, signs) = (0, 0, 0);
        foreach (var sign in value)
        {
            letters += char.IsLetter(sign) ? 1 : 0;
            digits += char.IsDigit(sign) ? 1 : 0;
            signs += sign is '!' or '#' or '$' or '%' or '&' or '*' or '_' or '@' or '^' or '+' or '?' ? 1 : 0;
        }

        return (letters, digits, signs);
    }
}
