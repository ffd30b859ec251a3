namespace CallTracking.Hub.Dictionaries;

internal static class DictionariesExtensions
{
    /// <summary>Adds the group's code tables; the policies' service hands them out, and tasks announce them.</summary>
    public static IServiceCollection AddDictionaries(this IServiceCollection services) =>
        services.AddSingleton<DictionaryStore>().AddSingleton<DictionarySource>().AddSingleton<DictionaryPush>();
}
