using System.Text.RegularExpressions;
using CallTracking.Contracts;
using CallTracking.Mapping.Reading;

namespace CallTracking.Mapping.Proposals;

/// <summary>How a file seems to be written.</summary>
/// <param name="Yaml">A mapping's <c>format</c>, in one line.</param>
/// <param name="Why">What it was told by.</param>
internal sealed record FormatGuess(string Yaml, string Why)
{
    private const double LeastConfidence = 0.5;

    /// <summary>Of files of text; null of others.</summary>
    public EncodingVerdict? Encoding { get; init; }

    /// <summary>True where the best reading is as likely wrong: it is not to be in force before somebody chose it.</summary>
    public bool IsOpen => Encoding is { Confidence: < LeastConfidence } && !Yaml.Contains("unit: bytes", StringComparison.Ordinal);

    /// <summary>As it stands in the mapping: where the encoding is open, only what is certain is read.</summary>
    public string Written => IsOpen ? Yaml.Replace($"encoding: {Encoding!.Encoding}", "encoding: detect", StringComparison.Ordinal) : Yaml;

    /// <summary>What could not be told.</summary>
    public IReadOnlyList<string> Questions { get; init; } = [];

    /// <summary>False where columns are only numbered.</summary>
    public bool HasNames { get; init; } = true;

    /// <summary>A table whose columns are told by a line of names: that line can change without the values below it.</summary>
    public bool HasHeader => HasNames && (Yaml.StartsWith("{type: delimited", StringComparison.Ordinal) || Yaml.StartsWith("{type: excel", StringComparison.Ordinal));
}

/// <summary>Tells from a file's start what kind of file it is.</summary>
internal static partial class FormatFinder
{
    // Units of two and four bytes stay whole.
    private const int TailBytes = 16 * 1024;

    /// <param name="paths">The samples; all are of the kind of the first.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    public static async Task<FormatGuess> FindAsync(IReadOnlyList<string> paths, CancellationToken cancellationToken)
    {
        var path = paths[0];
        await using var content = File.OpenRead(path);
        var (sample, isWhole) = await EncodingProbe.SampleAsync(content, cancellationToken).ConfigureAwait(false);
        if (sample.Length == 0)
        {
            throw new SourceFormatException(new Fault(path, 0, 0, "The file is empty.", "Take an export that holds some cases."));
        }

        if (IsWorkbook(sample))
        {
            return await ExcelGuess.FindAsync(path, cancellationToken).ConfigureAwait(false);
        }

        if (sample.AsSpan().StartsWith("SQLite format 3\0"u8))
        {
            throw new SourceFormatException(new Fault(path, 0, 0, "The file is a database of SQLite, not an export.", "Name it as a source of its own in agent.yaml, with provider sqlite and a query. For a proposal, give init the answer of that query as CSV."));
        }

        var verdict = Judged(sample, isWhole);
        var encoding = SourceEncoding.Find(verdict.Encoding)!.Lenient;
        var text = encoding.GetString(sample).TrimStart('\uFEFF');
        var tail = await TailAsync(content, encoding, cancellationToken).ConfigureAwait(false);
        var guess = await TextAsync(path, text, tail, encoding, isWhole, cancellationToken).ConfigureAwait(false);
        var isLine = IsOfLines().IsMatch(guess.Yaml) && EndsInLine(tail) && await EndInLineAsync(paths.Skip(1), encoding, cancellationToken).ConfigureAwait(false);
        var told = WithEncoding(isLine ? WithLineEnd(guess, paths.Count) : guess, verdict);
        return HasWideUnits(verdict) || sample.AsSpan().IndexOf((byte)0) is var nul && nul < 0 ? told : told with
        {
            Questions = [.. told.Questions, FormattableString.Invariant($"Byte {nul} of the file is NUL (U+0000), which no text holds{(sample.AsSpan(nul + 1).Contains((byte)0) ? ", and so are more behind it" : string.Empty)}: can the export be had undamaged? Rows that have it in a value that is read go to quarantine ({RejectReason.NulCharacter}).")],
        };
    }

    // One byte that a disk or a program spoiled has a text look like one of units of two bytes. Without it the rest says what it is.
    private static EncodingVerdict Judged(byte[] sample, bool isWhole)
    {
        const int Fewest = 100;
        var verdict = EncodingDetector.Judge(sample, isWhole);
        if (!HasWideUnits(verdict) || verdict.Confidence >= EncodingVerdict.UsualConfidence || sample.Count(unit => unit == 0) > 1 + (sample.Length / Fewest))
        {
            return verdict;
        }

        var plain = EncodingDetector.Judge([.. sample.Select(unit => unit == 0 ? (byte)' ' : unit)], isWhole);
        return plain.Confidence >= EncodingVerdict.UsualConfidence ? plain : verdict;
    }

    private static bool HasWideUnits(EncodingVerdict verdict) =>
        verdict.Encoding.StartsWith("utf-16", StringComparison.OrdinalIgnoreCase) || verdict.Encoding.StartsWith("utf-32", StringComparison.OrdinalIgnoreCase);

