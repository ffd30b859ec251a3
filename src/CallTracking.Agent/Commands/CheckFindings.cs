using System.Globalization;
using CallTracking.Agent.Drift;
using CallTracking.Agent.Quarantine;
using CallTracking.Agent.Sources;
using CallTracking.Agent.Sources.Files;
using CallTracking.Contracts;
using CallTracking.Mapping;
using CallTracking.Mapping.Shapes;

namespace CallTracking.Agent.Commands;

/// <summary>Gathers what <c>check</c> found; the first kind of fault decides the exit code.</summary>
internal sealed class CheckFindings(CommandOutput output, bool showsReadings)
{
    // Of a hundred rows: a few bad ones are usual, and wait in quarantine.
    private const double MostLost = 10;

    private readonly List<ExitCode> _codes = [];
    private readonly List<string> _lossy = [];
    private int _warnings;
    private bool _isEnrolled = true;

    public void Right(string text) => output.Out.WriteLine($"ok     {text}");

    /// <summary>What keeps no sync from running, and is to be looked at before one.</summary>
    public void Warn(string text)
    {
        _warnings++;
        output.Out.WriteLine($"WARN   {text}");
    }

    /// <summary>Before the region is enrolled a mapping can be tried, offline: that it is not is no fault then.</summary>
    public void NotEnrolled(string text)
    {
        _isEnrolled = false;
        Warn(text);
    }

    /// <summary>Beside the findings; a line that warns counts as one all the same.</summary>
    public void Say(string text)
    {
        _warnings += text.StartsWith("WARN", StringComparison.Ordinal) ? 1 : 0;
        output.Error.WriteLine(text);
    }

    public void Wrong(ExitCode code, string text)
    {
        _codes.Add(code);
        output.Error.WriteLine($"FAULT  {text}");
    }

    /// <summary>What the first rows became, in detail: none of it keeps a sync from running.</summary>
    public async Task TrialAsync(SourceTrial trial, SourceInput input, SourceMapping mapping, CancellationToken cancellationToken)
    {
        foreach (var line in trial.Rejections())
        {
            output.Out.WriteLine($"       {line}");
        }

        foreach (var field in trial.Ambiguous())
        {
            Warn($"{field}: every text of these rows reads with the day first and with the month first; only the mapping's format says which");
        }

        if (trial.MayBeOfAnotherEncoding)
        {
            await ReadingsAsync(input, mapping, cancellationToken);
        }
    }

    /// <summary>How the file's letters read in the likeliest encodings.</summary>
    public async Task ReadingsAsync(SourceInput input, SourceMapping mapping, CancellationToken cancellationToken)
    {
        if (!mapping.ReadsText || input.Parts[0] is not FileInput file)
        {
            return;
        }

        await using var content = SourceFiles.Open(file.Path);
        var verdict = await EncodingDetector.ReadAsync(content, cancellationToken);
        if (verdict.Readings.All(reading => reading.Lines.Count == 0) || string.Equals(verdict.Encoding, mapping.EncodingName, StringComparison.OrdinalIgnoreCase))
        {
            return;
        }

        if (showsReadings)
        {
            EncodingTable.Write(verdict, output.Out);
        }
        else
        {
            output.Out.WriteLine($"       it reads best as {verdict}; at a terminal, or with --readings yes, the likeliest readings are shown side by side");
        }
    }

    public void Faults(ExitCode code, string what, IReadOnlyList<Fault> faults)
    {
        foreach (var fault in faults)
        {
            Wrong(code, fault.ToString());
        }

        if (faults.Count == 0)
        {
            Right(what);
        }
    }

    /// <summary>Words that no table has: how many, in how many rows. What they are stays out of logs; <c>drift</c> shows it.</summary>
    public void Words(string source, WordTally words)
    {
        foreach (var table in words.Values.GroupBy(word => (word.Field, word.Place)))
        {
            Warn(string.Create(CultureInfo.InvariantCulture,
                $"source {source}: {"unknown",-9} {table.Key.Field}: {table.Count():N0} {(table.Count() == 1 ? "word" : "words")} in {table.Sum(word => word.Rows):N0} {(table.Sum(word => word.Rows) == 1 ? "row" : "rows")} -> quarantine (unmapped-value); they belong under {table.Key.Place}{(table.Any(word => word.IsOtherCase) ? ", which has some in another case (ignore_case: true)" : string.Empty)}; calltracking-agent drift shows them"));
        }
    }

    /// <summary>A mapping that loses its rows keeps every other promise.</summary>
    /// <param name="source">Its name.</param>
    /// <param name="tally">Of the rows that were looked at.</param>
    /// <param name="lost">How many of a hundred of them became no case.</param>
    public void Judge(string source, RowTally tally, double lost)
    {
        if (lost > MostLost)
        {
            _lossy.Add($"source {source}: {tally.Share("are rejected")}");
        }

        if (tally.IsAllLost)
        {
            Wrong(ExitCode.Source, $"source {source}: no row at all becomes a case: {tally.Share("are rejected")}");
        }
        else if (tally.IsMostlyLost)
        {
            Say($"WARNING  source {source}: {tally.Share("are rejected")}");
        }

        if (tally.IsAnyLost && !tally.IsAllLost)
        {
            Warn($"source {source}: {tally.Reasons()}");
        }
    }

    public void Drift(Source source, ShapeWatch watch)
    {
        DriftText.Stops(watch).ToList().ForEach(change => Wrong(ExitCode.Source, $"source {source.Name}: {DriftText.Line(change, source.Mapping)}"));
        DriftText.Warnings(watch).ToList().ForEach(change => Warn($"source {source.Name}: {DriftText.Line(change, source.Mapping)}"));
        if (watch.IsExchangeFrozen)
        {
            watch.Exchanged.ToList().ForEach(pair => Wrong(ExitCode.Source, $"source {source.Name}: {pair}"));
        }

        DriftText.Missed(watch).ToList().ForEach(line => Warn($"source {source.Name}: {line}"));
    }

    public ExitCode Close()
    {
        var warnings = _warnings == 0 ? string.Empty : string.Create(CultureInfo.InvariantCulture, $" {_warnings} {(_warnings == 1 ? "warning" : "warnings")} above.");
        output.Out.WriteLine(_codes.Count > 0 ? $"{_codes.Count} fault(s)."
            : _lossy.Count > 0 ? $"A sync would run{(_isEnrolled ? string.Empty : ", once the region is enrolled,")} and leave out much. WARNING {string.Join("; ", _lossy)}.{warnings}"
            : $"{(_isEnrolled ? "All is ready for a sync." : "All but the enrolment is ready for a sync.")}{warnings}");
        return _codes.Count == 0 ? ExitCode.Done : _codes[0];
    }
}
