using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace CallTracking.Privacy;

/// <summary>
/// Where the reading of a text had to stop, for the faults that the library reports at its first sign whatever their place: a bracket that is never
/// closed, an anchor that is not there, a tab as indentation.
/// </summary>
internal static class YamlStop
{
    /// <summary>The innermost open bracket, else the unknown anchor, else the tab behind the last sign that could be read.</summary>
    public static Mark In(string yaml)
    {
        var (open, anchors, last) = (new Stack<Mark?>(), new HashSet<AnchorName>(), new Mark(0, 1, 1));
        var parser = new Parser(new StringReader(yaml));
        try
        {
            while (parser.MoveNext())
            {
                var read = parser.Current!;
                last = read.End;
                switch (read)
                {
                    case AnchorAlias alias when !anchors.Contains(alias.Value):
                        return alias.Start;
                    case MappingStart or SequenceStart:
                        open.Push(read is MappingStart { Style: MappingStyle.Flow } or SequenceStart { Style: SequenceStyle.Flow } ? read.Start : null);
                        break;
                    case MappingEnd or SequenceEnd:
                        open.Pop();
                        break;
                }

                if (read is NodeEvent { Anchor: { IsEmpty: false } anchor })
                {
                    anchors.Add(anchor);
                }
            }
        }
        catch (Exception unreadable) when (unreadable is YamlException or InvalidOperationException)
        {
            // It was asked for because of just that.
        }

        return open.FirstOrDefault(start => start is not null) ?? TabFrom(yaml, last);
    }

    private static Mark TabFrom(string yaml, Mark last)
    {
        var lines = yaml.Split('\n');
        for (var line = (int)last.Line - 1; line < lines.Length; line++)
        {
            var indentation = lines[line].AsSpan()[..^lines[line].AsSpan().TrimStart().Length];
            if (indentation.IndexOf('\t') is >= 0 and var tab)
            {
                return new Mark(0, line + 1, tab + 1);
            }
        }

        return last;
    }
}
