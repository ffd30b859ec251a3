using CallTracking.Contracts;

namespace CallTracking.Privacy;

/// <summary>Writes a concept dictionary as the YAML that <see cref="ConceptFile"/> reads.</summary>
public static class ConceptWriter
{
    /// <summary>Writes one document.</summary>
    public static void Write(TextWriter writer, IReadOnlyList<DictionaryEntry> entries)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(entries);
        var concepts = entries.Where(entry => entry.Code != ConceptGuards.Code).ToList();
        var guards = entries.FirstOrDefault(entry => entry.Code == ConceptGuards.Code);
        writer.WriteLine("concepts:");
        foreach (var concept in concepts)
        {
            writer.WriteLine($"  {concept.Code}: {{{string.Join(", ", Attributes(concept))}}}");
        }

        writer.WriteLine("languages:");
        foreach (var language in entries.SelectMany(entry => entry.Labels).Select(label => label.Language).Distinct().Order(StringComparer.Ordinal))
        {
            writer.WriteLine($"  {Quoted(language)}:");
            if (guards?.Labels.FirstOrDefault(label => label.Language == language) is { } own)
            {
                writer.WriteLine($"    guards: {{{string.Join(", ", Guards(own))}}}");
            }

            writer.WriteLine("    concepts:");
            foreach (var (concept, label) in concepts.SelectMany(concept => concept.Labels, (concept, label) => (concept, label)).Where(pair => pair.label.Language == language))
            {
                Write(writer, concept, label);
            }
        }
    }

    private static void Write(TextWriter writer, DictionaryEntry concept, DictionaryLabel label)
    {
        writer.WriteLine($"      {concept.Code}:");
        if (label.Text.Length > 0)
        {
            writer.WriteLine($"        label: {Quoted(label.Text)}");
        }

        writer.WriteLine($"        patterns: {List(label.Patterns.Where(pattern => pattern[0] != ConceptGuards.Exception))}");
        if (label.Patterns.Any(pattern => pattern[0] == ConceptGuards.Exception))
        {
            writer.WriteLine($"        except: {List(label.Patterns.Where(pattern => pattern[0] == ConceptGuards.Exception).Select(pattern => pattern[1..]))}");
        }
    }

    private static IEnumerable<string> Attributes(DictionaryEntry concept)
    {
        if (concept.DataClass != DataClass.Unspecified)
        {
            yield return $"class: {DataClassNames.Of(concept.DataClass)}";
        }

        if (concept.Into.Length > 0)
        {
            yield return $"into: {concept.Into}";
        }

        if (concept.Parent.Length > 0)
        {
            yield return $"parent: {Quoted(concept.Parent)}";
        }
    }

    private static IEnumerable<string> Guards(DictionaryLabel label)
    {
        foreach (var group in label.Patterns.Select(pattern => pattern.Split(' ', 2)).GroupBy(pattern => pattern[0]))
        {
            yield return group.Key == ConceptGuards.Window ? $"{group.Key}: {group.First()[1]}" : $"{group.Key}: {List(group.Select(pattern => pattern[1]))}";
        }
    }

    private static string List(IEnumerable<string> texts) => $"[{string.Join(", ", texts.Select(Quoted))}]";

    // Single quotes take everything as it is: backslashes, stars, "no".
    private static string Quoted(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
