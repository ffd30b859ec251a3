using CallTracking.Contracts;
using CallTracking.Hub.Cases;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace CallTracking.Hub.Tests.Cases;

public sealed class CaseCursorTests
{
    private static readonly CaseFilter Filter = new() { Regions = { "DE" } };

    [Fact]
    public void TryParse_OfAnyTokenMade_GivesTheSameCursor() =>
        Prop.ForAll<DateTime?, Guid>((at, uid) =>
        {
            var cursor = new CaseCursor(at is { } instant ? new DateTimeOffset(DateTime.SpecifyKind(instant, DateTimeKind.Utc)) : null, CaseUid.FromGuid(uid));
            return CaseCursor.TryParse(cursor.ToToken(Filter), Filter, out var parsed) && parsed == cursor;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void TryParse_OfAnyText_NeverThrows() =>
        Prop.ForAll<NonNull<string>>(text => !CaseCursor.TryParse(text.Get, Filter, out _) || text.Get.Length > 30).QuickCheckThrowOnFailure();

    [Fact]
    public void TryParse_TokenOfAnotherFilter_IsRefused()
    {
        var token = new CaseCursor(null, default).ToToken(Filter);

        Assert.False(CaseCursor.TryParse(token, new CaseFilter(), out _));
        Assert.False(CaseCursor.TryParse(token[1..], Filter, out _));
        Assert.False(CaseCursor.TryParse("B" + token[1..], Filter, out _));
        Assert.False(CaseCursor.TryParse(new string('A', 10_000), Filter, out _));
    }
}
