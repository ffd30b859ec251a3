using CallTracking.Mapping.Proposals;

namespace CallTracking.Mapping.Checks;

/// <summary>Tells whether times as written leave open which number is the day.</summary>
public static class DayOrder
{
    // Of fewer nothing can be expected to tell.
    private const int Telling = 5;

    /// <summary>
    /// True when every text reads with the day first as well as with the month first, so that nothing but the mapping's word says
    /// which is right; false also for fewer than five different texts.
    /// </summary>
    public static bool IsOpen(IReadOnlyCollection<string> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        return texts.Distinct(StringComparer.Ordinal).Take(Telling).Count() == Telling && TimeShape.Of(texts).Other is not null;
    }
}
