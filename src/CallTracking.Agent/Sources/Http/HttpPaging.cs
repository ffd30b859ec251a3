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

    /// <summary>
    /// True when, records coming in order of the cursor, each page is asked for from where the last one reached: nothing that moves while
    /// it is read is passed over. What else the paging says is for the records of one time.
    /// </summary>
    public bool IsFromCursor { get; init; }

    /// <summary>The most records that one answer has, where nothing leads on from one that is full; 0 where that is not known.</summary>
    public int Limit { get; init; }

    /// <summary>More pages than there can be: an interface that never ends.</summary>
    public int MaxPages { get; init; } = DefaultMaxPages;

    /// <summary>
    /// True when the way to the next page still leads there on another day. Pages that are counted shift while cases change, so that
    /// going on in the middle would pass over some.
    /// </summary>
    public virtual bool CanResume => true;

    /// <summary>Names to a value in the body that <see cref="Next"/> needs.</summary>
    public virtual IReadOnlyList<string>? Wanted => null;

    /// <summary>True when a flag says that there is no page behind this one.</summary>
    public bool IsLast(PageScan scan) => scan.Text(More) is "false" or "0" || scan.Text(End) is "true" or "1";

    /// <summary>The address of the page behind this one; null when this was the last.</summary>
    /// <exception cref="UriFormatException">The interface gives an address that is none.</exception>
    public abstract Uri? Next(Uri first, Uri current, int page, PageAnswer answer);

    /// <summary>The first page's address.</summary>
    public virtual Uri First(Uri address) => address;

    /// <summary>One page is all.</summary>
    internal sealed record Single : HttpPaging
    {
        public override Uri? Next(Uri first, Uri current, int page, PageAnswer answer) => null;
    }

    /// <summary>The body holds the next page's address.</summary>
    internal sealed record NextUrl(IReadOnlyList<string> Path) : HttpPaging
    {
        public override IReadOnlyList<string>? Wanted => Path;

        public override Uri? Next(Uri first, Uri current, int page, PageAnswer answer) =>
            answer.Scan.Text(Path) is { Length: > 0 } next ? new Uri(current, next) : null;
    }

    /// <summary>The body holds a token, which goes into a parameter.</summary>
    internal sealed record Token(IReadOnlyList<string> Path, string Into) : HttpPaging
    {
        public override IReadOnlyList<string>? Wanted => Path;

        public override Uri? Next(Uri first, Uri current, int page, PageAnswer answer) =>
            answer.Scan.Text(Path) is { Length: > 0 } token ? PageAddress.With(first, Into, token) : null;
    }

    /// <summary>Pages are counted, until one is empty.</summary>
    internal sealed record Number(string Parameter, int Start) : HttpPaging
    {
        public override bool CanResume => false;

        public override Uri First(Uri address) => PageAddress.With(address, Parameter, Start.ToString(CultureInfo.InvariantCulture));

        public override Uri? Next(Uri first, Uri current, int page, PageAnswer answer) => answer.Scan.Records == 0
            ? null
            : PageAddress.With(current, Parameter, (Start + page).ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>Records are counted, until a page is empty: an interface may give fewer than a page was asked to hold.</summary>
    internal sealed record Offset(string Parameter) : HttpPaging
    {
        public override bool CanResume => false;

        public override Uri First(Uri address) => PageAddress.With(address, Parameter, "0");

        public override Uri? Next(Uri first, Uri current, int page, PageAnswer answer) => answer.Scan.Records == 0
            ? null
            : PageAddress.With(current, Parameter, (PageAddress.Number(current, Parameter) + answer.Scan.Records).ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>The header Link of RFC 8288 holds the next page's address under a relation.</summary>
    internal sealed record LinkHeader(string Relation) : HttpPaging
    {
        public override Uri? Next(Uri first, Uri current, int page, PageAnswer answer) =>
            PageAddress.Linked(answer.Link, Relation) is { } next ? new Uri(current, next) : null;
    }

    /// <summary>
    /// A range of places goes into a parameter: <c>0-99</c>, <c>100-199</c>, as far as the header Content-Range says. An interface may give
    /// fewer than it was asked for, as its administrator limits it: the next range begins behind what came. Without a total a shorter answer is the last.
    /// </summary>
    internal sealed record Range(string Parameter, int Size) : HttpPaging
    {
        public override bool CanResume => false;

        public override Uri First(Uri address) => At(address, 0);

        /// <exception cref="PageRefusedException">The answer is empty, and says that there is more.</exception>
        public override Uri? Next(Uri first, Uri current, int page, PageAnswer answer)
        {
            var reached = PageAddress.Number(current, Parameter) + answer.Scan.Records;
            if (answer.Total is not { } total)
            {
                return answer.Scan.Records < Size ? null : At(current, reached);
            }

            return reached >= total ? null
                : answer.Scan.Records > 0 ? At(current, reached)
                : throw new PageRefusedException(
                    string.Create(CultureInfo.InvariantCulture, $"an answer is empty, though it says that there are {total} records and {reached} came"), "check 'paging', and what the account may read");
        }

        private Uri At(Uri address, long start) => PageAddress.With(address, Parameter, string.Create(CultureInfo.InvariantCulture, $"{start}-{start + Size - 1}"));
    }
}
