using CallTracking.Agent.Identity;

namespace CallTracking.Agent.Sources.Files;

/// <summary>Rows on their way into the journal: in memory as long as they are few, else in a file of their own, which goes with it. Not thread-safe.</summary>
/// <param name="file">Where the rest goes; null for nowhere: then more are counted only, unless all are held.</param>
/// <param name="holdsAll">Memory holds them, however many.</param>
internal sealed class RowLog(string? file, bool holdsAll = false) : IDisposable
{
    private const int MostInMemory = 256 * 1024;
    private const int Buffer = 64 * 1024;

    private readonly List<FoldedRow> _rows = [];
    private FileStream? _stream;

    public long Count { get; private set; }

    public void Add(FoldedRow row)
    {
        Count++;
        if (holdsAll || (_stream is null && _rows.Count < MostInMemory))
        {
            _rows.Add(row);
        }
        else if (file is not null)
        {
            Append(row);
        }
    }

    /// <summary>All of them, in the order in which they came.</summary>
    public IEnumerable<FoldedRow> All()
    {
        foreach (var row in _rows)
        {
            yield return row;
        }

        if (_stream is not null)
        {
            _stream.Flush();
            using var rest = new FileStream(file!, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, Buffer);
            foreach (var row in FoldedRow.All(rest, Count - _rows.Count))
            {
                yield return row;
            }
        }
    }

    public void Clear()
    {
        Count = 0;
        _rows.Clear();
        Dispose();
    }

    public void Dispose()
    {
        if (_stream is null)
        {
            return;
        }

        _stream.Dispose();
        _stream = null;
        File.Delete(file!);
    }

    private void Append(FoldedRow row)
    {
        if (_stream is null)
        {
            PrivateFile.CreateFolder(Path.GetDirectoryName(Path.GetDirectoryName(file!))!);
            PrivateFile.CreateFolder(Path.GetDirectoryName(file!)!);
            File.Delete(file!);
            _stream = PrivateFile.Create(file!, FileShare.Read, Buffer);
        }

        Span<byte> bytes = stackalloc byte[FoldedRow.Size];
        row.Write(bytes);
        _stream.Write(bytes);
    }
}
