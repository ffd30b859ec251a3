using System.Globalization;
using CallTracking.Contracts;

namespace CallTracking.Mapping.Shapes;

/// <summary>
/// Counts values of cases that cannot well be meant for their field: telephones among the addresses of e-mail, times before there were help desks. One of them is somebody's slip;
/// when nearly all are so, the mapping names another column, or another format. Not thread-safe.
/// </summary>
internal sealed class FieldFit
{
    private const int Telling = 5;
    private const int NearlyAll = 95;
    private const int FewestDigits = 4;
    private const string Emails = "customer.emails";
    private const string Phones = "customer.phones";
    private const string Addresses = "customer.ip_addresses";

    // A year of another calendar is far ahead, a count in another unit far behind.
    private static readonly long First = new DateTimeOffset(1990, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeSeconds();
    private static readonly long Last = new DateTimeOffset(2100, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeSeconds();

    private readonly Dictionary<string, Count> _values = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Count> _times = new(StringComparer.Ordinal);

    public void Add(RowOutcome.Mapped mapped)
    {
        var value = mapped.Case;
        foreach (var email in value.Customer?.Emails ?? [])
        {
            Add(Emails, isOdd: !email.Clear.Contains('@', StringComparison.Ordinal) && !email.Clear.Contains('＠', StringComparison.Ordinal));
        }

        foreach (var phone in value.Customer?.Phones ?? [])
        {
            Add(Phones, isOdd: phone.Clear.Contains('@', StringComparison.Ordinal) || phone.Clear.Count(char.IsDigit) < FewestDigits);
        }

        foreach (var address in value.Customer?.IpAddresses ?? [])
        {
            Add(Addresses, isOdd: !address.Clear.AsSpan().ContainsAny('.', ':'));
        }

        Add("opened", value.Opened);
        Add("closed", value.Closed);
        Add("last_contact", value.LastContact);
        Add("repair.received", value.Repair?.Received);
        Add("repair.returned", value.Repair?.Returned);
        if (value.Updated is { } shown)
        {
            Add("updated", shown);
        }
        else if (mapped.SourceUpdatedAt is { } at)
        {
            Add("updated", at.ToUnixTimeSeconds(), original: null);
        }
    }

    /// <summary>A sentence for each field that nothing fits.</summary>
    public IEnumerable<string> Doubts(SourceMapping mapping)
    {
        foreach (var (field, count) in _values.Where(entry => entry.Value.IsDoubtful))
        {
            yield return Say($"{(count.Odd == count.Total ? $"none of {count.Total:N0} values" : $"only {count.Total - count.Odd:N0} of {count.Total:N0} values")} of {field}{PlaceOf(mapping, field)} looks like {Kind(field)}: is it the right column?");
        }

        foreach (var (field, count) in _times.Where(entry => entry.Value.IsDoubtful))
        {
            var fits = count.Fitting is { } format ? $"its numbers read as times of today under 'format: {format}'"
                : count.IsAhead ? "is the calendar the right one (calendar: buddhist, persian, …)"
                : "are 'from' and 'format' the right ones";
            yield return Say($"{count.Odd:N0} of {count.Total:N0} times of {field}{PlaceOf(mapping, field)} lie {(count.IsAhead ? "behind 2100" : "before 1990")}: {fits}{(count.Fitting is null ? "?" : string.Empty)}");
        }
    }

    private static string PlaceOf(SourceMapping mapping, string field) => mapping.SourceOf(field) is { } place ? $" ({place})" : string.Empty;

    private static string Kind(string field) => field switch
    {
        Emails => "an e-mail address",
        Phones => "a telephone number",
        _ => "an address of a network",
    };

    private void Add(string field, bool isOdd) => _values[field] = _values.GetValueOrDefault(field).With(isOdd);

    private void Add(string field, CaseTime? time)
    {
        if (time is not null)
        {
            Add(field, time.At.Seconds, time.Original);
        }
    }

    private void Add(string field, long seconds, string? original)
    {
        var isOdd = seconds < First || seconds >= Last;
        var count = _times.GetValueOrDefault(field).With(isOdd);
        _times[field] = isOdd ? count with { Fitting = Fitting(seconds, original), IsAhead = seconds >= Last } : count;
    }

    // What the source wrote is a number in another unit than its format has; where that is not kept, seconds were read as milliseconds.
    private static string? Fitting(long seconds, string? original)
    {
        if (string.IsNullOrEmpty(original))
        {
            return IsCredible(seconds * 1000m) ? "unix" : null;
        }

        return !decimal.TryParse(original, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var written) ? null
            : IsCredible(written) ? "unix"
            : IsCredible(written / 1000) ? "unix_ms"
            : IsCredible((written - DaysBefore1970) * SecondsOfADay) ? "excel"
            : null;
    }

    private const decimal DaysBefore1970 = 25_569;
    private const decimal SecondsOfADay = 86_400;

    private static bool IsCredible(decimal seconds) => seconds >= First && seconds < Last;

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    // Fitting is the format under which the last odd one is no longer so.
    private readonly record struct Count(long Total, long Odd, string? Fitting, bool IsAhead)
    {
        public bool IsDoubtful => Total >= Telling && Odd * 100 >= Total * NearlyAll;

        public Count With(bool isOdd) => this with { Total = Total + 1, Odd = Odd + (isOdd ? 1 : 0) };
    }
}
