using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CallTracking.Contracts;
using CallTracking.Mapping.Packs;
using CallTracking.Mapping.Reading.Joins;
using CallTracking.Mapping.Shapes;
using CallTracking.Mapping.Values;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace CallTracking.Mapping.Spec;

/// <summary>Reads a mapping file as a whole. All faults at once; only YAML that is none ends at its first.</summary>
internal static class MappingParser
{
    private static readonly Dictionary<string, DuplicateRule> DuplicateRules = new()
    {
        ["by_time"] = DuplicateRule.ByTime,
        ["reject"] = DuplicateRule.Reject,
        ["latest"] = DuplicateRule.Latest,
        ["number"] = DuplicateRule.Number,
    };

    public static MappingLoad Load(string path, PackUse? use = null, ICodeTables? tables = null)
    {
        var faults = new FaultLog(path);
        return TextOf(path, faults) is { } yaml ? Parse(path, yaml, use, tables) : new MappingLoad(null, faults.Faults);
    }

    /// <summary>The keys and values of a YAML file; null, with a fault noted, when it has none.</summary>
    public static YamlMappingNode? RootOf(string path, FaultLog faults) => TextOf(path, faults) is { } yaml ? ParseRoot(yaml, faults) : null;

    public static MappingLoad Parse(string fileName, string yaml, PackUse? use = null, ICodeTables? tables = null)
    {
        var faults = new FaultLog(fileName);
        var root = ParseRoot(yaml, faults);
        if (use?.At is { } at && root is not null)
        {
            root = root.AllNodes.OfType<YamlMappingNode>().First(node => (node.Start.Line, node.Start.Column) == at);
        }

        var own = use?.At is null ? yaml : root?.ToString();
        var under = root is null ? null : PackLayer.Under(root, yaml, use, faults);
        var mapping = root is null || faults.Faults.Count > 0 ? null : Parse(new YamlMap(root, faults), faults, own!, under, use, tables);
        return faults.Faults.Count > 0 || mapping is null ? new MappingLoad(null, faults.Faults) : new MappingLoad(mapping, []);
    }

    private static SourceMapping? Parse(YamlMap root, FaultLog faults, string yaml, PackLayer? under, PackUse? use, ICodeTables? tables)
    {
        root.Take(PackLayer.Key);
        faults.IsStrict = root.TakeFlag("strict", false);
        var source = SourceOf(root, faults);
        var format = FormatParser.Parse(root, faults);
        var scope = new MappingScope(
            faults, format, new ColumnTable(), new ZoneClock(TimeZoneInfo.Utc), CultureInfo.InvariantCulture, new TextRules())
        {
            Lookups = new LookupFiles(tables ?? new BesideTables(faults.File, faults)),
        };
        if (!root.Has("time_zone"))
        {
            root.Lacks(["time_zone"], "There is no 'time_zone'.", under is null
                ? "Write the zone of the source's times, such as time_zone: Asia/Tokyo; Etc/UTC when they are in UTC."
                : "This export writes its times in the zone of the help desk's account, which no pack can know: write it, as override: {time_zone: Asia/Tokyo}; Etc/UTC when they are in UTC.");
        }

        scope = scope with { Clock = scope.ClockOf(root.TakeScalar("time_zone")), Culture = scope.CultureOf(root.TakeScalar("culture")), TimeChoices = TimeParser.ChoicesOf(root, scope) };
        var keepsDamage = root.TakeChoice("damaged", SourceParser.DamageRules, false);
        scope = scope with { Rules = scope.Rules with { Nulls = SourceParser.Words(root, "nulls"), KeepsDamage = keepsDamage } };
        scope = scope with { Rules = scope.WithForm(root.TakeMap("normalize")) };
        scope = CompositionParser.Parse(root, scope with { Contract = ContractParser.Parse(root, faults) }, use?.Files ?? new Dictionary<string, string>());
        if (!root.Has("contract"))
        {
            faults.Demand(root.Node, "Nothing says what becomes of a value that is not of its field's type.", "Write contract: {retyped: discard row}, or freeze or discard value; evolve is an answer too.");
        }

        if (scope.Contract.New != ContractAnswer.Evolve)
        {
            scope.Composition?.ShowAll();
        }

        var key = KeyParser.Parse(root, scope);
        var composed = scope.Format as ComposedFormat;
        (composed?.Primary.Columns ?? scope.Columns).KeyColumns = [.. key?.Place.Columns ?? [], .. composed?.Fold?.By.Place.Columns ?? []];
        var duplicates = root.TakeChoice("duplicates", DuplicateRules, DuplicateRule.ByTime);
        if (duplicates == DuplicateRule.Number && key is not null and not HashKey)
        {
            faults.Add(root.Take("duplicates")!, "'duplicates: number' tells records without a key of their own apart; this source has one.", "Write duplicates: by_time, latest or reject, or key: {hash_of: row}.");
        }

        var mapper = MapperOf(root, scope, key, out var deciding);
        ContractParser.CheckDeciding(root, scope.Contract, deciding, faults);
        root.RejectUnknown();
        return mapper is null ? null : new SourceMapping(faults.Lines, source, DigestOf(yaml + under?.DigestText, scope.Lookups), scope.Format, scope.Columns, mapper, duplicates)
        {
            Notes = [.. faults.Notes.Distinct().OrderBy(note => note.Line)],
            IsWithin = use?.At is not null,
            Clock = scope.Clock,
            TimeZoneLine = (int)(root.TakeScalar("time_zone")?.Start.Line ?? 0),
            AssumedCountry = under?.AssumedCountry,
            Terms = new ContractTerms { Contract = scope.Contract, Deciding = deciding, Typed = scope.Typed, Paths = scope.Paths, Reads = scope.Reads, Composed = composed, Nulls = scope.Rules.Nulls },
            CodeTables = scope.Lookups.CodeTables,
            Unanswered = OpenWords.In(yaml),
            UnansweredLists = OpenLists.In(yaml),
        };
    }

