using System.Globalization;
using System.IO.Compression;
using System.Text;
using CallTracking.Agent.Sources;
using Xunit;

namespace CallTracking.Agent.Tests.Sync;

/// <summary>Whatever happens to the files of an inbox between nights, headquarters has the latest version of each case, and a night after a quiet day sends nothing.</summary>
public sealed class FileChurnTests
{
    private static readonly ReadingWish New = ReadingWish.Everything;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Nights_OverFilesThatChange_EndWithTheLatestVersionOfEachCase(int seed)
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await LatestWinsAsync(hub);
        var inbox = new Churn(agent, new Random(seed), isOfOneTime: false);
        for (var night = 0; night < 8; night++)
        {
            inbox.Change();

            await agent.NightAsync(night % 4 == 3 ? null : New);

            Assert.Equal(inbox.Latest(), Stored(hub));
        }
    }

    [Theory]
    [InlineData(5)]
    [InlineData(6)]
    public async Task Nights_OverFilesThatTellACaseDifferentlyWithOneTime_SendNothingAfterAQuietDay(int seed)
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await LatestWinsAsync(hub);
        var inbox = new Churn(agent, new Random(seed), isOfOneTime: true);
        for (var night = 0; night < 6; night++)
        {
            inbox.Change();
            await agent.NightAsync(New);
            // Where the file whose version stands has the case no more, the night that follows reads all once again.
            await agent.NightAsync(New);
            var stored = Stored(hub);

            var quiet = await agent.NightAsync(New);
            Assert.Equal((0UL, 0UL), (quiet.Rows, quiet.SentCases));
            await agent.NightAsync();
            var again = await agent.NightAsync();

            Assert.True(again.SentCases == 0, $"night {night}: {again.SentCases}; {string.Join(" | ", inbox.Told())} had {string.Join(' ', stored)} has {string.Join(' ', Stored(hub))}");
            Assert.All(Stored(hub), version => Assert.Contains(version, inbox.Versions));
        }
    }

    private static async Task<AgentBench> LatestWinsAsync(TestHub hub)
    {
        var agent = await AgentBench.AtAsync(hub, duplicates: "latest");
        agent.PointTo(hub, files: "inbox/*");
        // What no rule hides.
        agent.WriteMapping(text => text.Replace("subject: subject", "product.model: subject", StringComparison.Ordinal));
        return agent;
    }

    private static List<string> Stored(TestHub hub) => [.. hub.Stored.Values.Select(record => record.Case.Product.Model).Order(StringComparer.Ordinal)];

    /// <summary>An inbox to which things happen, and what it should have come to.</summary>
    private sealed class Churn(AgentBench agent, Random random, bool isOfOneTime)
    {
        private const string Header = "id,subject,status,updated\n";

        private readonly SortedDictionary<string, string> _files = new(StringComparer.Ordinal);
        private readonly Dictionary<string, int> _latest = [];
        private int _version;
        private int _names;

        public HashSet<string> Versions { get; } = [];

        public List<string> Latest() => [.. _latest.Values.Select(version => $"v{version}").Order(StringComparer.Ordinal)];

        public IEnumerable<string> Told() => _files.Select(file => $"{file.Key}: {file.Value[Header.Length..].ReplaceLineEndings("/")}");

        public void Change()
        {
            for (var more = random.Next(1, 5); more > 0; more--)
            {
                One();
            }

            foreach (var line in _files.Values.SelectMany(text => text.Split('\n').Skip(1)).Where(line => line.Length > 0))
            {
                var (id, version) = (line.Split(',')[0], int.Parse(line.Split(',')[1].AsSpan(1), CultureInfo.InvariantCulture));
                _latest[id] = Math.Max(version, _latest.GetValueOrDefault(id));
            }
        }

        private void One()
        {
            var name = _files.Count == 0 ? null : _files.Keys.ElementAt(random.Next(_files.Count));
            switch (name is null ? 0 : random.Next(8))
            {
                case 0 or 1:
                    Put(NewName(), Header + Rows());
                    break;
                case 2 when name!.EndsWith(".csv", StringComparison.Ordinal):
                    _files[name] += Rows();
                    File.AppendAllText(agent.Inbox(name), _files[name][(int)new FileInfo(agent.Inbox(name)).Length..]);
                    break;
                case 3:
                    Put(name!, Header + Rows());
                    break;
                case 4:
                    var text = Take(name!);
                    Put(NewName(), text);
                    break;
                case 5:
                    Put(NewName(), _files[name!]);
                    break;
                case 6:
                    Take(name!);
                    break;
                default:
                    var lines = _files[name!][Header.Length..].Split('\n', StringSplitOptions.RemoveEmptyEntries);
                    Put(name!, Header + string.Concat(lines.OrderBy(_ => random.Next()).Take(lines.Length - (lines.Length / 3)).Select(line => line + "\n")));
                    break;
            }
        }

        private string Rows() => string.Concat(Enumerable.Range(0, random.Next(1, 5)).Select(_ =>
        {
            var (id, version) = ($"C{random.Next(6)}", ++_version);
            Versions.Add($"v{version}");
            return string.Create(CultureInfo.InvariantCulture, $"{id},v{version},open,2024-11-20 {(isOfOneTime ? 10 : version / 60):00}:{(isOfOneTime ? 0 : version % 60):00}\n");
        }));

        private string NewName() => $"{(char)('a' + random.Next(26))}{++_names}{(random.Next(4) switch { 0 => ".csv.gz", 1 => ".zip", _ => ".csv" })}";

        private string Take(string name)
        {
            var text = _files[name];
            _files.Remove(name);
            agent.Delete(name);
            return text;
        }

        private void Put(string name, string text)
        {
            _files[name] = text;
            using var content = new MemoryStream();
            if (name.EndsWith(".zip", StringComparison.Ordinal))
            {
                using (var archive = new ZipArchive(content, ZipArchiveMode.Create, leaveOpen: true))
                using (var member = archive.CreateEntry("cases.csv").Open())
                {
                    member.Write(Encoding.UTF8.GetBytes(text));
                }
            }
            else if (name.EndsWith(".gz", StringComparison.Ordinal))
            {
                using (var packed = new GZipStream(content, CompressionLevel.Fastest, leaveOpen: true))
                {
                    packed.Write(Encoding.UTF8.GetBytes(text));
                }
            }
            else
            {
                content.Write(Encoding.UTF8.GetBytes(text));
            }

            Directory.CreateDirectory(Path.GetDirectoryName(agent.Inbox(name))!);
            File.WriteAllBytes(agent.Inbox(name), content.ToArray());
        }
    }
}
