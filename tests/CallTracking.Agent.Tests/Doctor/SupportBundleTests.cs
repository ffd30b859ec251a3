using System.IO.Compression;
using System.Text;
using CallTracking.Agent.Commands;
using CallTracking.Agent.Tests.Sync;
using CallTracking.Testing;
using Xunit;

namespace CallTracking.Agent.Tests.Doctor;

/// <summary>What an agent gives out of hand for support holds no value that somebody wrote: values are planted wherever there is a place, and looked for in every form.</summary>
public sealed class SupportBundleTests
{
    private const string Name = "Brünhild Käferstein-Ozols";
    private const string Mail = "b.kaeferstein@canary-mail.example";
    private const string Phone = "+49 30 2312 5447";
    private const string FileName = "fall-kaeferstein-ozols";
    private const string Header = "canary-column-of-ozols";
    private const string Word = "canary word of a table";
    private const string Password = "canary-proxy-sesame";
    private const string Centre = "Canary Centre Kreuzberg";
    private const string Note = "canary note: office of Ozols moves";
    private const string Quarantined = "canary-state-of-ozols";
    private const string Folder = "canary-folder-ozols";
    private const string Key = "canary_key_of_ozols";

    private static readonly string[] All = [Name, Mail, Phone, FileName, Header, Word, Password, Centre, Note, Quarantined, Folder, Key];

    [Fact]
    public async Task Bundle_ValuesPlantedEverywhere_HoldsNone()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        Plant(agent);
        await agent.NightAsync();
        Assert.Equal(ExitCode.Done, (await AgentProgram.RunAsync("pause", "--note", Note, "--config", agent.Config)).Code);
        Poison(agent);
        var file = Path.Combine(agent.Folder, "support.zip");

        var (code, output, error) = await AgentProgram.RunAsync("support-bundle", "--out", file, "--config", agent.Config);

        Assert.True(code == ExitCode.Done, error);
        var parts = Read(file);
        Assert.Equal(["contents.txt", "program.json", "configuration.txt", "doctor.jsonl", "status.json", "runs.json", "sources.json", "tables.json"], parts.Keys);
        Assert.All(parts, part => Assert.Empty(NeedleForms.Find(part.Value, All)));
        Assert.Empty(NeedleForms.Find(Encoding.UTF8.GetBytes(output), All));

        // They are there to be found, and the bundle says what support asks for.
        var doctor = await AgentProgram.RunAsync("doctor", "--config", agent.Config);
        Assert.NotEmpty(NeedleForms.Find(Encoding.UTF8.GetBytes(doctor.Output), All));
        var said = Encoding.UTF8.GetString([.. parts.Values.SelectMany(bytes => bytes)]);
        Assert.Contains("\"unmapped-value\": 1", said, StringComparison.Ordinal);
        Assert.Contains("mapping-wrong", said, StringComparison.Ordinal);
        Assert.Contains("schedule.cron: 15 2 * * *", said, StringComparison.Ordinal);
        Assert.Contains("proxy: (set)", said, StringComparison.Ordinal);
        Assert.Contains("centre: (set)", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bundle_ConfigurationThatIsBroken_HoldsNoneOfItsText()
    {
        using var folder = new TempFolder();
        foreach (var yaml in (string[])[$"region: {Name}\ncentre: {Centre}\n{Key}: {Mail}\nschedule: {{cron: '{Note}', time_zone: {Word}}}\nsources:\n  - {{mapping: {FileName}, snapshot: {Header}, {Key}: 1}}\n", $"region: [{Name}\n: {Password}"])
        {
            folder.Write("agent.yaml", yaml);
            var file = folder.File("support.zip");

            var (code, output, error) = await AgentProgram.RunAsync("support-bundle", "--out", file, "--config", folder.File("agent.yaml"));

            Assert.True(code == ExitCode.Done, error);
            Assert.All(Read(file), part => Assert.Empty(NeedleForms.Find(part.Value, All)));
            Assert.Contains("configuration-wrong", Encoding.UTF8.GetString(Read(file)["doctor.jsonl"]), StringComparison.Ordinal);
            Assert.Empty(NeedleForms.Find(Encoding.UTF8.GetBytes(output), All));
        }
    }

    [Fact]
    public async Task Bundle_FileThatIsThere_IsReplacedAndPrivateAndADryRunWritesNone()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        var file = Path.Combine(agent.Folder, "support.zip");

        var dry = await AgentProgram.RunAsync("support-bundle", "--dry-run", "--config", agent.Config);
        Assert.Contains("status.json", dry.Output, StringComparison.Ordinal);
        Assert.False(File.Exists(file));
        Assert.NotEqual(ExitCode.Done, (await AgentProgram.RunAsync("support-bundle", "--config", agent.Config)).Code);

        await File.WriteAllTextAsync(file, "an older one");
        var (_, output, _) = await AgentProgram.RunAsync("support-bundle", "--out", file, "--config", agent.Config);

        Assert.Equal(dry.Output.Split('\n').Select(line => line.Split(' ')[0]), output.Split('\n').Select(line => line.Split(' ')[0]));
        Assert.NotEmpty(Read(file));
        Assert.Equal([file], Directory.GetFiles(agent.Folder, "support*"));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }
    }

    private static Dictionary<string, byte[]> Read(string file)
    {
        using var zip = ZipFile.OpenRead(file);
        return zip.Entries.ToDictionary(entry => entry.FullName, entry =>
        {
            using var content = new MemoryStream();
            using var stream = entry.Open();
            stream.CopyTo(content);
            return content.ToArray();
        });
    }

    private static void Plant(AgentBench agent)
    {
        agent.WriteMapping(text => text.Replace("values: {open: open, closed: closed}", $"values: {{open: open, closed: closed, \"{Word}\": closed}}", StringComparison.Ordinal));
        agent.WriteText($"{FileName}.csv", $"id,subject,status,updated,{Header}\nC1,{Name} {Mail} {Phone},open,2024-11-20 10:00,x\nC2,{Name},{Quarantined},2024-11-20 10:00,x\n");
    }

    // What a night does not go through with: a second source whose mapping is wrong, a proxy with a password, a folder of that name.
    private static void Poison(AgentBench agent)
    {
        var inbox = Directory.CreateDirectory(Path.Combine(agent.Folder, Folder)).FullName;
        File.WriteAllText(Path.Combine(agent.Folder, $"{FileName}.yaml"), $"source: desk2\n{Key}: {Name}\nformat: {{type: delimited, encoding: {Word}}}\nkey: {Header}\n");
        var yaml = File.ReadAllText(agent.Config)
            .Replace("centre: Berlin", $"centre: {Centre}", StringComparison.Ordinal)
            .Replace("sources:", $"schedule: {{cron: \"15 2 * * *\"}}\nproxy: http://{Folder}:{Password}@127.0.0.1:9\nsources:\n  - mapping: {FileName}.yaml\n    files: {inbox}/*.csv", StringComparison.Ordinal);
        File.WriteAllText(agent.Config, yaml);
    }
}
