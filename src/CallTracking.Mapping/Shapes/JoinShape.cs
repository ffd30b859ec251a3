namespace CallTracking.Mapping.Shapes;

/// <summary>How a join fared in a reading, or in several that are taken together.</summary>
/// <param name="Named">Records that name one.</param>
/// <param name="Unmatched">Of these, records that name one which is not there.</param>
public readonly record struct JoinShape(long Named, long Unmatched)
{
    // Of fewer records nothing can be expected to tell.
    private const long Telling = 10;
    private const int FewestMore = 5;
    private const double ShareMore = 0.1;

    // Before so many are known, records that find nothing may be as usual as not.
    private const long Enough = 100;

    // Of nights that are alike one in several hundred differs by more.
    private const double Deviations = 3;

    /// <summary>So many records name one that its share means something.</summary>
    public bool IsTelling => Named >= Telling;

    /// <summary>Most records do not find what they name.</summary>
    public bool IsMissed => IsTelling && Unmatched * 2 > Named;

    private double Share => Named == 0 ? 0 : (double)Unmatched / Named;

    /// <summary>More records than by chance do not find what they name, measured by how it fared before: by 5 at least, and by a tenth of all.</summary>
    public bool HasFallenFrom(JoinShape before)
    {
        var more = MoreThan(before);
        return IsTelling && more >= FewestMore && more > ShareMore * Named;
    }

    /// <summary>
    /// What later readings are measured by. A reading that finds less does not change it, so that small losses add up and a told one is told until it is
    /// made good; one that finds more replaces it. Where little is known yet both are taken together, since a small night's share may be luck.
    /// </summary>
    public JoinShape Then(JoinShape seen)
    {
        var more = seen.MoreThan(this);
        var isBeyondChance = Math.Abs(more) > Deviations * Math.Sqrt(seen.Named * Share * (1 - Share) * (1 + ((double)seen.Named / Math.Max(Named, 1))));
        return more <= 0 && (seen.Named >= Named || isBeyondChance) ? seen
            : Named >= Enough || isBeyondChance || seen.HasFallenFrom(this) ? this
            : new JoinShape(Named + seen.Named, Unmatched + seen.Unmatched);
    }

    private double MoreThan(JoinShape before) => Unmatched - (before.Share * Named);
}
