using System.Globalization;
using CallTracking.Agent.Configuration;

namespace CallTracking.Agent.Sources.Http;

/// <summary>Goes from page to page, and knows when it is over or goes in circles.</summary>
internal sealed class PageWalk(HttpSettings settings, IReadOnlyList<string> records, HttpProgress progress, TimeZoneInfo zone, SecretMask mask, TimeProvider clock)
{
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);
    private readonly HashSet<string> _digests = new(StringComparer.Ordinal);
    private HttpProgress _progress = progress.Next is null ? progress.Anew(clock.GetUtcNow()) : progress;
    private bool _beganAtFirst = progress.Next is null;
    private Uri? _first;

    // The cursor of the last request that began with it, and the pages since.
    private string? _cursor;
    private int _pagesSince;

    /// <summary>True when there is no further page.</summary>
    public bool IsOver { get; private set; }

    /// <summary>What positions call the page of the last step.</summary>
    public string PageName { get; private set; } = string.Empty;

    /// <summary>True when with the page of the last step everything that there is has been read, from the first page on.</summary>
    public bool IsWhole => IsOver && _beganAtFirst && _progress.From is null;

    /// <summary>What to remember once the page of the last step is durable; null for nothing.</summary>
    public HttpProgress? ToKeep { get; private set; }

    /// <summary>Asks for the next page.</summary>
    /// <exception cref="PageRefusedException">It cannot be had, or the interface contradicts itself.</exception>
    public async Task<PageAnswer> StepAsync(PageClient client, PageQuery query, PageExpander expander, string source, Action<string> say, CancellationToken cancellationToken)
    {
        _first ??= First(CursorText(From));
        var address = _progress.Next is { } next ? Checked(new Uri(next)) : _first;
        _asked.Add(address.AbsoluteUri);
        try
        {
            var answer = await client.GetAsync(query, address, cancellationToken);
            var expanded = answer.Scan.Records > 0 || settings.Open is not null ? await expander.ExpandAsync(answer, settings.Cursor is { IsLocal: true } ? From : null, _first, cancellationToken) : answer;
            answer = expanded with { Scan = expanded.Scan with { Records = Math.Max(answer.Scan.Records, settings.Open is null ? -1 : 0) } };
            Take(address, answer);
            return answer;
        }
        catch (PageRefusedException old) when (old.IsStale && !_beganAtFirst && _asked.Count == 1)
        {
            say($"{source}: the page where the last run stopped is no longer there; reading from the first page again");
            (_beganAtFirst, _progress) = (true, _progress.Anew(clock.GetUtcNow()));
            _asked.Clear();
            return await StepAsync(client, query, expander, source, say, cancellationToken);
        }
    }

    /// <summary>Where this reading begins.</summary>
    private DateTimeOffset From => _progress.From is { } reached ? reached - settings.Cursor!.Overlap : settings.Cursor?.Start ?? DateTimeOffset.MinValue;

    private string CursorText(DateTimeOffset at) => settings.Cursor?.Text(at, zone) ?? string.Empty;

    /// <summary>The first page from a cursor on.</summary>
    private Uri First(string cursor)
    {
        (_cursor, _pagesSince) = (cursor, 0);
        _digests.Clear();
        var url = settings.Url.Reveal(mask).Replace("{cursor}", Uri.EscapeDataString(cursor), StringComparison.Ordinal);
        return settings.Paging.First(HttpAddress.Require(url, "url", settings.Insecure));
    }

    private void Take(Uri address, PageAnswer answer)
    {
        if (answer.Scan.Records < 0)
        {
            throw new PageRefusedException($"the answer has no array of records at '{string.Join('.', records)}'", "write its path as records under format in the mapping");
        }

        var page = _progress.Page;
        _progress = _progress.See(answer.Scan.Highest);
        _pagesSince++;
        var next = settings.Paging.IsLast(answer.Scan) ? null : NextOf(address, answer);
        PageName = string.Create(CultureInfo.InvariantCulture, $"{settings.Name} page {page}");
        IsOver = next is null;
        if (next is not null)
        {
            RequireNew(answer.Scan, next, page);
            _progress = _progress.After(next);
        }

        // In order of the cursor, all before the highest is read.
        ToKeep = settings.Cursor is null ? null : IsOver || settings.Paging.IsFromCursor ? _progress.Ended() : settings.Paging.CanResume ? _progress : null;
    }

    private Uri? NextOf(Uri address, PageAnswer answer)
    {
        try
        {
            var next = FromCursor(answer) ?? settings.Paging.Next(_first!, address, _pagesSince, answer);

            // Without records and without a way on, an interface names the same page again: there is nothing new yet.
            return next is null || (answer.Scan.Records == 0 && _asked.Contains(next.AbsoluteUri)) ? null : Checked(next);
        }
        catch (UriFormatException)
        {
            throw new PageRefusedException("the address of the next page is none", "check 'paging'");
        }
    }

    /// <summary>The page from where this one reached, when it reached further than it was asked from.</summary>
    private Uri? FromCursor(PageAnswer answer)
    {
        if (!settings.Paging.IsFromCursor || answer.Scan.Records == 0 || answer.Scan.Highest is not { } reached)
        {
            return null;
        }

        if (CursorText(reached) is var text && text != _cursor && reached >= From)
        {
            return _first = First(text);
        }

        return settings.Paging.Limit == 0 || answer.Scan.Records < settings.Paging.Limit ? null : throw new PageRefusedException(
            $"{answer.Scan.Records} or more records have one time of change, and one answer has no more", "ask for more at once in 'url', and raise 'paging.limit'");
    }

    private Uri Checked(Uri next) => PageAddress.IsSamePlace(_first!, next)
        ? next
        : throw new PageRefusedException(
            $"the next page is at another place, {next.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped)}, where the credential must not go",
            "if that is the right place, write it as 'url'");

    private void RequireNew(PageScan scan, Uri next, int page)
    {
        if (_asked.Contains(next.AbsoluteUri))
        {
            throw new PageRefusedException($"page {page} leads back to a page that was read before", "check 'paging', and name the flag that ends it as 'end' or 'more'");
        }

        // What is asked for from where this page reached may be the same records, all of that time, once more.
        if (scan.Records > 0 && _pagesSince > 0 && !_digests.Add(scan.Digest))
        {
            throw new PageRefusedException($"the interface repeats page {page}: its records came before", "check 'paging': the interface may not know its parameter");
        }

        if (_asked.Count >= settings.Paging.MaxPages)
        {
            throw new PageRefusedException($"there are more than {settings.Paging.MaxPages} pages", "check 'paging', or raise 'paging.max_pages'");
        }
    }
}
