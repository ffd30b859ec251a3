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
internal sealed class HazardLook(AgentSettings settings, FastLaneSettings lane, TimeProvider clock, ILogger logger, int mostRows = HazardLook.DefaultMostRows)
{
    // The keys of more rows are not held: so much is a night's work.
    public const int DefaultMostRows = 1_000_000;

    // So often a case is sought that a look met and the run after it did not; then the night has it.
    private const int MostTries = 5;

    private readonly Dictionary<string, FileVersion> _seen = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Source, string Key), ulong> _sent = [];
    private readonly Dictionary<(string Source, string Key), int> _tries = [];
    private readonly HashSet<string> _tooLong = new(StringComparer.Ordinal);
    private readonly List<Found> _found = [];

    /// <summary>Why a source has no fast lane; null when it has one.</summary>
    public static string? WhyNot(Source source) =>
        !source.IsOfFiles ? "it is asked for whole questions, not for what is new in a file"
        : source.Mapping.FoldsRows ? "its cases are made of rows of all its files"
        : source.Mapping.ReadsOtherFiles ? "it joins other files"
        : null;

    /// <summary>Looks once. What is found stays found until <see cref="Settle"/> says what became of it.</summary>
    public async Task<HazardFinds> LookAsync(IReadOnlyList<Source> sources, CancellationToken cancellationToken)
    {
        _found.Clear();
        var cases = new Dictionary<string, IReadOnlySet<string>>(StringComparer.Ordinal);
        var paths = new HashSet<string>(StringComparer.Ordinal);

        // Sources of one name are one: a case may stand in files of several, and where one changed only all of them tell which version is the newest.
        var changed = sources.Where(source => WhyNot(source) is null && !_tooLong.Contains(source.Name))
            .Select(source => (Source: source, Files: FilesOf(source)))
            .GroupBy(entry => entry.Source.Name)
            .Where(same => same.Any(entry => entry.Files.Any(file => _seen.GetValueOrDefault(file.Path) != file)))
            .ToList();
        if (changed.Count == 0)
        {
            return new HazardFinds(cases, paths);
        }

        using var notes = ShapeLook.Of(settings);
        var concepts = ConceptMatcher.Of(new CodeTableCache(settings.State).Concepts);
        foreach (var same in changed)
        {
            var meeting = new Meeting();
            var isWhole = true;
            foreach (var (source, files) in same)
            {
                isWhole &= await LookAsync(source, files, notes, concepts, meeting, cancellationToken);
            }

            if (!isWhole)
            {
                // A file that was left out has another version by then, or is left to the night, which says what is wrong with it.
                SyncLog.LaneSawAPart(logger, same.Key);
            }

            var found = new Found(same.Key, [.. same.SelectMany(entry => entry.Files)], Fresh(same.Key, meeting));
            if (found.Cases.Count == 0)
            {
                Note(found.Files);
                continue;
            }

            _found.Add(found);
            cases[same.Key] = found.Cases.Keys.ToHashSet(StringComparer.Ordinal);
            paths.UnionWith(found.Files.Select(file => file.Path));
        }

        return new HazardFinds(cases, paths);
    }

    /// <summary>Says which cases of the last look a run took. The others are sought again, a few times; until then their files count as not looked at.</summary>
    /// <returns>How many are settled, and how many are to be tried again.</returns>
    public (int Settled, int Again) Settle(IReadOnlySet<(string Source, string Key)> taken)
    {
        var (settled, again) = (0, 0);
        foreach (var (source, files, cases) in _found)
        {
            var open = 0;
            foreach (var (key, hash) in cases)
            {
                var isTaken = taken.Contains((source, key));
                settled += isTaken ? 1 : 0;
                if (isTaken || IsTriedEnough((source, key)))
                {
                    _sent[(source, key)] = hash;
                }
                else
                {
                    open++;
                }
            }

            again += open;
            if (open == 0)
            {
                Note(files);
            }
        }

        return (settled, again);
    }

    /// <summary>A night has read everything.</summary>
    public void Forget()
    {
        _sent.Clear();
        _tries.Clear();
        _tooLong.Clear();
    }

    private static List<FileVersion> FilesOf(Source source) => [.. SourceFiles.Find(source.Settings.Files!).Files.Select(FileVersion.Of).OfType<FileVersion>()];

    private void Note(IReadOnlyList<FileVersion> files)
    {
        foreach (var file in files)
        {
            _seen[file.Path] = file;
        }
    }

    private bool IsTriedEnough((string Source, string Key) key) => (_tries[key] = _tries.GetValueOrDefault(key) + 1) >= MostTries;

    // The same version of a case does not travel each time that its file grows.
    private Dictionary<string, ulong> Fresh(string source, Meeting meeting) => meeting.Hazards
        .Where(entry => !meeting.IsTooLong && !meeting.IsMetTwice(entry.Key) && _sent.GetValueOrDefault((source, entry.Key)) != entry.Value)
        .ToDictionary(StringComparer.Ordinal);

    /// <summary>False when not all of the source could be looked through.</summary>
    private async Task<bool> LookAsync(Source source, List<FileVersion> files, ISourceNotes notes, ConceptMatcher? concepts, Meeting meeting, CancellationToken cancellationToken)
    {
        var visit = new SourceVisit(notes, clock, static _ => { }) { Wish = new ReadingWish { Paths = files.Select(file => file.Path).ToHashSet(StringComparer.Ordinal) } };
        var isWhole = true;
        try
        {
            await foreach (var input in source.InputsAsync(visit, cancellationToken))
            {
                await using var reader = await input.OpenAsync(cancellationToken);
                while (await reader.ReadAsync(cancellationToken) is { } outcome)
                {
                    Meet(outcome, concepts, meeting);
                    if (meeting.Rows > mostRows)
                    {
                        // Nor at the next look, which would read them all again: a night makes them known.
                        SyncLog.LaneTooLong(logger, source.Name, mostRows);
                        _tooLong.Add(source.Name);
                        meeting.IsTooLong = true;
                        return true;
                    }
                }

                isWhole &= input.Conclude();
            }
        }
        catch (Exception unreadable) when (SourceInput.FaultsOf(source.Name, unreadable) is not null)
        {
            return false;
        }

        return isWhole && visit.IsWhole;
    }

    private void Meet(RowOutcome outcome, ConceptMatcher? concepts, Meeting meeting)
    {
        switch (outcome)
        {
            case RowOutcome.Mapped mapped:
                if (!mapped.IsGone && !SourceTime.IsFuture(mapped.SourceUpdatedAt, clock.GetUtcNow()) && IsHazard(mapped.Case, concepts))
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

    /// <summary>What a look found in the files of a name.</summary>
    private sealed record Found(string Source, IReadOnlyList<FileVersion> Files, IReadOnlyDictionary<string, ulong> Cases);

    private sealed class Meeting
    {
        private readonly HashSet<ulong> _once = [];
        private readonly HashSet<ulong> _twice = [];

        public Dictionary<string, ulong> Hazards { get; } = new(StringComparer.Ordinal);

        public long Rows { get; private set; }

        /// <summary>Not all was met: nothing is concluded.</summary>
        public bool IsTooLong { get; set; }

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
