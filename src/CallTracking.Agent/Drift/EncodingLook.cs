using CallTracking.Agent.Sources;
using CallTracking.Agent.Sources.Files;
using CallTracking.Mapping;

namespace CallTracking.Agent.Drift;

/// <summary>Looks at the starts of a source's files for another encoding than the mapping names. Not thread-safe.</summary>
internal sealed class EncodingLook(SourceMapping mapping)
{
    // An export is written alike in all its files; a folder of thousands is not to be opened twice.
    private const int MostFiles = 16;

    private readonly bool _canDoubt = EncodingDoubt.CanDoubt(mapping);
    private readonly List<string> _doubts = [];
    private int _files;

    /// <summary>A line per file that is doubted.</summary>
    public IReadOnlyList<string> Doubts => _doubts;

    public async Task AddAsync(SourceInput input, CancellationToken cancellationToken)
    {
        foreach (var file in _canDoubt ? input.Parts.OfType<FileInput>() : [])
        {
            if (_files++ < MostFiles)
            {
                await using var content = await file.OpenContentAsync(cancellationToken);
                if (await EncodingDoubt.OfAsync(content, mapping, cancellationToken) is { } doubt)
                {
                    _doubts.Add($"{file.Name} {doubt}");
                }
            }
        }
    }
}
