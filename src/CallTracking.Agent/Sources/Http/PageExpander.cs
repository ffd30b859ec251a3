using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.RegularExpressions;
using CallTracking.Agent.Configuration;

namespace CallTracking.Agent.Sources.Http;

/// <summary>
/// Puts into each record of a page what belongs to it and stands elsewhere: in another list of the page, or at an address of its own. The page is
/// whole before any of its records is taken. Not thread-safe.
/// </summary>
internal sealed partial class PageExpander : IDisposable
{
    private const long MostCached = 16L << 20;

    private readonly HttpSettings _settings;
    private readonly IReadOnlyList<string> _records;
    private readonly PageClient _client;
    private readonly SecretMask _mask;
    private readonly TimeZoneInfo _zone;
    private readonly Dictionary<object, PageQuery> _queries = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<string, byte[]> _single = new(StringComparer.Ordinal);
    private readonly PageText _text;
    private long _cached;

    public PageExpander(HttpSettings settings, IReadOnlyList<string> records, PageClient client, SecretMask mask, TimeZoneInfo zone)
    {
        (_settings, _records, _client, _mask, _zone) = (settings, records, client, mask, zone);
        _text = new PageText(settings.MaxBytesPerPage);
    }

    /// <summary>Names from a page to the array that its paging counts.</summary>
    public IReadOnlyList<string> List => _settings.Open?.List ?? _records;

    /// <summary>The page with all that belongs to its records; its bytes are valid until the next is put together.</summary>
    /// <param name="answer">As it came.</param>
    /// <param name="since">Records that were changed before are left out; null for all.</param>
    /// <param name="place">Where the credential may go.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="PageRefusedException">Something cannot be had.</exception>
    public async Task<PageAnswer> ExpandAsync(PageAnswer answer, DateTimeOffset? since, Uri place, CancellationToken cancellationToken)
    {
        if (_settings.Open is null && _settings.Expand.Count == 0 && since is null)
        {
            return answer;
        }

        using var page = Parse(answer);
        _text.Clear();
        foreach (var name in _records)
        {
            _text.Add("{"u8);
            _text.Name(name, isFirst: true);
        }

        _text.Add("["u8);
        var isFirst = true;
        var lists = new PageLists(page.RootElement);
        foreach (var element in PageLists.Elements(page.RootElement, List).Where(element => since is null || IsSince(element, since.Value)))
        {
            await foreach (var (record, beside) in OpenAsync(element, lists, place, cancellationToken))
            {
                _text.Add(isFirst ? ""u8 : ","u8);
                isFirst = false;
                await WriteAsync(record, beside, _settings.Expand, place, cancellationToken);
            }
        }

        _text.Add("]"u8);
        for (var level = 0; level < _records.Count; level++)
        {
            _text.Add("}"u8);
        }

        return answer with { Body = _text.Written, Scan = answer.Scan with { Highest = Highest() ?? answer.Scan.Highest } };
    }

    public void Dispose() => _text.Dispose();

    // What was opened says it; the page itself may have held keys only.
    private DateTimeOffset? Highest() => _settings.Open is null ? null : PageScan.Of(_text.Written, _records, [], _settings.Cursor, _zone).Highest;

    private bool IsSince(JsonElement record, DateTimeOffset since) =>
        PageScan.Time(PageLists.Text(record, _settings.Cursor!.From), _settings.Cursor.Format, _zone) is not { } at || at >= since;

    private async IAsyncEnumerable<(JsonElement Record, PageLists Beside)> OpenAsync(
        JsonElement element, PageLists beside, Uri place, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (_settings.Open is not { } open)
        {
            yield return (element, beside);
            yield break;
        }

        if (AddressOf(open.Url, element, place) is not { } address || await GetAsync(open, open.PerMinute, open.Records, new HttpPaging.Single(), address, cancellationToken) is not { } answer)
        {
            yield break;
        }

        using var opened = Parse(answer);
        foreach (var record in open.Records is null ? [opened.RootElement] : PageLists.Elements(opened.RootElement, open.Records))
        {
            yield return (record, new PageLists(opened.RootElement));
        }
    }

    private async Task WriteAsync(JsonElement record, PageLists beside, IReadOnlyList<HttpExpansion> expansions, Uri place, CancellationToken cancellationToken)
    {
        if (record.ValueKind != JsonValueKind.Object || expansions.Count == 0)
        {
            _text.Add(JsonMarshal.GetRawUtf8Value(record));
            return;
        }

        // Of two properties with one name the later counts.
        var hasOne = _text.Begin(JsonMarshal.GetRawUtf8Value(record));
        foreach (var expansion in expansions.Where(expansion => expansion.When is not { } when || when.Texts.Contains(PageLists.Text(record, when.Path))))
        {
            var isFirst = !hasOne;
            hasOne |= expansion.In is not null
                ? await BesideAsync(record, beside, expansion, isFirst, place, cancellationToken)
                : await OwnAsync(record, expansion, isFirst, place, cancellationToken);
        }

        _text.Add("}"u8);
    }

    private async Task<bool> BesideAsync(JsonElement record, PageLists beside, HttpExpansion expansion, bool isFirst, Uri place, CancellationToken cancellationToken)
    {
        if (PageLists.Text(record, expansion.On) is not { } wanted || beside.Find(expansion, wanted) is not { Count: > 0 } found)
        {
            return false;
        }

        _text.Name(expansion.As, isFirst);
        _text.Add(expansion.IsMany ? "["u8 : ""u8);
        for (var index = expansion.IsMany ? 0 : found.Count - 1; index < found.Count; index++)
        {
            _text.Add(index > 0 && expansion.IsMany ? ","u8 : ""u8);
            await WriteAsync(found[index], beside, expansion.Expand, place, cancellationToken);
        }

        _text.Add(expansion.IsMany ? "]"u8 : ""u8);
        return true;
    }

