using System.Runtime.CompilerServices;
using CallTracking.Contracts;
using CallTracking.Hub.Audit;
using Npgsql;

namespace CallTracking.Hub.Cases;

/// <summary>
/// One question for cases as the audit log has it: who and by which way, on what, by which filters, and how many cases were given. One row, written
/// when the answer is over, also where it broke off.
/// </summary>
/// <param name="way">The route, method or command.</param>
/// <param name="subject">The case's uid; empty for a list.</param>
/// <param name="filter">What was asked for; null where nothing is filtered.</param>
internal sealed class CaseLook(string way, string subject, CaseFilter? filter)
{
    private const int LongestValue = 12;

    private long _cases;

    /// <summary>True once a case was given.</summary>
    public bool HasGiven => Interlocked.Read(ref _cases) > 0;

    /// <summary>So many cases were given.</summary>
    public void Give(long cases) => Interlocked.Add(ref _cases, cases);

    /// <summary>Counts what passes through.</summary>
    public async IAsyncEnumerable<StoredCase> CountAsync(IAsyncEnumerable<StoredCase> cases, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var stored in cases.WithCancellation(cancellationToken))
        {
            Give(1);
            yield return stored;
        }
    }

    /// <summary>Writes the row. What was given is given: where the database is away by now, the hub's own log says so.</summary>
    public async Task NoteAsync(NpgsqlDataSource dataSource, ILogger logger)
    {
        try
        {
            await dataSource.NoteReadAsync(
                AuditEntry.Of(AuditCode.CasesRead, subject, ("way", way), ("filters", filter is null ? null : Words(filter)), ("cases", Interlocked.Read(ref _cases))), CancellationToken.None);
        }
        catch (NpgsqlException trouble)
        {
            AuditEvents.NotNoted(logger, trouble.SqlState ?? trouble.GetType().Name);
        }
    }

    /// <summary>Filters by name, with the values that are codes of ours. What may be any text has its name only.</summary>
    internal static IReadOnlyList<string> Words(CaseFilter filter) =>
    [
        .. filter.Regions.Select(value => $"region={Short(value)}"),
        .. filter.Countries.Select(value => $"country={Short(value)}"),
        .. filter.Languages.Select(value => $"language={Short(value)}"),
        .. filter.Statuses.Select(value => $"status={CodedWord<CaseStatus>.Of(value)}"),
        .. filter.Priorities.Select(value => $"priority={CodedWord<Priority>.Of(value)}"),
        .. filter.Channels.Select(value => $"channel={CodedWord<Channel>.Of(value)}"),
        .. filter.Kinds.Select(value => $"kind={CodedWord<RecordKind>.Of(value)}"),
        .. Named("category", filter.ProductCategories),
        .. Named("model", filter.ProductModels),
        .. Named("brand", filter.Brands),
        .. Named("hazard", filter.Hazards),
        .. Named("concept", filter.Concepts),
        .. Named("inquiry_type", filter.InquiryTypes),
        .. Instant("opened_from", filter.OpenedFrom),
        .. Instant("opened_before", filter.OpenedBefore),
        .. Instant("updated_from", filter.UpdatedFrom),
        .. Instant("updated_before", filter.UpdatedBefore),
    ];

    private static IEnumerable<string> Named(string name, Google.Protobuf.Collections.RepeatedField<string> values) => values.Count > 0 ? [name] : [];

    private static IEnumerable<string> Instant(string name, Google.Protobuf.WellKnownTypes.Timestamp? at) => at is null ? [] : [$"{name}={at.ToDateTimeOffset():u}"];

    private static string Short(string value) => value.Length <= LongestValue && value.All(sign => char.IsAsciiLetterOrDigit(sign) || sign is '-') ? value : "other";
}

/// <summary>Has a REST route's look written down.</summary>
internal static class CaseLookRoutes
{
    /// <summary>The look of this request, which is answered from now on.</summary>
    public static CaseLook BeginLook(this HttpContext http, CaseFilter? filter, string subject = "")
    {
        var route = (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "";
        var look = new CaseLook($"{http.Request.Method} {route}", subject, filter);
        http.Features.Set(look);
        return look;
    }

    /// <summary>Writes looks of these routes down when their answers are over.</summary>
    public static TBuilder NotesLooks<TBuilder>(this TBuilder routes)
        where TBuilder : IEndpointConventionBuilder => routes.AddEndpointFilter(async (context, next) =>
    {
        try
        {
            return await next(context);
        }
        finally
        {
            if (context.HttpContext.Features.Get<CaseLook>() is { } look)
            {
                var services = context.HttpContext.RequestServices;
                await look.NoteAsync(services.GetRequiredService<NpgsqlDataSource>(), services.GetRequiredService<ILogger<CaseLook>>());
            }
        }
    });
}
