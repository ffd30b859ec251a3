using System.Globalization;

namespace CallTracking.Agent.Sources.Http;

/// <summary>How one page leads to the next.</summary>
internal abstract record HttpPaging
{
    public const int DefaultMaxPages = 100_000;

    /// <summary>Names to a flag that says whether there is more; null when the interface has none.</summary>
    public IReadOnlyList<string>? More { get; init; }

    /// <summary>Names to a flag that says that this was the last page.</summary>
    public IReadOnlyList<string>? End { get; init; }

    /// <summary>More pages than there can be: an interface that never ends.</summary>
    public int MaxPages { get; init; } = DefaultMaxPages;

    /// <summary>
    /// True when the way to the next page still leads there on another day. Pages that are counted shift while cases change, so that
    /// going on in the middle would pass over some.
    /// </summary>
    public virtual bool CanResume => true;

    /// <summary>Names to a value in the body that <see cref="Next"/> needs.</summary>
    public virtual IReadOnlyList<string>? Wanted => null;

    /// <summary>The address of the page behind this one; null when this was the last.</summary>
    /// <exception cref="UriFormatException">The interface gives an address that is none.</exception>
    public abstract Uri? Next(Uri first, Uri current, int page, PageScan scan, string? link);

    /// <summary>The first page's address.</summary>
    public virtual Uri First(Uri address) => address;

    /// <summary>One page is all.</summary>
    internal sealed record Single : HttpPaging
    {
        public override Uri? Next(Uri first, Uri current, int page, PageScan scan, string? link) => null;
    }

    /// <summary>The body holds the next page's address.</summary>
    internal sealed record NextUrl(IReadOnlyList<string> Path) : HttpPaging
    {
        public override IReadOnlyList<string>? Wanted => Path;

        public override Uri? Next(Uri first, Uri current, int page, PageScan scan, string? link) =>
            scan.Text(Path) is { Length: > 0 } next ? new Uri(current, next) : null;
    }

    /// <summary>The body holds a token, which goes into a parameter.</summary>
    internal sealed record Token(IReadOnlyList<string> Path, string Into) : HttpPaging
    {
        public override IReadOnlyList<string>? Wanted => Path;

        public override Uri? Next(Uri first, Uri current, int page, PageScan scan, string? link) =>
            scan.Text(Path) is { Length: > 0 } token ? PageAddress.With(first, Into, token) : null;
    }

    /// <summary>Pages are counted, until one is empty.</summary>
    internal sealed record Number(string Parameter, int Start) : HttpPaging
    {
        public override bool CanResume => false;

        public override Uri First(Uri address) => PageAddress.With(address, Parameter, Start.ToString(CultureInfo.InvariantCulture));

        public override Uri? Next(Uri first, Uri current, int page, PageScan scan, string? link) => scan.Records == 0
            ? null
            : PageAddress.With(current, Parameter, (Start + page).ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>Records are counted, until a page is empty: an interface may give fewer than a page was asked to hold.</summary>
    internal sealed record Offset(string Parameter) : HttpPaging
    {
        public override bool CanResume => false;

        public override Uri First(Uri address) => PageAddress.With(address, Parameter, "0");

        public override Uri? Next(Uri first, Uri current, int page, PageScan scan, string? link) => scan.Records == 0
            ? null
            : PageAddress.With(current, Parameter, (PageAddress.Number(current, Parameter) + scan.Records).ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>The header Link of RFC 8288 holds the next page's address under a relation.</summary>
    internal sealed record LinkHeader(string Relation) : HttpPaging
    {
        public override Uri? Next(Uri first, Uri current, int page, PageScan scan, string? link) =>
            PageAddress.Linked(link, Relation) is { } next ? new Uri(current, next) : null;
    }
}
