namespace CallTracking.Privacy;

/// <summary>What is known of words before anything is learnt: lists of names, dictionaries, little words of languages.</summary>
/// <param name="Lists">Names and ordinary words of scripts with spaces, and katakana.</param>
/// <param name="Nouns">German nouns: <see cref="GermanNouns"/>.</param>
/// <param name="Chinese">Words of texts in Han without kana.</param>
/// <param name="Japanese">Words of texts with kana.</param>
/// <param name="Languages">Tells languages with capitals apart.</param>
internal sealed record NameLexicon(NameLists Lists, NameLists Nouns, NameWords Chinese, NameWords Japanese, NameLanguages Languages);
