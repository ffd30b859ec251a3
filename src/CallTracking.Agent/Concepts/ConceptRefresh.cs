using System.Globalization;
using CallTracking.Agent.Dictionaries;
using CallTracking.Contracts;
using CallTracking.Privacy;

namespace CallTracking.Agent.Concepts;

/// <summary>
/// Keeps the concept dictionaries as the hub's Welcome names them: a new version is fetched, what is named no more is removed. What cannot be
/// had leaves what is kept, and is said.
/// </summary>
internal sealed class ConceptRefresh(ITableFetch fetch, CodeTableCache kept, Action<string> say)
{
    /// <summary>What to look for in this sync; null without any dictionary.</summary>
    public async Task<ConceptMatcher?> TakeAsync(Welcome welcome, CancellationToken cancellationToken)
    {
        var inForce = welcome.Dictionaries.Where(version => version.Kind == DictionaryKind.Concepts && CodeTableCsv.IsName(version.Name)).ToList();
        foreach (var gone in kept.Concepts.Where(dictionary => inForce.TrueForAll(version => version.Name != dictionary.Name)).ToList())
        {
            kept.Remove(gone.Name);
            say($"concept dictionary {gone.Name}: the hub has it no more");
        }

        var stale = inForce.Where(version => kept.Look(version.Name)?.Version != version.Version).Select(version => version.Name).ToList();
        foreach (var news in stale.Count > 0 ? await fetch.RefreshAsync(stale, cancellationToken) : [])
        {
            say(Text(news));
        }

        var matcher = ConceptMatcher.Of(kept.Concepts);
        foreach (var notice in matcher?.Notices ?? [])
        {
            say(notice);
        }

        return matcher;
    }

    private string Text(CodeTableNews news)
    {
        var version = kept.Look(news.Name)?.Version;
        return (news.Trouble, version) switch
        {
            (null, _) => string.Create(CultureInfo.InvariantCulture, $"concept dictionary {news.Name}: version {version} fetched; every text is looked through for it"),
            ({ } trouble, null) => $"concept dictionary {news.Name}: not fetched ({trouble.TrimEnd('.')}); nothing is looked for by it",
            ({ } trouble, { } old) => string.Create(CultureInfo.InvariantCulture, $"concept dictionary {news.Name}: not fetched anew ({trouble.TrimEnd('.')}); version {old} is used"),
        };
    }
}