    /// <summary>Without a look at how it is written within; null of an empty file.</summary>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    public static async Task<SampleKind?> KindAsync(string path, CancellationToken cancellationToken)
    {
        await using var content = File.OpenRead(path);
        var (sample, isWhole) = await EncodingProbe.SampleAsync(content, cancellationToken).ConfigureAwait(false);
        return sample.Length == 0 ? null : IsWorkbook(sample) ? SampleKind.Workbook
            : KindOf(SourceEncoding.Find(Judged(sample, isWhole).Encoding)!.Lenient.GetString(sample).TrimStart('\uFEFF').TrimStart());
    }

    // The file's last lines; the first of them may be cut.
    private static async Task<string> TailAsync(FileStream content, System.Text.Encoding encoding, CancellationToken cancellationToken)
    {
        var bytes = new byte[(int)Math.Min(TailBytes, content.Length)];
        content.Seek(-bytes.Length, SeekOrigin.End);
        await content.ReadExactlyAsync(bytes, cancellationToken).ConfigureAwait(false);
        return encoding.GetString(bytes);
    }

    private static async Task<bool> EndInLineAsync(IEnumerable<string> paths, System.Text.Encoding encoding, CancellationToken cancellationToken)
    {
        foreach (var path in paths)
        {
            await using var content = File.OpenRead(path);
            if (!EndsInLine(await TailAsync(content, encoding, cancellationToken).ConfigureAwait(false)))
            {
                return false;
            }
        }

        return true;
    }

    private static bool EndsInLine(string tail) => tail.TrimEnd('\x1A') is [.., '\n' or '\r'];

    // A program ends every export alike. Where the sample was cut by hand and exports have no last line end, their last rows go to quarantine, which says so.
    private static FormatGuess WithLineEnd(FormatGuess guess, int samples) => guess with
    {
        Yaml = $"{guess.Yaml[..^1]}, end: line}}",
        Why = $"{guess.Why}; {(samples == 1 ? "the sample ends" : "the samples end")} in a line end, so that a last row without one was cut off",
    };

    private static async ValueTask<FormatGuess> TextAsync(string path, string text, string tail, System.Text.Encoding encoding, bool isWhole, CancellationToken cancellationToken)
    {
        var start = text.TrimStart();
        return KindOf(start) switch
        {
            SampleKind.Xml => TreeGuess.OfXml(start),
            SampleKind.Json => TreeGuess.OfJson(start),
            SampleKind.Dump => DumpGuess.Of(start),
            SampleKind.Mail => new FormatGuess("{type: mail}", "begins with the headers of a message"),
            _ => await DelimitedGuess.FindAsync(path, text, tail, encoding, isWhole, cancellationToken).ConfigureAwait(false),
        };
    }

    private static SampleKind KindOf(string start) => start.StartsWith('<') ? SampleKind.Xml
        : start.StartsWith('{') || start.StartsWith('[') ? SampleKind.Json
        : Dump().IsMatch(start) ? SampleKind.Dump
        : Mail().Match(start) is { Success: true } headers && OfMail().IsMatch(headers.ValueSpan) ? SampleKind.Mail
        : SampleKind.Table;

    private static bool IsWorkbook(byte[] sample) => sample.AsSpan().StartsWith("PK"u8) || sample.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0]);

    private static FormatGuess WithEncoding(FormatGuess guess, EncodingVerdict verdict)
    {
        // These say their encoding themselves.
        var saysItself = NamesItself().IsMatch(guess.Yaml);
        var isSure = saysItself || verdict.Confidence >= EncodingVerdict.UsualConfidence;
        var yaml = saysItself
            ? guess.Yaml
            : Names().Replace(guess.Yaml, $"$0, encoding: {verdict.Encoding}", 1);
        var others = string.Join(", ", verdict.Readings.Skip(1).Select(reading => reading.Encoding));
        var written = guess with { Yaml = yaml, Encoding = saysItself ? null : verdict };
        return isSure ? written : written with
        {
            Questions =
            [
                .. guess.Questions,
                FormattableString.Invariant($"The encoding is not certain ({verdict}){(others.Length > 0 ? $"; it may be {others}. Which one shows" : ". Does it show")} the letters right?{(written.IsOpen ? " Until its name stands in place of 'detect' only files are read whose encoding is certain." : string.Empty)}"),
            ],
        };
    }

    [GeneratedRegex(@"^\{type: (mail|xml|sqldump)\b", RegexOptions.CultureInvariant)]
    private static partial Regex NamesItself();

    // Where a footer was found, it tells a file that was cut off.
    [GeneratedRegex(@"^\{type: (fixed|delimited, delimiter)\b(?!.*, footer: \{)", RegexOptions.CultureInvariant)]
    private static partial Regex IsOfLines();

    [GeneratedRegex(@"^\{type: \w+", RegexOptions.CultureInvariant)]
    private static partial Regex Names();

    [GeneratedRegex(@"\A(--[ \n\r]|/\*M?!|CREATE TABLE|INSERT INTO|SET |DROP TABLE)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Dump();

    [GeneratedRegex(@"\A(From \S+ .*\r?\n)?([A-Za-z-]+: .*(\r?\n[ \t].*)*\r?\n){2,}", RegexOptions.CultureInvariant)]
    private static partial Regex Mail();

    // "Report: …" and "From: 1 October" above a table are no headers of a message.
    [GeneratedRegex(@"^(Received|Return-Path|Delivered-To|Message-ID|In-Reply-To|MIME-Version|Content-Type|DKIM-Signature): |^From: .*@", RegexOptions.IgnoreCase | RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex OfMail();
}
