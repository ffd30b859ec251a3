using System.Globalization;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace CallTracking.Contracts;

/// <summary>
/// What a program gives out of hand for support: a zip file of parts that are each put together from what is known to be harmless. Nothing is copied into it from
/// a file or a table and then searched for what must not be there.
/// </summary>
public sealed class SupportBundle
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DictionaryKeyPolicy = null,
    };

    private readonly List<Part> _parts = [];

    /// <summary>A line for each part: its name, its size, what is in it.</summary>
    public IEnumerable<string> Contents => _parts.Select(part => string.Create(CultureInfo.InvariantCulture, $"{part.Name,-20} {part.Content.Length,9:N0} B  {part.What}"));

    /// <summary>Adds a part of lines.</summary>
    /// <param name="name">Of the entry; ours, never a file's.</param>
    /// <param name="what">What is in it, for whoever decides whether to give it away.</param>
    /// <param name="lines">The content.</param>
    public void Add(string name, string what, IEnumerable<string> lines) => _parts.Add(new Part(name, what, Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\n")))));

    /// <summary>Adds a part as JSON.</summary>
    /// <inheritdoc cref="Add(string, string, IEnumerable{string})"/>
    public void Add(string name, string what, object content) => Add(name, what, [JsonSerializer.Serialize(content, Json)]);

    /// <summary>Adds what the program and its machine are: no name of the machine or of a user.</summary>
    /// <param name="program">The program's name.</param>
    /// <param name="version">The program's version.</param>
    /// <param name="now">When the bundle is made.</param>
    public void AddProgram(string program, string version, DateTimeOffset now) => Add("program.json", "version, system, runtime, clock", new
    {
        Program = program,
        Version = version,
        MadeAt = now,
        TimeZone = TimeZoneInfo.Local.Id,
        Os = RuntimeInformation.OSDescription,
        Architecture = RuntimeInformation.OSArchitecture.ToString(),
        Runtime = RuntimeInformation.FrameworkDescription,
        Processors = Environment.ProcessorCount,
        MemoryBytes = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes,
    });

    /// <summary>Adds the doctor's findings: each code, and the words only of those that are made of numbers, times and our own codes.</summary>
    /// <param name="found">In their order.</param>
    /// <param name="speaking">Codes whose words hold no path, no name and nothing that somebody wrote.</param>
    public void AddFindings(IEnumerable<Diagnosis> found, IReadOnlySet<string> speaking) => Add(
        "doctor.jsonl",
        "codes of doctor's findings; words only where they are numbers, times and codes",
        found.Select(one => JsonSerializer.Serialize(new { gravity = DiagnosisLines.Word(one.Gravity), code = one.Code, text = speaking.Contains(one.Code) ? one.Text : null })));

    /// <summary>Writes the file, which appears whole or not at all and only its owner may read.</summary>
    public void Write(string path)
    {
        var temporary = $"{Path.GetFullPath(path)}.{Guid.NewGuid():N}";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        try
        {
            using (var file = new FileStream(temporary, options))
            {
                using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
                {
                    Fill(zip);
                }

                file.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    private void Fill(ZipArchive zip)
    {
        Write(zip, "contents.txt", Encoding.UTF8.GetBytes(string.Join('\n', Contents) + "\n"));
        foreach (var part in _parts)
        {
            Write(zip, part.Name, part.Content);
        }
    }

    private static void Write(ZipArchive zip, string name, byte[] content)
    {
        using var entry = zip.CreateEntry(name).Open();
        entry.Write(content);
    }

    private sealed record Part(string Name, string What, byte[] Content);
}