    private static CaseMapper? MapperOf(YamlMap root, MappingScope scope, KeyRule? key, out IReadOnlySet<string> deciding)
    {
        var updated = UpdatedOf(root, scope);
        var used = scope.Columns.Uses.Count;
        var gone = root.Take("gone") is { } condition && SourceParser.Condition(condition, scope) is { } question ? new GoneRule(question, scope.PlaceOf(condition, used)) : null;
        var filters = FiltersOf(root, scope);
        deciding = scope.Columns.Uses.Select(slot => scope.Columns.Columns[slot].Name).ToHashSet(StringComparer.Ordinal);
        if (!root.Has("fields"))
        {
            root.Lacks(["fields"], "There is no 'fields'.", "Write fields: {case_number: column, opened: column, …}.");
        }

        var bindings = root.TakeMap("fields") is { } fields ? new FieldParser(scope, Case.Descriptor).Parse(fields) : [];
        var custom = CustomFieldParser.Parse(root, scope);
        var unmapped = CustomFieldParser.Unmapped(root, scope);
        if (unmapped.Keep)
        {
            scope.Composition?.ShowAll();
        }

        return key is null ? null : new CaseMapper(key, updated, gone, filters, bindings, custom, unmapped) { Lines = scope.Faults.Lines };
    }

    private static UpdatedRule? UpdatedOf(YamlMap root, MappingScope scope)
    {
        var used = scope.Columns.Uses.Count;
        switch (root.Take("updated"))
        {
            case null:
                return null;
            case YamlScalarNode column:
                return new UpdatedRule(SourceParser.Plain([column], scope), scope.IsoTimes) { Contract = scope.RuleOf(used, isTyped: true), Place = scope.PlaceOf(column, used) };
            case YamlMappingNode mapping:
                var map = new YamlMap(mapping, scope.Faults);
                var times = TimeParser.Parse(map, scope);
                var source = SourceParser.Source(map, scope);
                map.RejectUnknown();
                return source is null ? null : new UpdatedRule(source, times) { Contract = scope.RuleOf(used, isTyped: true), Place = scope.PlaceOf(mapping, used) };
            case { } other:
                scope.Faults.Add(other, "'updated' is the source's time of the last change.", "Write {from: column, format: \"yyyy/MM/dd HH:mm\"}.");
                return null;
        }
    }

    private static List<FilterRule> FiltersOf(YamlMap root, MappingScope scope)
    {
        var filters = new List<FilterRule>();
        var node = root.Take("filter");
        if (node is not null and not YamlSequenceNode)
        {
            scope.Faults.Add(node, "'filter' is a list.", "Write [{drop_when: {from: column, equals: word}, name: why}].");
        }

        foreach (var child in (node as YamlSequenceNode)?.Children ?? [])
        {
            if (child is not YamlMappingNode mapping)
            {
                scope.Faults.Add(child, "A filter has a condition and a name.", "Write {drop_when: {from: column, equals: word}, name: why}.");
                continue;
            }

            var map = new YamlMap(mapping, scope.Faults);
            var drops = map.Has("drop_when");
            var condition = map.Take(drops ? "drop_when" : "keep_when");
            var used = scope.Columns.Uses.Count;
            var name = map.TakeText("name");
            map.RejectUnknown();
            if (condition is null || string.IsNullOrEmpty(name))
            {
                scope.Faults.Add(mapping, "A filter has a condition and a name, by which what it leaves out is counted.", "Write {drop_when: {from: column, equals: word}, name: why}.");
            }
            else if (SourceParser.Condition(condition, scope) is { } question)
            {
                filters.Add(new FilterRule(name, question, drops, scope.PlaceOf(mapping, used)));
            }
        }

        return filters;
    }

    private static string SourceOf(YamlMap root, FaultLog faults)
    {
        var name = root.TakeScalar("source");
        if (name?.Value is { Length: > 0 and <= 64 } text && text.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '-'))
        {
            return text;
        }

        root.Wants("source", "The source has no name of letters a-z, digits and dashes.", "Write source: helpdesk. It becomes part of every case's identity: never change it later.");
        return string.Empty;
    }

    /// <summary>As <see cref="RootOf"/>, of a text.</summary>
    public static YamlMappingNode? ParseRoot(string yaml, FaultLog faults)
    {
        var documents = BrokenYaml.Documents(faults.File, yaml, out var broken);
        if (documents is null)
        {
            faults.Add(new Mark(0, broken!.Line, broken.Column), broken.Message, broken.Cure);
            return null;
        }

        if (documents is [{ RootNode: YamlMappingNode root }])
        {
            return root;
        }

        faults.Add(new Mark(0, 1, 1), "A mapping is one YAML document of keys and values.", "Start with source: name.");
        return null;
    }

    private static ulong DigestOf(string yaml, LookupFiles lookups)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(yaml));
        foreach (var digest in lookups.Digests)
        {
            hash.AppendData(digest);
        }

        return BinaryPrimitives.ReadUInt64BigEndian(hash.GetHashAndReset());
    }

    private static string? TextOf(string path, FaultLog faults)
    {
        try
        {
            return File.ReadAllText(path, new UTF8Encoding(false, throwOnInvalidBytes: true));
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            faults.Add(new Fault(path, 0, 0, "The file cannot be read.", "Check that it exists and that this account may read it."));
        }
        catch (DecoderFallbackException)
        {
            faults.Add(new Fault(path, 0, 0, "The file is not UTF-8.", "Save it as UTF-8; what the mapping's source is encoded in is another matter."));
        }

        return null;
    }
}
