namespace CallTracking.Testing.Limits;

/// <summary>A file that is large, or made to fill a machine, and what the agent may make of it.</summary>
/// <param name="What">For people, with its size.</param>
/// <param name="File">Its name; the ending matters.</param>
/// <param name="Format">The mapping's <c>format</c>.</param>
/// <param name="Mebibytes">Peak resident memory that the agent may have.</param>
/// <param name="Says">What it must say: of a sound file the rows, of another one where it is refused.</param>
/// <param name="Write">Writes it from its start to its end.</param>
public sealed record LimitCase(string What, string File, string Format, int Mebibytes, string Says, Action<Stream> Write)
{
    /// <summary>Read to its end by <c>drift</c>; else shown by <c>preview --rejected</c>, which says what it refused and where.</summary>
    public bool IsSound { get; init; }

    /// <summary>What the agent is called with. It needs no hub, and sends nothing.</summary>
    public IEnumerable<string> Arguments(string folder)
    {
        string[] work = IsSound ? ["drift", "--all"] : ["preview", "--rejected", "--limit", "10"];
        return [.. work, "--config", Path.Combine(folder, "agent.yaml")];
    }

    /// <summary>Writes the agent's configuration and its mapping.</summary>
    public void Configure(string folder)
    {
        System.IO.File.WriteAllText(Path.Combine(folder, "agent.yaml"), $$"""
            region: DE
            centre: Berlin
            country: DE
            hub: https://127.0.0.1:1
            sources:
              - {mapping: mapping.yaml, files: {{File}}}
            """);
        System.IO.File.WriteAllText(Path.Combine(folder, "mapping.yaml"), $"""
            source: desk
            format: {Format}
            time_zone: Etc/UTC
            key: id
            fields:
              subject: s
            """);
    }

    /// <summary>Puts the file there.</summary>
    public async Task PutAsync(string folder)
    {
        await using var made = System.IO.File.Create(Path.Combine(folder, File), bufferSize: 1 << 16);
        Write(made);
    }
}
