using System.Collections.Concurrent;
using CallTracking.Agent.Configuration;
using CallTracking.Agent.Sources;
using CallTracking.Mapping;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace CallTracking.Agent.Tests.Sources;

/// <summary>A region whose configuration names a pack, and a help desk that answers as that pack's does: by the path and query of each request.</summary>
internal sealed class PackDesk : IAsyncDisposable
{
    private readonly TempFolder _folder = new();
    private readonly Kept _notes = new();

    private PackDesk(TestDesk desk) => Desk = desk;

    public TestDesk Desk { get; }

    public string Url => Desk.Address.GetLeftPart(UriPartial.Authority);

    public List<string> Said { get; } = [];

    /// <summary>Answers by the beginning of path and query; the longest that fits counts, each time the next of its answers, the last one for ever.</summary>
    public Dictionary<string, string[]> Answers { get; } = [];

    /// <summary>Path and query of the requests, without escapes.</summary>
    public IReadOnlyList<string> Asked => [.. Desk.Asked.Select(Shown)];

    public static async Task<PackDesk> StartAsync()
    {
        var pack = new PackDesk(await TestDesk.StartAsync());
        var given = new ConcurrentDictionary<string, int>();
        pack.Desk.Answer = context =>
        {
            var asked = Shown(context.Request.Path + context.Request.QueryString);
            var key = pack.Answers.Keys.Where(key => asked.StartsWith(key, StringComparison.Ordinal)).MaxBy(key => key.Length);
            if (key is null)
            {
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return Task.CompletedTask;
            }

            var turn = given.AddOrUpdate(key, 0, (_, before) => before + 1);
            return TestDesk.JsonAsync(context, pack.Answers[key][Math.Min(turn, pack.Answers[key].Length - 1)].Replace("{desk}", pack.Url, StringComparison.Ordinal));
        };
        return pack;
    }

    /// <summary>The sources of a configuration with this one entry; its faults as text.</summary>
    public SettingsLoad Configure(string entry) => AgentSettingsFile.Load(_folder.Write("agent.yaml", $"""
        region: DE
        centre: Berlin
        country: DE
        hub: https://localhost:5443
        sources:
          - {entry.Replace("{desk}", Url, StringComparison.Ordinal).ReplaceLineEndings("\n    ")}
        """));

    public string Write(string name, string text) => _folder.Write(name, text);

    public string File(string name) => _folder.File(name);

    /// <summary>One run of the source.</summary>
    public async Task<Read> ReadAsync(string entry, int stopAfter = int.MaxValue)
    {
        var settings = Configure(entry);
        Assert.Equal(string.Empty, string.Join('\n', settings.Faults));
        var load = SourceLoad.Of(settings.Settings!);
        Assert.Equal(string.Empty, string.Join('\n', load.Faults));
        var source = Assert.Single(load.Sources);
        var visit = new SourceVisit(_notes, TimeProvider.System, Said.Add);
        var (outcomes, inputs) = (new List<RowOutcome>(), new List<string>());
        await foreach (var input in source.InputsAsync(visit, CancellationToken.None))
        {
            inputs.Add(input.Name);
            await using var reader = await input.OpenAsync(CancellationToken.None);
            try
            {
                while (await reader.ReadAsync(CancellationToken.None) is { } outcome)
                {
                    outcomes.Add(outcome);
                    if (outcomes.Count >= stopAfter)
                    {
                        return new Read(outcomes, inputs, visit.Faults);
                    }
                }

                _notes.Keep(input.Note);
            }
            catch (SourceFormatException broken)
            {
                input.IsBroken = true;
                visit.Fail(broken.Faults);
            }
        }

        return new Read(outcomes, inputs, visit.Faults);
    }

    public async ValueTask DisposeAsync()
    {
        await Desk.DisposeAsync();
        _folder.Dispose();
    }

    private static string Shown(string address) => Uri.UnescapeDataString(address.Replace('+', ' '));

    private sealed class Kept : ISourceNotes
    {
        private readonly Dictionary<string, byte[]> _notes = [];

        public byte[]? Find(string source, string key) => _notes.GetValueOrDefault(key);

        public void Keep(SourceNote? note)
        {
            if (note is not null)
            {
                _notes[note.Key] = note.Value;
            }
        }
    }
}
