using CallTracking.SampleData.Desks;
using CallTracking.SampleData.Files;
using CallTracking.SampleData.Sinks;
using CallTracking.SampleData.Stories;

namespace CallTracking.SampleData;

/// <summary>
/// Writes a region's cases, one by one: memory does not grow with their number, and case i does not depend on the others. Same
/// region and options, same bytes of a file, same rows of a database.
/// </summary>
public static class SampleWriter
{
    // In the order in which they follow the case of their index.
    private static readonly Quirk[] Kinds =
        [Quirk.Duplicate, Quirk.Blank, Quirk.Filtered, Quirk.UnknownStatus, Quirk.MissingKey, Quirk.Undecodable];

    /// <summary>Writes the file to <paramref name="content"/> and, when asked, the truth to <paramref name="truth"/> as JSON lines.</summary>
    /// <returns>What a run over the file must count.</returns>
    /// <exception cref="ArgumentException">An option is out of range, or the region keeps its cases in a database.</exception>
    public static async Task<SampleTotals> WriteAsync(
        SampleRegion region, SampleOptions options, Stream content, Stream? truth, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(content);
        var file = FormOf(region, options) as RegionFile
            ?? throw new ArgumentException($"{region} keeps its cases in a database: fill that with {nameof(FillAsync)}.", nameof(region));
        await using var sink = new FileSink(file, content);
        return await WriteAsync(sink, options, truth, progress: null, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Puts a night's cases into their place, in the stead of those that are there: a file under its name when it is whole, a
    /// database in one transaction.
    /// </summary>
    /// <param name="region">Whose cases.</param>
    /// <param name="options">Which cases.</param>
    /// <param name="place">A path, or a connection string where the region's <see cref="SampleRegion.Place"/> is PostgreSQL.</param>
    /// <param name="truth">Takes the truth as JSON lines; null for none.</param>
    /// <param name="progress">Is told the number of cases written, a few times a second; null for none.</param>
    /// <param name="cancellationToken">Stops; what was there before stays.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static async Task<SampleTotals> FillAsync(
        SampleRegion region, SampleOptions options, string place, Stream? truth, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        var form = FormOf(region, options);
        if (form is HelpDesk desk)
        {
            await using var sink = new DeskSink(desk, DeskLoader.For(region, place));
            return await WriteAsync(sink, options, truth, progress, cancellationToken).ConfigureAwait(false);
        }

        // An agent may be watching the folder: the file gets its name when it is whole.
        var partial = place + ".part";
        SampleTotals totals;
        await using (var content = File.Create(partial))
        await using (var sink = new FileSink((RegionFile)form, content))
        {
            totals = await WriteAsync(sink, options, truth, progress, cancellationToken).ConfigureAwait(false);
        }

        File.Move(partial, place, overwrite: true);
        return totals;
    }

    /// <summary>The truth of every sound case, in the order of the file, without writing one.</summary>
    public static IEnumerable<CaseTruth> Truth(SampleRegion region, SampleOptions options) => Tell(FormOf(region, options), options);

    private static IEnumerable<CaseTruth> Tell(RegionForm form, SampleOptions options)
    {
        using var owned = form as IDisposable;
        for (long index = 0; index < options.TotalCases; index++)
        {
            var draft = form.Storyteller.Tell(options, new CaseKey(index, Quirk.None), keepsTruth: true);
            form.Note(draft);
            yield return draft.ToTruth();
        }
    }

    private static RegionForm FormOf(SampleRegion region, SampleOptions options)
    {
        ArgumentNullException.ThrowIfNull(region);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        return RegionForm.For(region, options);
    }

    private static async Task<SampleTotals> WriteAsync(
        RegionSink sink, SampleOptions options, Stream? truth, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        var totals = new SampleTotals();
        using var truthLines = truth is null ? null : new TruthWriter();
        await sink.BeginAsync(cancellationToken).ConfigureAwait(false);
        for (long index = 0; index < options.TotalCases; index++)
        {
            WriteCase(sink, options, index, totals, truthLines);
            if (sink.IsFull)
            {
                await sink.FlushAsync(cancellationToken).ConfigureAwait(false);
                await FlushAsync(truthLines, truth, cancellationToken).ConfigureAwait(false);
                progress?.Report(index + 1);
            }
        }

        await sink.EndAsync(cancellationToken).ConfigureAwait(false);
        await FlushAsync(truthLines, truth, cancellationToken).ConfigureAwait(false);
        progress?.Report(options.TotalCases);
        return totals;
    }

    private static void WriteCase(RegionSink sink, SampleOptions options, long index, SampleTotals totals, TruthWriter? truth)
    {
        var form = sink.Form;
        var draft = form.Storyteller.Tell(options, new CaseKey(index, Quirk.None), keepsTruth: truth is not null);
        sink.Case(draft, Quirk.None);
        var changedIn = draft.Timeline.ChangedInNight;
        totals.AddCase(
            form.RowsOf(draft, Quirk.None),
            isNew: draft.Timeline.BornIn == options.Night,
            isChanged: changedIn == options.Night && changedIn != draft.Timeline.BornIn);
        truth?.Write(draft.ToTruth());

        var dice = Dice.For(options.Seed, form.Storyteller.Region.Code, index, Aspect.Quirks);
        foreach (var quirk in Kinds)
        {
            if (dice.Chance(RateOf(options.Quirks, quirk)) && form.CanHold(quirk))
            {
                totals.Add(quirk, WriteQuirk(sink, options, draft, quirk));
            }
        }
    }

    /// <summary>Answers the rows that it took.</summary>
    private static int WriteQuirk(RegionSink sink, SampleOptions options, CaseDraft draft, Quirk quirk)
    {
        if (quirk == Quirk.Blank)
        {
            sink.BlankRow();
            return 1;
        }

        // A duplicate is the same case once more; the others are cases of their own.
        var key = quirk == Quirk.Duplicate ? draft.Key : draft.Key with { Quirk = quirk };
        var odd = sink.Form.Storyteller.Tell(options, key, keepsTruth: false);
        sink.Case(odd, quirk);
        return sink.Form.RowsOf(odd, quirk);
    }

    private static double RateOf(QuirkRates rates, Quirk quirk) => quirk switch
    {
        Quirk.Blank => rates.Blank,
        Quirk.Duplicate => rates.Duplicate,
        Quirk.Filtered => rates.Filtered,
        Quirk.UnknownStatus => rates.UnknownStatus,
        Quirk.MissingKey => rates.MissingKey,
        Quirk.Undecodable => rates.Undecodable,
        _ => 0,
    };

    private static async Task FlushAsync(TruthWriter? lines, Stream? truth, CancellationToken cancellationToken)
    {
        if (lines is not null && truth is not null)
        {
            await truth.WriteAsync(lines.Written, cancellationToken).ConfigureAwait(false);
            lines.Clear();
        }
    }
}
