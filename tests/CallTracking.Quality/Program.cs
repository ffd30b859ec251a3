using System.CommandLine;
using CallTracking.Privacy;
using CallTracking.Quality;

var sets = new Option<string>("--sets") { Description = "Folder with the labelled sets.", DefaultValueFactory = _ => "../shared/pii" };
var neutral = new Option<string>("--neutral") { Description = "Folder with the neutral texts.", DefaultValueFactory = _ => "tests/CallTracking.Quality/Neutral" };
var page = new Option<string?>("--page") { Description = "File to write; standard output without it." };
var misses = new Option<bool>("--misses") { Description = "Show what was missed and what was found falsely. Made-up values only stand in the sets." };
var root = new RootCommand("Measures the detectors. Started by ops/quality.") { sets, neutral, page, misses };
root.SetAction(result =>
{
    var text = new QualityReport(result.GetRequiredValue(sets), result.GetRequiredValue(neutral), result.GetValue(misses)).Write();
    if (result.GetValue(page) is { } file)
    {
        File.WriteAllText(file, text);
    }
    else
    {
        Console.Write(text);
    }
});
var country = new Option<string>("--country") { Description = "Country of the text.", DefaultValueFactory = _ => "" };
var words = new Argument<string[]>("TEXT") { Description = "Texts to look through." };
var look = new Command("look", "Shows what is found in texts.") { country, words };
look.SetAction(result =>
{
    var detection = new TextDetection();
    foreach (var text in result.GetRequiredValue(words))
    {
        var verdict = detection.Look(text, result.GetRequiredValue(country), "", null);
        Console.WriteLine($"{verdict.Redacted}  {string.Join("; ", verdict.Findings.Select(f => $"{f.Entity} [{text[f.Start..f.End]}] {f.Score}"))}");
    }
});
root.Subcommands.Add(look);
return await root.Parse(args).InvokeAsync();
