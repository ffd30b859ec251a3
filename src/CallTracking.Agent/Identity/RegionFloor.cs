using System.Text;
using CallTracking.Agent.Commands;
using CallTracking.Agent.Configuration;
using CallTracking.Contracts;
using CallTracking.Privacy;

namespace CallTracking.Agent.Identity;

/// <summary>
/// The region's own floor: a policy document, signed here, whose rules hold beside those of every bundle; the more protective
/// one wins. What is configured and does not hold stops everything.
/// </summary>
internal sealed class RegionFloor
{
    private const int MostBytes = 1 << 20;
    private readonly PolicyDocument _document;

    private RegionFloor(PolicyDocument document, JurisdictionInfo info) => (_document, Info) = (document, info);

    /// <summary>What the document says of itself.</summary>
    public JurisdictionInfo Info { get; }

    /// <summary>Where a floor's signature stands.</summary>
    public static string SignatureFile(string file) => file + ".sig";

    /// <summary>The floor that the settings name; null for a region without one.</summary>
    /// <exception cref="AgentException">It does not hold, or is named no more: nothing may leave.</exception>
    public static RegionFloor? Load(AgentSettings settings)
    {
        var key = new FloorKey(settings.State, settings.Region);
        if (settings.Floor is not { } file)
        {
            return key.IsInUse
                ? throw Stop($"This region has a floor of its own, and {settings.File} names none. Write 'floor: FILE' again; to work without it from now on, delete {key.TrustedKeyFile}.")
                : null;
        }

        try
        {
            var document = Read(file);
            return key.Refuse(document, ReadSignature(file)) is { } refusal
                ? throw Stop($"The region's floor {file} does not hold: {refusal}.")
                : Parse(file, document, ExitCode.NoPolicy);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw Stop($"The region's floor cannot be read: {unreadable.Message} Put it there, or run 'calltracking-agent floor sign' if it was never signed.", unreadable);
        }
    }

    /// <summary>Reads and checks a document that is to be signed.</summary>
    /// <exception cref="AgentException">It is no floor; the text holds every fault.</exception>
    public static (RegionFloor Floor, byte[] Document) Inspect(string file)
    {
        var document = Read(file);
        return (Parse(file, document, ExitCode.Configuration), document);
    }

    /// <summary>Has it hold from now on, so that no older one does: once it is used for what leaves.</summary>
    public static void Remember(AgentSettings settings)
    {
        if (settings.Floor is { } file)
        {
            new FloorKey(settings.State, settings.Region).Remember(ReadSignature(file));
        }
    }

    /// <summary>The policies with the floor beside them; null when the two do not go together.</summary>
    public PolicySet? Under(PolicySet policies) => policies.WithFloor(_document).Policies;

    private static byte[] Read(string file) => new FileInfo(file) is { Exists: true, Length: > MostBytes }
        ? throw new IOException($"{file} has more than {MostBytes} bytes.")
        : File.ReadAllBytes(file);

    private static string ReadSignature(string file) => Encoding.UTF8.GetString(Read(SignatureFile(file)));

    private static RegionFloor Parse(string file, byte[] bytes, ExitCode code)
    {
        // The bundle's documents do not matter to what a floor is: one of them stands in for all.
        var document = new PolicyDocument { Name = file, Yaml = Encoding.UTF8.GetString(bytes).TrimStart('\uFEFF') };
        var load = PolicySet.Parse(PolicySet.BuiltInPacks.Where(pack => pack.Name == "default.yaml"), default).Policies!.WithFloor(document);
        return load.Policies is { Floor: { } info }
            ? new RegionFloor(document, info)
            : throw new AgentException(code, string.Join(Environment.NewLine, load.Faults));
    }

    private static AgentException Stop(string text, Exception? inner = null) => new(ExitCode.NoPolicy, text + " Nothing was read and nothing left.", inner);
}
