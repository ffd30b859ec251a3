using System.Security.Cryptography;
using System.Text;
using CallTracking.Agent.Configuration;
using CallTracking.Agent.Dictionaries;
using CallTracking.Agent.Identity;
using CallTracking.Agent.Sources.Http;
using CallTracking.Agent.Sources.Sql;
using CallTracking.Agent.Spills;
using CallTracking.Agent.Sync;
using CallTracking.Contracts;
using CallTracking.Mapping;
using CallTracking.Mapping.Packs;

namespace CallTracking.Agent.Sources;

/// <summary>The sources of a configuration, or every fault that their mappings have.</summary>
internal sealed record SourceLoad(IReadOnlyList<Source> Sources, IReadOnlyList<Fault> Faults)
{
    /// <summary>Reads the mappings of all sources; all faults of all files are reported at once.</summary>
    /// <param name="settings">The configuration.</param>
    /// <param name="spills">Where records wait that are joined or folded; null for memory, up to a limit: for commands that only look.</param>
    /// <param name="tables">The group's code tables as the hub gave them last; null for those below the state directory.</param>
    public static SourceLoad Of(AgentSettings settings, SpillFolder? spills = null, CodeTableCache? tables = null)
    {
        var known = tables ?? new CodeTableCache(settings.State);
        var loads = settings.Sources.Select(source => (Settings: source, Part: HeldBackTables.Load(known, given => MappingOf(source, settings, given)))).ToList();
        var sources = loads.Where(entry => entry.Part.Load.Mapping is not null)
            .Select(entry => Make(entry.Settings, entry.Part.Load.Mapping!, settings, spills, entry.Part.HeldBack)).ToList();
        return new SourceLoad(sources, [.. loads.SelectMany(entry => entry.Part.Load.Faults), .. sources.SelectMany(source => Misfits(source, settings.File).Concat(PartialFolds(source, settings.File))), .. Doubles(sources, settings.File)]);
    }

    // Everything local that decides what a row becomes: with another shape every row is read again.
    private static byte[] ShapeOf(AgentSettings settings, SourceMapping mapping) => SHA256.HashData(Encoding.UTF8.GetBytes(
        string.Join('\n', AgentVersion.Text, mapping.SourceName, mapping.Digest, settings.Region.Value, settings.Centre, settings.Country)));

    private static MappingLoad MappingOf(SourceSettings source, AgentSettings settings, ICodeTables tables)
    {
        var use = new PackUse(source.Pack?.Pack, settings.Country) { At = source.Pack?.At, Files = source.Joined };
        return source.Pack?.Inline is { } keys ? SourceMapping.Parse(source.Mapping, keys, use, tables) : SourceMapping.Load(source.Mapping, use, tables);
    }

    /// <summary>Tells one state of all mappings from another.</summary>
    public static ulong DigestOf(IEnumerable<Source> sources) =>
        sources.Aggregate(0UL, (digest, source) => System.Numerics.BitOperations.RotateLeft(digest, 1) ^ source.Mapping.Digest);

    private static Source Make(SourceSettings source, SourceMapping mapping, AgentSettings settings, SpillFolder? spills, IReadOnlyList<HeldBackTable> heldBack) => source switch
    {
        { Sql: { } sql } => new SqlSource(source, sql, mapping, settings.File, spills) { HeldBack = heldBack },
        { Http: { } http } => new HttpSource(source, http, mapping, settings.File) { HeldBack = heldBack, JoinKey = new(() => JoinSecretOf(settings, mapping)) },
        _ => new FileSource(source, mapping, settings.File, ShapeOf(settings, mapping), spills, settings.State) { HeldBack = heldBack, JoinKey = new(() => JoinSecretOf(settings, mapping)) },
    };

    private static byte[]? JoinSecretOf(AgentSettings settings, SourceMapping mapping) => mapping.ReadsOtherFiles && new RegionSecret(settings.State).TryLoadSecret() is { } secret
        ? HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes($"calltracking joins\0{mapping.SourceName}"))
        : null;

    /// <summary>A mapping says how records are written; what it says must be what the source gives.</summary>
    private static IEnumerable<Fault> Misfits(Source source, string file)
    {
        var settings = source.Settings;
        if (source.Mapping.ReadsRows != settings.Sql is not null)
        {
            yield return new Fault(
                file,
                settings.Line,
                settings.Column,
                settings.Sql is not null ? $"'sql' gives rows, and {settings.Mapping} reads a file." : $"{settings.Mapping} reads rows of a database, and this entry has no 'sql'.",
                settings.Sql is not null ? "write format: {type: table} in the mapping" : "write how the records are written under format in the mapping");
        }
        else if (settings.Sql is not null && source.Mapping.CheckRows() is { } unfit)
        {
            yield return unfit;
        }
        else if (settings.Http is not null && source.Mapping.RecordsPath is null)
        {
            yield return new Fault(
                file, settings.Line, settings.Column, $"'http' reads an array of records from JSON in UTF-8, and {settings.Mapping} reads something else.", "write format: {type: json, records: path.to.the.array} in the mapping");
        }
    }

    /// <summary>A fold needs all rows of its cases in one reading: files are read all, a query has to see to it, and pages give a part at a time.</summary>
    private static IEnumerable<Fault> PartialFolds(Source source, string file)
    {
        var settings = source.Settings;
        if (source.Mapping.FoldsRows && settings.Http is not null)
        {
            yield return new Fault(
                file,
                settings.Line,
                settings.Column,
                $"{settings.Mapping} folds the rows of a case, and pages give a part of them at a time.",
                "take an export in files, or an interface that gives each case whole");
        }
    }

    /// <summary>Two entries of one source need names, or what one remembers would be taken for the other's.</summary>
    private static IEnumerable<Fault> Doubles(IEnumerable<Source> sources, string file) => sources
        .Where(source => source.IsRemote)
        .GroupBy(source => (source.Name, source.Settings.Sql?.Name ?? source.Settings.Http!.Name))
        .SelectMany(same => same.Skip(1))
        .Select(source => new Fault(
            file, source.Settings.Line, source.Settings.Column, $"Another entry of the source '{source.Name}' is called '{source.Settings.Sql?.Name ?? source.Settings.Http!.Name}' too.", "give one of them a 'name' under 'sql' or 'http'"));
}
