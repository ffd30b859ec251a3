using CallTracking.Agent.Configuration;
using CallTracking.Agent.Sources.Http;
using CallTracking.Agent.Sources.Sql;
using CallTracking.Contracts;
using CallTracking.Mapping;

namespace CallTracking.Agent.Sources;

/// <summary>The sources of a configuration, or every fault that their mappings have.</summary>
internal sealed record SourceLoad(IReadOnlyList<Source> Sources, IReadOnlyList<Fault> Faults)
{
    /// <summary>Reads the mappings of all sources; all faults of all files are reported at once.</summary>
    public static SourceLoad Of(AgentSettings settings)
    {
        var loads = settings.Sources.Select(source => (Settings: source, Load: SourceMapping.Load(source.Mapping))).ToList();
        var sources = loads.Where(entry => entry.Load.Mapping is not null).Select(entry => Make(entry.Settings, entry.Load.Mapping!, settings.File)).ToList();
        return new SourceLoad(sources, [.. loads.SelectMany(entry => entry.Load.Faults), .. sources.SelectMany(source => Misfits(source, settings.File)), .. Doubles(sources, settings.File)]);
    }

    /// <summary>Tells one state of all mappings from another.</summary>
    public static ulong DigestOf(IEnumerable<Source> sources) =>
        sources.Aggregate(0UL, (digest, source) => System.Numerics.BitOperations.RotateLeft(digest, 1) ^ source.Mapping.Digest);

    private static Source Make(SourceSettings settings, SourceMapping mapping, string file) => settings switch
    {
        { Sql: { } sql } => new SqlSource(settings, sql, mapping, file),
        { Http: { } http } => new HttpSource(settings, http, mapping, file),
        _ => new FileSource(settings, mapping, file),
    };

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
        else if (settings.Http is not null && source.Mapping.RecordsPath is null)
        {
            yield return new Fault(
                file, settings.Line, settings.Column, $"'http' gives JSON in UTF-8, and {settings.Mapping} reads something else.", "write format: {type: json, records: path.to.the.array} in the mapping");
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
