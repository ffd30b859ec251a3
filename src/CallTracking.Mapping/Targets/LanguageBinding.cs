using CallTracking.Mapping.Languages;
using CallTracking.Mapping.Values;
using Google.Protobuf;

namespace CallTracking.Mapping.Targets;

/// <summary>The language of a case: as the source states it, else as its texts tell; "und" where they do not, nothing where there are none.</summary>
internal sealed class LanguageBinding(
    string fieldName, ValueSource? stated, ValueTable<string>? table, ValueSource texts, IReadOnlyCollection<string>? among, Action<IMessage, string> set)
    : Binding(fieldName)
{
    public override RowFault? Apply(SourceRow row, IMessage target)
    {
        if (Stated(row, out var language) is { } fault)
        {
            return Named(fault);
        }

        if (language.Length > 0)
        {
            set(target, language);
            return null;
        }

        if (texts.Single(row, out var text, out var isPresent) is { } unread)
        {
            return Named(unread);
        }

        if (isPresent)
        {
            set(target, LanguageDetector.Default.Detect(text.ToString(), among));
        }

        return null;
    }

    private RowFault? Stated(SourceRow row, out string language)
    {
        language = string.Empty;
        if (stated is null)
        {
            return null;
        }

        if (stated.Single(row, out var text, out var isPresent) is { } fault)
        {
            return fault;
        }

        if (!isPresent)
        {
            return null;
        }

        if (table is not null)
        {
            var answer = table.Find(text.Span);
            language = answer is { HasValue: true } known ? known.Value : string.Empty;
            return answer is null ? TableFaults.Unmapped(text, table) : null;
        }

        language = text.ToString();
        return null;
    }
}
