using System.Globalization;
using CallTracking.Agent.Configuration;

namespace CallTracking.Agent.Sources.Http;

/// <summary>Goes from page to page, and knows when it is over or goes in circles.</summary>
internal sealed class PageWalk(HttpSettings settings, IReadOnlyList<string> records, HttpProgress progress, SecretMask mask, TimeProvider clock)
{
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);
    private readonly HashSet<string> _digests = new(StringComparer.Ordinal);
    private HttpProgress _progress = progress.Next is null ? progress.Anew(clock.GetUtcNow()) : progress;
    private bool _beganAtFirst = progress.Next is null;
    private Uri? _first;

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
    public async Task<PageAnswer> StepAsync(PageClient client, string source, Action<string> say, CancellationToken cancellationToken)
    {
        _first ??= settings.Paging.First(HttpAddress.Require(Url(), "url", settings.Insecure));
        var address = _progress.Next is { } next ? Checked(new Uri(next)) : _first;
        _asked.Add(address.AbsoluteUri);
        try
        {
            var answer = await client.GetAsync(address, cancellationToken);
            Take(address, answer);
            return answer;
        }
        catch (PageRefusedException old) when (old.IsStale && !_beganAtFirst && _asked.Count == 1)
        {
            say($"{source}: the page where the last run stopped is no longer there; reading from the first page again");
            (_beganAtFirst, _progress) = (true, _progress.Anew(clock.GetUtcNow()));
            _asked.Clear();
            return await StepAsync(client, source, say, cancellationToken);
        }
    }

    private string Url()
    {
        var url = settings.Url.Reveal(mask);
        return settings.Cursor is { } cursor ? url.Replace("{cursor}", Uri.EscapeDataString(CursorText(cursor)), StringComparison.Ordinal) : url;
    }

    private string CursorText(HttpCursorSettings cursor)
    {
        var from = _progress.From is { } reached ? reached - cursor.Overlap : cursor.Start;
        return cursor.Format switch
        {
            HttpTimeFormat.Unix => from.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
            HttpTimeFormat.UnixMilliseconds => from.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture),
            HttpTimeFormat.Iso => from.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        };
    }

    private void Take(Uri address, PageAnswer answer)
    {
        if (answer.Scan.Records < 0)
        {
            throw new PageRefusedException($"the answer has no array of records at '{string.Join('.', records)}'", "write its path as records under format in the mapping");
        }

        var page = _progress.Page;
        _progress = _progress.See(answer.Scan.Highest);
        var next = IsLast(answer.Scan) ? null : NextOf(address, answer);
        PageName = string.Create(CultureInfo.InvariantCulture, $"{settings.Name} page {page}");
        IsOver = next is null;
        if (next is not null)
        {
            RequireNew(answer.Scan, next, page);
            _progress = _progress.After(next);
        }

        ToKeep = settings.Cursor is null ? null : IsOver ? _progress.Ended() : settings.Paging.CanResume ? _progress : null;
    }

    private bool IsLast(PageScan scan) => scan.Text(settings.Paging.More) is "false" or "0" || scan.Text(settings.Paging.End) is "true" or "1";

    private Uri? NextOf(Uri address, PageAnswer answer)
    {
        try
        {
            var next = settings.Paging.Next(_first!, address, _progress.Page, answer.Scan, answer.Link);

            // Without records and without a way on, an interface names the same page again: there is nothing new yet.
            return next is null || (answer.Scan.Records == 0 && _asked.Contains(next.AbsoluteUri)) ? null : Checked(next);
        }
        catch (UriFormatException)
        {
            throw new PageRefusedException("the address of the next page is none", "check 'paging'");
        }
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

        if (scan.Records > 0 && !_digests.Add(scan.Digest))
        {
            throw new PageRefusedException($"the interface repeats page {page}: its records came before", "check 'paging': the interface may not know its parameter");
        }

        if (_asked.Count >= settings.Paging.MaxPages)
        {
            throw new PageRefusedException($"there are more than {settings.Paging.MaxPages} pages", "check 'paging', or raise 'paging.max_pages'");
        }
    }
}
