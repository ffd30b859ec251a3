using CallTracking.Agent.Configuration;
using CallTracking.Agent.Sources;
using CallTracking.Contracts;
using CallTracking.Mapping;
using Xunit;

namespace CallTracking.Agent.Tests.Sources;

/// <summary>What one reading of a source gave.</summary>
internal sealed record Read(IReadOnlyList<RowOutcome> Outcomes, IReadOnlyList<string> Inputs, IReadOnlyList<Fault> Faults)
{
    public IEnumerable<RowOutcome.Mapped> Mapped => Outcomes.OfType<RowOutcome.Mapped>();

    public IReadOnlyList<string> Ids => [.. Mapped.Select(mapped => mapped.LocalId)];

    public Fault Fault => Assert.Single(Faults);
}

/// <summary>A configuration with one source in a folder of its own, read as a sync reads it, with notes that stay.</summary>
internal sealed class SourceBench : IDisposable
{
    public const string TableMapping = """
        source: desk
        format: {type: table, max_record_bytes: 100000}
        time_zone: Asia/Tokyo
        key: id
        fields:
          case_number: id
          opened: {from: changed, optional: true}
          subject: {from: subject, optional: true}
        """;

    public const string JsonMapping = """
        source: desk
        format: {type: json, records: tickets}
        time_zone: Asia/Tokyo
        key: id
        fields:
          case_number: id
          opened: changed
          subject: subject
        """;

    private readonly TempFolder _folder = new();
    private readonly Notes _notes = new();

    public List<string> Said { get; } = [];

    public TimeProvider Clock { get; set; } = TimeProvider.System;

    public string File(string name) => _folder.File(name);

    public string Write(string name, string text) => _folder.Write(name, text);

    /// <summary>Writes the configuration; <paramref name="source"/> is the entry's own lines.</summary>
    public SettingsLoad Configure(string source, string mapping = TableMapping, string more = "")
    {
        _folder.Write("mapping.yaml", mapping);
        return AgentSettingsFile.Load(_folder.Write("agent.yaml", $"""
            region: DE
            centre: Berlin
            country: DE
            hub: https://localhost:5443
            sources:
              - mapping: mapping.yaml
                {source.ReplaceLineEndings("\n    ")}
            {more}
            """));
    }

    public SourceLoad Load(string source, string mapping = TableMapping, string more = "")
    {
        var load = Configure(source, mapping, more);
        Assert.Empty(load.Faults);
        return SourceLoad.Of(load.Settings!);
    }

    /// <summary>Reads all; gives up without a note after this many rows, as a killed run does.</summary>
    public async Task<Read> ReadAsync(string source, string mapping = TableMapping, int stopAfter = int.MaxValue)
    {
        var load = Load(source, mapping);
        Assert.Empty(load.Faults);
        var only = Assert.Single(load.Sources);
        var visit = new SourceVisit(_notes, Clock, Said.Add);
        var (outcomes, inputs, faults) = (new List<RowOutcome>(), new List<string>(), visit.Faults);
        await foreach (var input in only.InputsAsync(visit, CancellationToken.None))
        {
            inputs.Add(input.Name);
            if (!await ReadAsync(only, input, outcomes, faults, stopAfter))
            {
                break;
            }
        }

        return new Read(outcomes, inputs, faults);
    }

    public void Dispose() => _folder.Dispose();

    private async Task<bool> ReadAsync(Source source, SourceInput input, List<RowOutcome> outcomes, List<Fault> faults, int stopAfter)
    {
        try
        {
            await using var reader = await input.OpenAsync(CancellationToken.None);
            while (await reader.ReadAsync(CancellationToken.None) is { } outcome)
            {
                outcomes.Add(outcome is RowOutcome.Rejected rejected ? rejected with { RawRecord = rejected.RawRecord.ToArray() } : outcome);
                if (outcomes.Count >= stopAfter)
                {
                    return false;
                }
            }

            _notes.Keep(source.Name, input.Note);
        }
        catch (SourceFormatException broken)
        {
            input.IsBroken = true;
            faults.AddRange(broken.Faults);
        }

        return true;
    }

    private sealed class Notes : ISourceNotes
    {
        private readonly Dictionary<(string Source, string Key), byte[]> _notes = [];

        public byte[]? Find(string source, string key) => _notes.GetValueOrDefault((source, key));

        public void Keep(string source, SourceNote? note)
        {
            if (note is not null)
            {
                _notes[(source, note.Key)] = note.Value;
            }
        }
    }
}
