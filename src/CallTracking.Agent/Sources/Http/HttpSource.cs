using System.Globalization;
using System.Runtime.CompilerServices;
using CallTracking.Agent.Configuration;
using CallTracking.Contracts;
using CallTracking.Mapping;

namespace CallTracking.Agent.Sources.Http;

/// <summary>The pages of an interface, from where the last run has come.</summary>
internal sealed class HttpSource(SourceSettings settings, HttpSettings http, SourceMapping mapping, string configurationFile) : Source(settings, mapping)
{
    public override bool IsRemote => true;

    private string NoteKey => $"http {http.Name}";

    public override async IAsyncEnumerable<SourceInput> InputsAsync(SourceVisit visit, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var mask = new SecretMask();
        using var client = Try(() => new PageClient(http, Name, mask, visit.Say, visit.Clock), mask, visit);
        var digest = SourceDigest.Of(Mapping, http.Url.Template, http.Name, http.Paging.ToString(), string.Join('.', http.Cursor?.From ?? []), http.Open?.Url.Template, string.Join('\n', http.Expand.Select(expansion => $"{expansion.As} {expansion.Url?.Template} {string.Join('.', expansion.In ?? [])}")), http.Cursor?.Start.ToString("O", CultureInfo.InvariantCulture));
        var kept = http.Cursor is null || visit.Wish.Reread ? null : HttpProgress.Read(visit.Notes.Find(Name, NoteKey), digest);
        var walk = new PageWalk(http, http.Open?.List ?? Mapping.RecordsPath!, kept ?? HttpProgress.Begin(digest, visit.Clock.GetUtcNow()), Mapping.TimeZone, mask, visit.Clock);
        using var expander = client is null ? null : new PageExpander(http, Mapping.RecordsPath!, client, mask, Mapping.TimeZone);
        var query = client?.Query(body => Scan(body, expander!.List), http.Rate.PerMinute);
        while (client is not null && !walk.IsOver)
        {
            var answer = await TryAsync(() => walk.StepAsync(client, query!, expander!, Name, visit.Say, cancellationToken), mask, visit);
            if (answer is null)
            {
                yield break;
            }

            var input = new PageInput(Mapping, answer.Body, walk, http.Name, NoteKey) { JoinSecret = JoinSecret };
            yield return input;
            if (input.IsBroken)
            {
                yield break;
            }
        }
    }

    private PageScan Scan(ArraySegment<byte> body, IReadOnlyList<string> list) =>
        PageScan.Of(body, list, [http.Paging.Wanted, http.Paging.More, http.Paging.End, http.Refusal], http.Cursor, Mapping.TimeZone);

    private T? Try<T>(Func<T> make, SecretMask mask, SourceVisit visit)
        where T : class => TryAsync(() => Task.FromResult(make()), mask, visit).GetAwaiter().GetResult();

    private async Task<T?> TryAsync<T>(Func<Task<T>> work, SecretMask mask, SourceVisit visit)
        where T : class
    {
        try
        {
            return await work();
        }
        catch (PageRefusedException refused)
        {
            visit.Fail(FaultOf(mask.Hide(refused.Message), refused.Cure));
        }
        catch (SecretMissingException missing)
        {
            visit.Fail(FaultOf(missing.Message, "set it for the agent's user"));
        }

        return null;
    }

    private Fault FaultOf(string message, string cure) =>
        new(configurationFile, Settings.Line, Settings.Column, $"http '{http.Name}': {message.TrimEnd('.')}.", cure);
}

/// <summary>One page.</summary>
internal sealed class PageInput(SourceMapping mapping, ArraySegment<byte> body, PageWalk walk, string sourceName, string noteKey) : SourceInput
{
    private readonly HttpProgress? _after = walk.ToKeep;

    public override string Name { get; } = walk.PageName;

    /// <summary>As <see cref="Source.JoinSecret"/>.</summary>
    public byte[]? JoinSecret { get; init; }

    public override string QuarantineName => sourceName;

    public override bool IsWhole { get; } = walk.IsWhole;

    public override bool HasPlaces => false;

    public override SourceNote? Note => _after is null ? null : new SourceNote(noteKey, _after.ToBytes());

    public override ValueTask<SourceReader> OpenAsync(CancellationToken cancellationToken) =>
        ValueTask.FromResult(mapping.OpenReader(new MemoryStream(body.Array!, body.Offset, body.Count, writable: false), Name, ReadingPlace.InMemory() with { Secret = JoinSecret }));
}