    private async Task<bool> OwnAsync(JsonElement record, HttpExpansion expansion, bool isFirst, Uri place, CancellationToken cancellationToken)
    {
        if (AddressOf(expansion.Url!, record, place) is not { } first)
        {
            return false;
        }

        if (expansion.Records is null)
        {
            return await SingleAsync(expansion, first, isFirst, cancellationToken);
        }

        _text.Name(expansion.As, isFirst);
        _text.Add("["u8);
        first = expansion.Paging.First(first);
        var isFirstElement = true;
        var (page, before) = (1, default(PageScan?));
        for (Uri? address = first; address is not null; page++)
        {
            if (await GetAsync(expansion, expansion.PerMinute, expansion.Records, expansion.Paging, address, cancellationToken) is not { } answer)
            {
                break;
            }

            if (answer.Scan.Records > 0 && answer.Scan.Digest == before?.Digest)
            {
                throw new PageRefusedException($"the interface repeats page {page} of '{expansion.As}': its records came before", "check 'paging' under 'expand': the interface may not know its parameter");
            }

            before = answer.Scan;
            var next = NextOf(expansion, first, address, page, answer);
            using var document = Parse(answer);
            var beside = new PageLists(document.RootElement);
            foreach (var element in PageLists.Elements(document.RootElement, expansion.Records))
            {
                _text.Add(isFirstElement ? ""u8 : ","u8);
                isFirstElement = false;
                await WriteAsync(element, beside, expansion.Expand, place, cancellationToken);
            }

            address = next;
        }

        _text.Add("]"u8);
        return true;
    }

    /// <summary>An answer that is put in as it is: the same one for many records, such as a person, is asked for once.</summary>
    private async Task<bool> SingleAsync(HttpExpansion expansion, Uri address, bool isFirst, CancellationToken cancellationToken)
    {
        if (!_single.TryGetValue(address.AbsoluteUri, out var json))
        {
            var answer = await GetAsync(expansion, expansion.PerMinute, null, expansion.Paging, address, cancellationToken);
            json = answer is null ? "null"u8.ToArray() : Bare(answer).ToArray();
            _cached += json.Length;
            if (_cached > MostCached)
            {
                _single.Clear();
                _cached = json.Length;
            }

            _single[address.AbsoluteUri] = json;
        }

        _text.Name(expansion.As, isFirst);
        _text.Add(json);
        return true;
    }

    private static Uri? NextOf(HttpExpansion expansion, Uri first, Uri address, int page, PageAnswer answer)
    {
        if (expansion.Paging.IsLast(answer.Scan) || answer.Scan.Records <= 0)
        {
            return null;
        }

        var next = expansion.Paging.Next(first, address, page, answer);
        return next is null || (PageAddress.IsSamePlace(first, next) && next != address && page < expansion.Paging.MaxPages)
            ? next
            : throw new PageRefusedException($"the pages of '{expansion.As}' lead to another place, or never end", "check 'paging' under 'expand'");
    }

    /// <summary>Null when what it was for is gone.</summary>
    private async Task<PageAnswer?> GetAsync(object owner, int perMinute, IReadOnlyList<string>? records, HttpPaging paging, Uri address, CancellationToken cancellationToken)
    {
        if (!_queries.TryGetValue(owner, out var query))
        {
            query = _queries[owner] = _client.Query(
                body => PageScan.Of(body, records ?? ["\0"], [paging.Wanted, paging.More, paging.End, _settings.Refusal], null, _zone), perMinute);
        }

        try
        {
            return await _client.GetAsync(query, address, cancellationToken);
        }
        catch (PageRefusedException gone) when (gone.IsMissing)
        {
            return null;
        }
    }

    private static JsonDocument Parse(PageAnswer answer) => JsonDocument.Parse(Bare(answer));

    // Without a byte-order mark.
    private static ReadOnlyMemory<byte> Bare(PageAnswer answer) => answer.Body.AsSpan().StartsWith("\uFEFF"u8) ? answer.Body[3..] : answer.Body;

    /// <summary>Null when the record lacks a value that the address needs.</summary>
    private Uri? AddressOf(SecretText url, JsonElement record, Uri place)
    {
        var lacks = false;
        var filled = url.Replace(Place(), match =>
        {
            var path = PageScan.Path(match.Groups["path"].Value);
            var value = record.ValueKind == JsonValueKind.Object ? (path is null ? null : PageLists.Text(record, path)) : PageLists.Scalar(record);
            lacks |= string.IsNullOrEmpty(value);
            return Uri.EscapeDataString(value ?? string.Empty);
        });
        if (lacks)
        {
            return null;
        }

        var address = HttpAddress.Require(filled.Reveal(_mask), "expand.url", _settings.Insecure);
        return PageAddress.IsSamePlace(place, address)
            ? address
            : throw new PageRefusedException("an address of 'expand' or 'open' is at another place than 'url', where the credential must not go", "write it with the host of 'url'");
    }

    [GeneratedRegex(@"(?<!\$)\{(?<path>[^{}]+)\}")]
    private static partial Regex Place();
}
