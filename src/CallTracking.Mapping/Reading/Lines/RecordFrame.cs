using System.Text.RegularExpressions;
using CallTracking.Contracts;

namespace CallTracking.Mapping.Reading.Lines;

/// <summary>Passes over what stands around the records of a text and is none. Not thread-safe.</summary>
internal sealed class RecordFrame
{
    // Where the header has not come by then, it does not come.
    private const int MostPreambleLines = 1000;

    private readonly Framing _framing;
    private readonly string _fileName;
    private readonly ByteWindow _window;
    private readonly RecordCutter _cutter;
    private readonly RecordText _text;
    private readonly FooterGuard? _footer;
    private readonly byte[] _comment;
    private readonly CutEnd _end;

    public RecordFrame(TextTableFormat format, string fileName, ByteWindow window, RecordCutter cutter, RecordText text)
    {
        _framing = format.Framing;
        (_fileName, _window, _cutter, _text) = (fileName, window, cutter, text);
        _footer = _framing.FooterLines > 0 ? new FooterGuard(_framing.FooterLines, format.MaxRecordBytes) : null;
        _comment = _framing.Comment is { } sign ? format.InPlace.BytesOf(sign)! : [];
        _end = new CutEnd(_framing, window, cutter, _comment, format.MaxRecordBytes);
        IsAmongRecords = _footer is not null || _comment.Length > 0 || _framing.FooterFrom is not null;
    }

    /// <summary>Behind the header, too, something may stand that is no record.</summary>
    public bool IsAmongRecords { get; }

    /// <summary>What is read is a piece of a file, which has no end.</summary>
    public bool IsExcerpt { get; set; }

    /// <summary>Why the record at hand, the last of its file, may be none or a piece of one; null where it is sound as far as can be seen.</summary>
    public string? Doubt(bool isBlank) => IsExcerpt ? null : _end.Doubt(isBlank);

    /// <summary>The file ends within a quoted cell of the record at hand, and not as its mapping says.</summary>
    public bool IsCutWithinQuotes => _end.IsWithinQuotes && !IsExcerpt;

    /// <summary>The header is all there is of the file, without its line end.</summary>
    public bool EndsInHeader => _end.IsOpen && !IsExcerpt;

    /// <summary>Passes over what stands before the header, or before the first record where there is no header.</summary>
    /// <exception cref="SourceFormatException">The line that is looked for does not come.</exception>
    public async ValueTask PassPreambleAsync(CancellationToken cancellationToken)
    {
        for (var line = 0; line < _framing.PreambleLines; line++)
        {
            if (await _cutter.CutLineAsync(cancellationToken).ConfigureAwait(false) == ReadKind.End)
            {
                return;
            }
        }

        if (_framing.PreambleUntil is { } header)
        {
            await PassUntilAsync(header, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Passes over the next line when it is a comment.</summary>
    public async ValueTask<bool> TryPassCommentAsync(CancellationToken cancellationToken)
    {
        await _window.RequireAsync(_comment.Length, cancellationToken).ConfigureAwait(false);
        if (_comment.Length == 0 || !_window.Unread.StartsWith(_comment))
        {
            return false;
        }

        await _cutter.CutLineAsync(cancellationToken).ConfigureAwait(false);
        return true;
    }

    /// <summary>Whether the footer, known by its number of lines, begins behind the record at hand, which has been passed.</summary>
    public ValueTask<bool> IsFooterNextAsync(CancellationToken cancellationToken) =>
        _footer is null ? default : _footer.IsReachedAsync(_window, cancellationToken);

    /// <summary>Whether the record at hand is the first line of the footer, known by its words; the footer is read through then.</summary>
    /// <exception cref="SourceFormatException">So much follows that it may be records.</exception>
    public async ValueTask<bool> IsFooterAsync(CancellationToken cancellationToken)
    {
        if (_framing.FooterFrom is not { } begins)
        {
            return false;
        }

        if (!Fits(begins))
        {
            await _end.LookBehindAsync(cancellationToken).ConfigureAwait(false);
            return false;
        }

        var (place, first, lines, others) = (_cutter.Line, Begin(begins), 1, 0);
        while (await _cutter.CutLineAsync(cancellationToken).ConfigureAwait(false) is not ReadKind.End and var line)
        {
            // Several lines of a footer may begin so; what others stand between is no footer any more.
            var begin = line == ReadKind.Row ? Begin(begins) : null;
            if (begin == first && others > 0)
            {
                throw Unreadable(
                    _cutter.Line,
                    $"What footer.from looks for stands here once more, and line {place} was its first: what is between them may be records.",
                    "Ask for an export with one footer; or write a pattern that fits the footer's first line only.");
            }

            others += begin is not null || IsBlank(line) ? 0 : 1;
            lines += IsBlank(line) ? 0 : 1;
            if (lines > _framing.MostFooterLines)
            {
                throw Unreadable(
                    place,
                    $"What footer.from looks for stands here, but more than {_framing.MostFooterLines} lines follow: they may be records.",
                    "Write a pattern that fits the footer's first line only, or its number of lines as footer.lines.");
            }
        }

        return true;
    }

    /// <summary>The file ends at the line at hand, and no footer has come.</summary>
    /// <exception cref="SourceFormatException">It was cut off: its footer is known by its words, and not optional.</exception>
    public void EndWithoutFooter()
    {
        if (_framing.IsFooterRequired && !IsExcerpt)
        {
            throw Unreadable(
                _cutter.Line,
                "The file ends here without what footer.from looks for: it may have been cut off, and what is missing cannot be known.",
                "Ask for the export again. Where one is whole without it: footer: {from: …, optional: true} under format in the mapping.");
        }
    }

    private async ValueTask PassUntilAsync(Regex header, CancellationToken cancellationToken)
    {
        for (var line = 0; line < MostPreambleLines; line++)
        {
            var kind = await _cutter.CutLineAsync(cancellationToken).ConfigureAwait(false);
            if (kind == ReadKind.End)
            {
                break;
            }

            if (kind == ReadKind.Row && Fits(header))
            {
                _cutter.GoBack();
                return;
            }
        }

        throw Unreadable(
            line: 0, $"None of the first {MostPreambleLines} lines is the one that preamble.until looks for.", "Write a pattern that fits the header's line.");
    }

    private bool IsBlank(ReadKind line) => line == ReadKind.Row && _cutter.Record.Span.Trim(" \t\r\n\x1A"u8).IsEmpty;

    // What of the record fits the pattern.
    private string? Begin(Regex pattern) => _text.TryRead(_cutter.Record.Span, out var written) && pattern.Match(new string(_text.Chars.AsSpan(0, written))) is { Success: true, Value: var begin } ? begin : null;

    private bool Fits(Regex pattern) => _text.TryRead(_cutter.Record.Span, out var written) && pattern.IsMatch(_text.Chars.AsSpan(0, written));

    private SourceFormatException Unreadable(long line, string message, string cure) => new(new Fault(_fileName, (int)line, 1, message, cure));
}
