using System.Text;

namespace CallTracking.Agent.Commands;

/// <summary>A line, or the news that one was too long; its text is then empty.</summary>
internal readonly record struct BoundedLine(string Text, bool IsTooLong);

/// <summary>Lines of a text, of which no more than a limit is kept in memory.</summary>
internal sealed class BoundedLines(TextReader input, int longest)
{
    private readonly char[] _buffer = new char[16 * 1024];
    private readonly StringBuilder _line = new();
    private int _next;
    private int _end;

    /// <summary>The next line without its end; null when there is none.</summary>
    public async ValueTask<BoundedLine?> ReadAsync(CancellationToken cancellationToken)
    {
        _line.Clear();
        var isTooLong = false;
        var any = false;
        while (_next < _end || await FillAsync(cancellationToken))
        {
            any = true;
            var rest = _buffer.AsMemory(_next, _end - _next);
            var at = rest.Span.IndexOf('\n');
            isTooLong |= _line.Length + (at < 0 ? rest.Length : at) > longest;
            _line.Append(isTooLong ? default : rest.Span[..(at < 0 ? rest.Length : at)]);
            _next += at < 0 ? rest.Length : at + 1;
            if (at >= 0)
            {
                break;
            }
        }

        return any ? new BoundedLine(isTooLong ? "" : _line.ToString().TrimEnd('\r'), isTooLong) : null;
    }

    private async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        _next = 0;
        _end = await input.ReadAsync(_buffer, cancellationToken);
        return _end > 0;
    }
}
