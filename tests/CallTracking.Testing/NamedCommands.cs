using System.Text.RegularExpressions;

namespace CallTracking.Testing;

/// <summary>A command of a program.</summary>
/// <param name="Name">The word that stands for it; of no meaning for the program itself.</param>
/// <param name="Options">With their dashes, short forms too.</param>
/// <param name="Below">What can follow.</param>
/// <param name="IsWhole">True when nothing has to follow.</param>
public sealed record ProgramCommand(string Name, IReadOnlyList<string> Options, IReadOnlyList<ProgramCommand> Below, bool IsWhole);

/// <summary>The commands that our own messages and pages name: a cure is worth what the command in it does.</summary>
public static partial class NamedCommands
{
    private static readonly string[] NotOurs = ["bin", "obj", "node_modules", ".git", ".run", "lib", "dist"];

    // What was.
    private static readonly string[] NotRead = ["CHANGELOG.md"];

    /// <summary>How many there are, and those that the program does not have: a word that is no command, an option that the command does not take.</summary>
    /// <param name="program"><c>calltracking-hub</c>; where it is named in any source or page, and, where it has commands of several words, in quotes in its own sources.</param>
    /// <param name="root">Its commands.</param>
    /// <param name="sources">Its own sources, below <c>src</c>.</param>
    public static (int Count, IReadOnlyList<string> Wrong) Check(string program, ProgramCommand root, string sources)
    {
        var (count, wrong) = (0, new List<string>());
        foreach (var file in Files(RepositoryRoot.Find()))
        {
            var isOwn = file.StartsWith(RepositoryRoot.Path("src", sources) + Path.DirectorySeparatorChar, StringComparison.Ordinal) && file.EndsWith(".cs", StringComparison.Ordinal);
            foreach (var (line, number) in File.ReadLines(file).Select((line, index) => (line, index + 1)))
            {
                foreach (var named in In(line, program, isOwn, root))
                {
                    count++;
                    if (FaultOf(named, root) is { } fault)
                    {
                        wrong.Add($"{Path.GetRelativePath(RepositoryRoot.Find(), file)}:{number}: '{named}': {fault}");
                    }
                }
            }
        }

        return (count, wrong);
    }

    /// <summary>What is wrong with words behind a program's name; null when it takes them.</summary>
    public static string? FaultOf(string words, ProgramCommand root)
    {
        ArgumentNullException.ThrowIfNull(words);
        ArgumentNullException.ThrowIfNull(root);
        var (command, options) = (root, root.Options.ToList());
        foreach (var word in words.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (command.Below.FirstOrDefault(below => below.Name == word) is { } known)
            {
                command = known;
                options.AddRange(known.Options);
            }
            else if (command.Below.Count > 0 && !command.IsWhole && !word.StartsWith('-'))
            {
                return $"no command is called '{word}' there";
            }
            else if (word.StartsWith("--", StringComparison.Ordinal) && !options.Contains(word))
            {
                return $"it takes no {word}";
            }
        }

        return null;
    }

    private static IEnumerable<string> In(string line, string program, bool isOwn, ProgramCommand root)
    {
        foreach (Match named in Named().Matches(line).Where(named => named.Groups["program"].Value == program))
        {
            yield return named.Groups["words"].Value;
        }

        foreach (Match quoted in Quoted().Matches(isOwn ? line : ""))
        {
            var words = quoted.Groups["words"].Value;
            if (root.Below.FirstOrDefault(command => command.Name == words.Split(' ')[0]) is { Below.Count: > 0 })
            {
                yield return words;
            }
        }
    }

    private static IEnumerable<string> Files(string folder) => Directory.EnumerateFiles(folder)
        .Where(file => Path.GetExtension(file) is ".cs" or ".md" && !NotRead.Contains(Path.GetFileName(file)))
        .Concat(Directory.EnumerateDirectories(folder).Where(below => !NotOurs.Contains(Path.GetFileName(below))).SelectMany(Files));

    [GeneratedRegex(@"(?<!-g )\b(?<program>calltracking-(?:agent|hub)) (?!is )(?<words>[a-z][a-z-]*(?: (?:--)?[a-z][a-z-]*| [A-Za-z0-9{}_./=,:-]+)*)")]
    private static partial Regex Named();

    [GeneratedRegex(@"'(?<words>[a-z]+(?: [a-z][a-z-]*)+(?: --[a-z][a-z-]*)*)'")]
    private static partial Regex Quoted();
}
