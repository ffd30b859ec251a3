using System.Buffers;
using CallTracking.SampleData.Files;
using CallTracking.SampleData.Stories;

namespace CallTracking.SampleData;

/// <summary>
/// Writes a region's export, case by case: memory does not grow with their number, and case i does not depend on the
/// others. Same region and options, same bytes.
/// </summary>
public static class SampleWriter
{
    private const int FlushBytes = 256 * 1024;

    // In the order in which they follow the case of their index.
    private static readonly Quirk[] Kinds =
        [Quirk.Duplicate, Quirk.Blank, Quirk.Filtered, Quirk.UnknownStatus, Quirk.MissingKey, Quirk.Undecodable];

    /// <summary>Writes the file to <paramref name="content"/> and, when asked, the truth to <paramref name="truth"/> as JSON lines.</summary>
    /// <returns>What a run over the file must count.</returns>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static Task<SampleTotals> WriteAsync(
        SampleRegion region, SampleOptions options, Stream content, Stream? truth, CancellationToken cancellationToken) =>
        WriteAsync(region, options, content, truth, progress: null, cancellationToken);

    /// <summary>As the other overload, and reports the number of cases written a few times a second.</summary>
    public static async Task<SampleTotals> WriteAsync(
        SampleRegion region,
        SampleOptions options,
        Stream content,
        Stream? truth,
        IProgress<long>? progress,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(region);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(content);
        options.Validate();

        var totals = new SampleTotals();
        var output = new ArrayBufferWriter<byte>(FlushBytes * 2);
        using var truthLines = truth is null ? null : new TruthWriter();
        var file = RegionFile.For(region, options);
        using var owned = file as IDisposable;

        file.Begin(output);
        for (long index = 0; index < options.TotalCases; index++)
        {
            WriteCase(file, output, options, index, totals, truthLines);
            if (output.WrittenCount >= FlushBytes)
            {
                await content.WriteAsync(output.WrittenMemory, cancellationToken).ConfigureAwait(false);
                output.ResetWrittenCount();
                await FlushAsync(truthLines, truth, cancellationToken).ConfigureAwait(false);
                progress?.Report(index + 1);
            }
        }

        file.End(output);
        await content.WriteAsync(output.WrittenMemory, cancellationToken).ConfigureAwait(false);
        await content.FlushAsync(cancellationToken).ConfigureAwait(false);
        await FlushAsync(truthLines, truth, cancellationToken).ConfigureAwait(false);
        progress?.Report(options.TotalCases);
        return totals;
    }

    /// <summary>The truth of every sound case, in the order of the file, without writing one.</summary>
    public static IEnumerable<CaseTruth> Truth(SampleRegion region, SampleOptions options)
    {
        ArgumentNullException.ThrowIfNull(region);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        return Tell(region, options);
    }

    private static IEnumerable<CaseTruth> Tell(SampleRegion region, SampleOptions options)
    {
        var file = RegionFile.For(region, options);
        using var owned = file as IDisposable;
        var scrap = new ArrayBufferWriter<byte>(FlushBytes);
        for (long index = 0; index < options.TotalCases; index++)
        {
            // Writing the row notes what its fields give away.
            scrap.ResetWrittenCount();
            var draft = file.Storyteller.Tell(options, new CaseKey(index, Quirk.None), keepsTruth: true);
            file.Row(scrap, draft, Quirk.None);
            yield return draft.ToTruth();
        }
    }

    private static void WriteCase(
        RegionFile file, ArrayBufferWriter<byte> output, SampleOptions options, long index, SampleTotals totals, TruthWriter? truth)
    {
        var draft = file.Storyteller.Tell(options, new CaseKey(index, Quirk.None), keepsTruth: truth is not null);
        file.Row(output, draft, Quirk.None);
        var changedIn = draft.Timeline.ChangedInNight;
        totals.AddCase(isNew: draft.Timeline.BornIn == options.Night, isChanged: changedIn == options.Night && changedIn != draft.Timeline.BornIn);
        truth?.Write(draft.ToTruth());

        var dice = Dice.For(options.Seed, file.Storyteller.Region.Code, index, Aspect.Quirks);
        foreach (var quirk in Kinds)
        {
            if (dice.Chance(RateOf(options.Quirks, quirk)) && file.CanHold(quirk))
            {
                WriteQuirk(file, output, options, draft, quirk);
                totals.Add(quirk);
            }
        }
    }

    private static void WriteQuirk(RegionFile file, ArrayBufferWriter<byte> output, SampleOptions options, CaseDraft draft, Quirk quirk)
    {
        switch (quirk)
        {
            case Quirk.Blank:
                file.BlankRow(output);
                break;
            case Quirk.Duplicate:
                file.Row(output, file.Storyteller.Tell(options, draft.Key, keepsTruth: false), Quirk.None);
                break;
            default:
                file.Row(output, file.Storyteller.Tell(options, draft.Key with { Quirk = quirk }, keepsTruth: false), quirk);
                break;
        }
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
