using CallTracking.Mapping.Languages;
using CallTracking.Mapping.Targets;
using CallTracking.Mapping.Values;
using Google.Protobuf;

namespace CallTracking.Mapping.Spec;

/// <summary>Reads <c>language: {detect: [subject, description]}</c>: the columns by whose texts the language is told.</summary>
internal static class LanguageParser
{
    public static LanguageBinding? Parse(YamlMap map, MappingScope scope, TargetPath path, Action<IMessage, string> set)
    {
        var texts = map.TakeScalars("detect");
        var among = map.TakeScalars("among");
        foreach (var language in among.Where(language => !LanguageDetector.Default.Knows(language.Value ?? string.Empty)))
        {
            scope.Faults.Add(language, $"Texts in '{language.Value}' are not known.", NearestNames.Cure(language.Value ?? string.Empty, LanguageDetector.Default.Trained));
        }

        if (texts.Count == 0)
        {
            map.Lacks(["detect"], "A language is detected in texts.", "Write language: {detect: [subject, description]}, with the columns' names.");
            return null;
        }

        var table = TableParser.Parse<string>(map, scope, path, Conversions.Text);
        var stated = map.Has("from") || map.Has("join") || map.Has("template") ? SourceParser.Source(map, scope) : null;
        var source = new ValueSource([.. texts.Select(text => scope.SlotOf(text))], scope.Rules) { JoinWith = "\n" };
        return new LanguageBinding(path.Text, stated, table, source, among.Count == 0 ? null : [.. among.Select(language => language.Value!)], set);
    }
}
