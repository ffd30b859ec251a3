using CallTracking.Agent.Commands;
using CallTracking.Contracts;

namespace CallTracking.Agent.Transfer;

/// <summary>Where an export goes: a folder, in which it gets its usual name, or a file. It appears whole or not at all.</summary>
internal sealed class ExportPlace
{
    private const string Ending = ".ct";
    private readonly string _to;
    private readonly bool _isFile;

    /// <exception cref="AgentException">Nothing can be written there, or there is a file of that name: known before hours of reading.</exception>
    public ExportPlace(string to)
    {
        _to = Path.GetFullPath(to);
        _isFile = to.EndsWith(Ending, StringComparison.OrdinalIgnoreCase) && !Directory.Exists(_to);
        if (File.Exists(_to))
        {
            throw new AgentException(ExitCode.Configuration, $"--to: {_to} is there already. Name a folder, or a new file that ends in {Ending}. Nothing was read.");
        }

        try
        {
            var folder = _isFile ? Path.GetDirectoryName(_to)! : _to;
            Directory.CreateDirectory(folder);
            var probe = Path.Combine(folder, $".{Guid.NewGuid():N}");
            File.WriteAllBytes(probe, []);
            File.Delete(probe);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new AgentException(ExitCode.Configuration, $"--to: nothing can be written to {_to} ({refused.Message}) Nothing was read.", refused);
        }
    }

    public string PathOf(TransferHeader header) =>
        _isFile ? _to : Path.Combine(_to, FormattableString.Invariant($"{header.Region}-{header.Number:D6}-batches{Ending}"));

    /// <summary>Writes the file.</summary>
    public static void Write(string path, Action<Stream> write)
    {
        var part = path + ".part";
        try
        {
            using (var stream = new FileStream(part, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(part, path, overwrite: true);
        }
        catch
        {
            File.Delete(part);
            throw;
        }
    }
}
