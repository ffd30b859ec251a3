namespace CallTracking.SampleData;

/// <summary>
/// What to write. Same options, same bytes. <paramref name="AsOf"/> is the instant of night 1's export; each further night
/// is a day later. <paramref name="Cases"/> counts the sound cases of night 1; quirks are rows on top of them.
/// </summary>
/// <param name="Cases">Sound cases in night 1.</param>
/// <param name="Seed">Another seed, other people and stories.</param>
/// <param name="AsOf">When night 1's export was taken.</param>
/// <param name="Night">1 for the first export; night 2 holds what changed in the day between.</param>
/// <param name="ChangeRate">Share of the cases that change in a night.</param>
/// <param name="NewRate">Cases opened in a night, as a share of <paramref name="Cases"/>.</param>
public sealed record SampleOptions(
    long Cases, int Seed, DateTimeOffset AsOf, int Night = 1, double ChangeRate = 0.01, double NewRate = 0.002)
{
    /// <summary>How far back the oldest case was opened. Default four years, so that retention finds expired cases.</summary>
    public TimeSpan Span { get; init; } = TimeSpan.FromDays(4 * 365);

    /// <summary>Faulty and superfluous rows. Default none.</summary>
    public QuirkRates Quirks { get; init; } = QuirkRates.None;

    /// <summary>For regions that export JSON: one ticket per line instead of one document.</summary>
    public bool JsonLines { get; init; }

    /// <summary>Sound cases in this night's export, the new ones included.</summary>
    public long TotalCases => Cases + ((Night - 1) * NewPerNight);

    /// <summary>Cases that each night after the first adds.</summary>
    public long NewPerNight => (long)Math.Round(Cases * NewRate);

    /// <summary>The instant of the export of a night.</summary>
    public DateTimeOffset ExportedAt(int night) => AsOf + TimeSpan.FromDays(night - 1);

    /// <summary>The first night whose export holds the case.</summary>
    public int BornIn(long index) =>
        index < Cases ? 1 : 2 + (int)((index - Cases) / Math.Max(1, NewPerNight));

    /// <exception cref="ArgumentException">A value is out of range.</exception>
    public void Validate()
    {
        Require(Cases >= 0, "Cases must not be negative.");
        Require(Night is >= 1 and <= 3650, "Night must be from 1 to 3650.");
        Require(ChangeRate is >= 0 and <= 1, "ChangeRate must be from 0 to 1.");
        Require(NewRate is >= 0 and <= 1, "NewRate must be from 0 to 1.");
        Require(Span >= TimeSpan.FromDays(1), "Span must be at least a day.");
        Require(Quirks.All.All(rate => rate is >= 0 and <= 1), "Quirk rates must be from 0 to 1.");

        static void Require(bool holds, string message)
        {
            if (!holds)
            {
                throw new ArgumentException(message);
            }
        }
    }
}

/// <summary>How many rows of each kind of fault stand beside the sound ones, as shares of the sound cases.</summary>
/// <param name="Blank">Rows without any value.</param>
/// <param name="Duplicate">The same row once more.</param>
/// <param name="Filtered">Test cases, which the mapping leaves out on purpose.</param>
/// <param name="UnknownStatus">A status that no table of the mapping knows.</param>
/// <param name="MissingKey">No case number.</param>
/// <param name="Undecodable">Bytes that the file's encoding does not have.</param>
public sealed record QuirkRates(
    double Blank, double Duplicate, double Filtered, double UnknownStatus, double MissingKey, double Undecodable)
{
    /// <summary>Only sound rows.</summary>
    public static readonly QuirkRates None = Of(0);

    /// <summary>What the demo shows: a few of each in a thousand.</summary>
    public static readonly QuirkRates Demo = Of(0.002);

    internal IEnumerable<double> All => [Blank, Duplicate, Filtered, UnknownStatus, MissingKey, Undecodable];

    /// <summary>The same rate for every kind.</summary>
    public static QuirkRates Of(double rate) => new(rate, rate, rate, rate, rate, rate);
}
