using System.Globalization;
using System.Text;

namespace CallTracking.Mapping.Proposals;

/// <summary>Writes a proposal as the YAML of a mapping, each line with its evidence.</summary>
internal sealed class MappingText
{
    private const string Undated = "No column is read as when a case was last changed (updated): without it a late old file overwrites newer cases. Is there one?";

    private readonly StringBuilder _text = new();

    public required string Source { get; init; }

    public required FormatGuess Format { get; init; }

    public required RegionSetting Region { get; init; }

    public required KeyGuess Key { get; init; }

    public required IReadOnlyList<string> Nulls { get; init; }

    public required IReadOnlyList<ProposedField> Fields { get; init; }

    /// <summary>Lists of a tree, as whole lines of YAML.</summary>
    public required IReadOnlyList<string> Lists { get; init; }

    public required IReadOnlyList<string> Empty { get; init; }

    /// <summary>What a spreadsheet did to columns of the sample.</summary>
    public IReadOnlyList<string> Damage { get; init; } = [];

    public int Rows { get; init; }

    public IEnumerable<string> Questions => Format.Questions.Concat(Damage).Concat(Region.Questions).Concat(Key.Question is { } key ? [key] : []).Concat(IsUndated ? [Undated] : []).Concat(LanguageQuestion is { } language ? [language] : []);

    /// <param name="format">In place of what stands in the mapping: to try it on a sample whose encoding is open.</param>
    public string Write(string? format = null)
    {
        _text.Clear();
        Line(FormattableString.Invariant($"# Proposed from {Rows} records. Behind each line: how sure it is (0 to 1), and why. '?' asks you; then delete the comment."));
        foreach (var question in Questions)
        {
            Line($"# ? {question}");
        }

        Line($"source: {Source}   # part of every case's identity: choose it now, never change it");
        Line($"format: {format ?? Format.Written}   # {Format.Why}{(Format.Encoding is { } encoding ? FormattableString.Invariant($"; encoding {encoding}") : "")}");
        Line($"time_zone: {Region.TimeZone ?? "Etc/UTC"}");
        if (Region.Culture is { } culture)
        {
            Line($"culture: {culture}");
        }

        if (Nulls.Count > 0)
        {
            Line($"nulls: [{string.Join(", ", Nulls.Select(YamlText.Of))}]   # stand for nothing in the sample");
        }

        if (Format.HasHeader)
        {
            Line("# contract: {exchanged: freeze}   # ? where exports may change two columns' places: the source stops, all its files, before a value goes to the other's field; 'calltracking-agent drift --accept' lets it go on");
        }

        Line($"key: {Key.Yaml}   # {Key.Evidence}");
        if (Key.Fold is { } fold)
        {
            Line($"# fold: {fold}   # ? all rows of a case become one, the last by order stands for it, and all are the list 'events'");
        }

        WriteUpdated();
        WriteFields();
        WriteCustomFields();
        if (Empty.Count > 0)
        {
            Line($"# Empty in the sample: {string.Join(", ", Empty)}.");
        }

        return _text.ToString();
    }

    // Where the key is the whole row, nothing overwrites it.
    private bool IsUndated => !Key.IsWholeRow && !Fields.Any(one => one is { Target: "updated", Question: null });

    private void WriteUpdated()
    {
        if (Key.Duplicates is { } duplicates)
        {
            Line($"duplicates: {duplicates}");
        }

        if (Fields.FirstOrDefault(field => field is { Target: "updated", Question: null }) is { } updated)
        {
            Line($"updated: {updated.Value}   # a late old file never overwrites a newer one");
        }
        else if (IsUndated)
        {
            Line("# updated: …   # ? when a case was last changed: without it a late old file overwrites newer cases");
        }
    }

    private void WriteFields()
    {
        Line("fields:");
        if (!Fields.Any(field => field is { Target: "kind", Question: null }))
        {
            Line("  kind: {const: inquiry}   # or repair, survey_answer, social_post");
        }

        if (!Fields.Any(field => field is { Target: "customer_country", Question: null }) && Region.Country is { } country)
        {
            Line($"  customer_country: {{const: {country}}}   # no column says it: right for every case?");
        }

        foreach (var field in Fields.Where(field => field.Target != "custom_fields"))
        {
            Write(field.Target, field);
        }

        if (TellsLanguage)
        {
            Line($"  {(LanguageQuestion is null ? string.Empty : "# ")}language: {{detect: [{string.Join(", ", Texts)}]}}   # {(LanguageQuestion is { } question ? $"? {question}" : "no column says it: told by the texts")}");
        }

        foreach (var line in Lists)
        {
            Line(line);
        }
    }

    private IEnumerable<string> Texts => Fields.Where(one => one.Question is null && IsText(one)).Select(one => YamlText.Of(one.Column));

    // No column says it.
    private bool TellsLanguage => Texts.Any() && !Fields.Any(one => one is { Target: "language", Question: null });

    private string? LanguageQuestion => TellsLanguage && Region.UnknownLanguage is { } language
        ? $"Texts in {language} of {Region.Country} are not known: they would be taken for other languages. Which language are they in? language: {{const: …}}, a column, or detect with among where others come too."
        : null;

    private static bool IsText(ProposedField field) => field.Target is "subject" or "description" ? field.Value == YamlText.Of(field.Column)
        : field.Target == "custom_fields" && field.Value == $"{{from: {YamlText.Of(field.Column)}, class: free_text}}";

    private void WriteCustomFields()
    {
        var custom = Fields.Where(field => field.Target == "custom_fields").ToList();
        if (custom.Count > 0)
        {
            Line($"{(custom.Any(field => field.Question is null) ? string.Empty : "# ")}custom_fields:   # what the case has no field for, each with its data class");
            custom.ForEach(field => Write(YamlText.Of(field.Column), field));
        }
    }

    private void Write(string name, ProposedField field)
    {
        var sign = field.Question is null ? string.Empty : "# ";
        var lines = field.Value.Split(Environment.NewLine);
        var evidence = string.Create(CultureInfo.InvariantCulture, $"   # {field.Confidence:0.00} {field.Evidence}{(field.Question is null ? "" : $" ? {field.Question}")}");
        Line($"  {sign}{name}:{(lines[0].Length > 0 ? " " : "")}{lines[0]}{evidence}");
        foreach (var line in lines.Skip(1))
        {
            Line($"{(sign.Length > 0 ? "  # " : "")}{line}");
        }
    }

    private void Line(string line) => _text.Append(YamlText.Comment(line.TrimEnd())).Append('\n');
}
