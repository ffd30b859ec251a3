using System.Text;
using CallTracking.Mapping.Reading.Feed;
using CallTracking.Mapping.Values;

namespace CallTracking.Mapping;

/// <summary>The cells of one row of a <see cref="RowFeed"/>, added from left to right. Reused for the next row.</summary>
public sealed class FeedRow
{
    private readonly List<FeedCell> _cells = [];
    private readonly int _mostBytes;

    internal FeedRow(int mostBytes) => _mostBytes = mostBytes;

    /// <summary>Bytes of UTF-8 that the row may still take (<c>max_record_bytes</c>). What has more need not be read: <see cref="AddTooLarge"/>.</summary>
    public int Room => _mostBytes - Size;

    internal IReadOnlyList<FeedCell> Cells => _cells;

    internal int Size { get; private set; }

    /// <summary>Null, or nothing at all.</summary>
    public void AddNothing() => _cells.Add(new FeedCell(UnmappedKind.Text, string.Empty));

    public void AddText(string text) => Add(UnmappedKind.Text, text);

    /// <summary>A number in invariant form: its decimal sign is the point whatever the mapping's culture.</summary>
    public void AddNumber(string number) => Add(UnmappedKind.Number, number);

    public void AddFlag(bool flag) => Add(UnmappedKind.Flag, flag ? "true" : "false");

    /// <summary>Several values in one cell, such as an array.</summary>
    public void AddList(IReadOnlyList<string> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        Size += texts.Sum(Encoding.UTF8.GetByteCount);
        _cells.Add(new FeedCell(UnmappedKind.Text, string.Empty) { Items = texts });
    }

    /// <summary>A cell that is no text. Its row is rejected when the mapping reads it.</summary>
    /// <param name="reason">One of <see cref="RejectReason"/>.</param>
    /// <param name="message">What is wrong, behind the column's name, and the cure; never content.</param>
    public void AddRefused(string reason, string message) =>
        _cells.Add(new FeedCell(UnmappedKind.Text, string.Empty) { Fault = new RowFault(reason, message) });

    /// <summary>A cell that was not read because it is longer than <see cref="Room"/>: the row is rejected.</summary>
    public void AddTooLarge()
    {
        Size = _mostBytes + 1;
        AddRefused(RejectReason.TooLarge, "is longer than max_record_bytes.");
    }

    internal void Clear()
    {
        _cells.Clear();
        Size = 0;
    }

    private void Add(UnmappedKind kind, string text)
    {
        Size += Encoding.UTF8.GetByteCount(text);
        _cells.Add(new FeedCell(kind, text));
    }
}
