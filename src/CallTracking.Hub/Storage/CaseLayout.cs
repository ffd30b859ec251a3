using CallTracking.Contracts;

namespace CallTracking.Hub.Storage;

/// <summary>The two texts of a case that stand in columns of <c>cases</c>, redacted, so that SQL can search them.</summary>
internal readonly record struct CaseTexts(string Subject, string Description);

/// <summary>
/// How a redacted case is laid into a row of <c>cases</c>: subject and description in columns, all the rest as protobuf in
/// <c>record</c>. The record keeps the form of the two texts (clear, masked, generalized) with an empty value, so that nothing
/// is stored twice and nothing is lost. A text that is no text (pseudonym, sealed) stays in the record and its column is empty.
/// </summary>
internal static class CaseLayout
{
    /// <summary>Takes the two texts out of the case; what is left of it, serialised, is the <c>record</c>.</summary>
    public static CaseTexts Split(Case @case) => new(Take(@case.Subject), Take(@case.Description));

    /// <summary>Puts a row together to the case that <see cref="Split"/> took apart.</summary>
    public static Case Join(ReadOnlySpan<byte> record, CaseTexts texts)
    {
        var @case = Case.Parser.ParseFrom(record);
        Give(@case.Subject, texts.Subject);
        Give(@case.Description, texts.Description);
        return @case;
    }

    private static string Take(PersonalText? value)
    {
        var text = value?.FormCase switch
        {
            PersonalText.FormOneofCase.Clear => value.Clear,
            PersonalText.FormOneofCase.Masked => value.Masked,
            PersonalText.FormOneofCase.Generalized => value.Generalized,
            _ => string.Empty,
        };
        Give(value, string.Empty);
        return text;
    }

    private static void Give(PersonalText? value, string text)
    {
        switch (value?.FormCase)
        {
            case PersonalText.FormOneofCase.Clear:
                value.Clear = text;
                break;
            case PersonalText.FormOneofCase.Masked:
                value.Masked = text;
                break;
            case PersonalText.FormOneofCase.Generalized:
                value.Generalized = text;
                break;
        }
    }
}
