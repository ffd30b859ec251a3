using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using CallTracking.Agent.Configuration;
using CallTracking.Agent.Dictionaries;
using CallTracking.Agent.Ledger;
using CallTracking.Agent.Sources;
using CallTracking.Agent.Sources.Files;
using CallTracking.Agent.Sync;
using CallTracking.Contracts;
using CallTracking.Mapping;
using CallTracking.Privacy;

namespace CallTracking.Agent.Schedule;

/// <summary>What a look between two nights found.</summary>
/// <param name="Cases">Keys of cases with a hazard that are to travel now, by source.</param>
/// <param name="Paths">The files in which they stand.</param>
internal sealed record HazardFinds(IReadOnlyDictionary<string, IReadOnlySet<string>> Cases, IReadOnlySet<string> Paths)
{
    public int Count => Cases.Values.Sum(keys => keys.Count);
}

/// <summary>
/// Looks for cases with a hazard in files that changed since the last look, without the hub and without writing anything: where a night would read on, and only
/// that. A case of which this look meets several rows is left to the night, which knows what they mean together.
/// </summary>
internal sealed class HazardLook(AgentSettings settings, FastLaneSettings lane, TimeProvider clock, ILogger logger)
{
    // The keys of more rows are not held: so much is a night's work.
    private const int MostRows = 1_000_000;

    private readonly Dictionary<string, FileVersion> _seen = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Source, string Key), ulong> _sent = [];
    private readonly Dictionary<string, FileVersion> _looked = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Source, string Key), ulong> _found = [];

    /// <summary>Why a source has no fast lane; null when it has one.</summary>
    public static string? WhyNot(Source source) =>
        !source.IsOfFiles ? "it is asked for whole questions, not for what is new in a file"
        : source.Mapping.FoldsRows ? "its cases are made of rows of all its files"
        : source.Mapping.ReadsOtherFiles ? "it joins other files"
        : null;

    /// <summary>Looks once. What is found stays found until <see cref="Sent"/> says that it travelled.</summary>
    public async Task<HazardFinds> LookAsync(IReadOnlyList<Source> sources, CancellationToken cancellationToken)
    {
        _looked.Clear();
        _found.Clear();
        var cases = new Dictionary<string, IReadOnlySet<string>>(StringComparer.Ordinal);
        var paths = new HashSet<string>(StringComparer.Ordinal);
        var changed = sources.Where(source => WhyNot(source) is null).Select(source => (Source: source, Files: Changed(source))).Where(entry => entry.Files.Count > 0).ToList();
        if (changed.Count == 0)
        {
            return new HazardFinds(cases, paths);
        }

        using var notes = ShapeLook.Of(settings);
        var concepts = ConceptMatcher.Of(new CodeTableCache(settings.State).Concepts);
        foreach (var same in changed.GroupBy(entry => entry.Source.Name))
        {
            // Sources of one name are one: a case may stand in files of several.
            var meeting = new Meeting();
            var isWhole = true;
            foreach (var (source, files) in same)
            {
                isWhole &= await LookAsync(source, files, notes, concepts, meeting, cancellationToken);
            }

            var keys = isWhole ? Fresh(same.Key, meeting) : [];
            if (isWhole)
            {
                Keep(same.SelectMany(entry => entry.Files));
            }

            if (keys.Count > 0)
            {
                cases[same.Key] = keys;
                paths.UnionWith(same.SelectMany(entry => entry.Files).Select(file => file.Path));
            }
        }

        if (cases.Count == 0)
        {
            Sent();
        }

        return new HazardFinds(cases, paths);
    }

    /// <summary>What the last look found has travelled: its files are looked at again when they change.</summary>
    public void Sent()
    {
        foreach (var (path, version) in _looked)
        {
            _seen[path] = version;
        }

        foreach (var (key, hash) in _found)
        {
            _sent[key] = hash;
        }
    }

    /// <summary>A night has read everything.</summary>
    public void Forget() => _sent.Clear();

    private List<FileVersion> Changed(Source source) =>
        [.. SourceFiles.Find(source.Settings.Files!).Select(FileVersion.Of).OfType<FileVersion>().Where(file => _seen.GetValueOrDefault(file.Path) != file)];

    private void Keep(IEnumerable<FileVersion> files)
    {
        foreach (var file in files)
        {
            _looked[file.Path] = file;
        }
    }

    // The same version of a case does not travel each time that its file grows.
    private HashSet<string> Fresh(string source, Meeting meeting)
    {
        var keys = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (key, hash) in meeting.Hazards.Where(entry => !meeting.IsMetTwice(entry.Key)))
        {
            if (_sent.GetValueOrDefault((source, key)) != hash)
            {
                keys.Add(key);
                _found[(source, key)] = hash;
            }
        }

        return keys;
    }

    /// <summary>False when the source could not be looked through: nothing is concluded then, and the next look tries again.</summary>
    private async Task<bool> LookAsync(Source source, List<FileVersion> files, ISourceNotes notes, ConceptMatcher? concepts, Meeting meeting, CancellationToken cancellationToken)
    {
        var visit = new SourceVisit(notes, clock, static _ => { }) { Wish = new ReadingWish { Paths = files.Select(file => file.Path).ToHashSet(StringComparer.Ordinal) } };
        try
        {
            await foreach (var input in source.InputsAsync(visit, cancellationToken))
            {
                await using var reader = await input.OpenAsync(cancellationToken);
                while (await reader.ReadAsync(cancellationToken) is { } outcome)
                {
                    Meet(outcome, concepts, meeting);
                    if (meeting.Rows > MostRows)
                    {
                        SyncLog.LaneTooLong(logger, source.Name, MostRows);
                        return false;
                    }
                }

                if (!input.Conclude())
                {
                    return false;
                }
            }
        }
        catch (Exception unreadable) when (SourceInput.FaultsOf(source.Name, unreadable) is not null)
        {
            // The night says what is wrong with it.
            return false;
        }

        return visit.IsWhole;
    }

    private void Meet(RowOutcome outcome, ConceptMatcher? concepts, Meeting meeting)
    {
        switch (outcome)
        {
            case RowOutcome.Mapped mapped:
                if (!mapped.IsGone && IsHazard(mapped.Case, concepts))
                {
                    meeting.Hazards[mapped.LocalId] = HashOf(Google.Protobuf.MessageExtensions.ToByteArray(mapped.Case));
                }

                meeting.Met(mapped.LocalId);
                break;
            case RowOutcome.Rejected { LocalId: { } key }:
                meeting.Met(key);
                break;
        }
    }

    private bool IsHazard(Case value, ConceptMatcher? concepts) =>
        value.Hazards.Count > 0 || (concepts is not null && concepts.Explain(value).Any(found => lane.Means(found.Code)));

    private static ulong HashOf(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(bytes));

    private sealed class Meeting
    {
        private readonly HashSet<ulong> _once = [];
        private readonly HashSet<ulong> _twice = [];

        public Dictionary<string, ulong> Hazards { get; } = new(StringComparer.Ordinal);

        public long Rows { get; private set; }

        public void Met(string key)
        {
            Rows++;
            var hash = HashOf(Encoding.UTF8.GetBytes(key));
            if (!_once.Add(hash))
            {
                _twice.Add(hash);
            }
        }

        public bool IsMetTwice(string key) => _twice.Contains(HashOf(Encoding.UTF8.GetBytes(key)));
    }
}
