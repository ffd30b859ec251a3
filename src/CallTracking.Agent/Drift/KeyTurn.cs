using System.Globalization;
using CallTracking.Mapping;

namespace CallTracking.Agent.Drift;

/// <summary>
/// Goes with the keys of a reading, and says where nearly none is known though the source has many: its cases would stand twice at headquarters, once under each
/// spelling. Told of exports that are complete, and of files that stand in the place of others where no key has a form as those had: what brings new cases
/// only is no doubt. Not thread-safe.
/// </summary>
/// <param name="countKnown">How many cases of the source headquarters has; asked when it matters.</param>
/// <param name="before">Forms of the keys that were read before; null where that is not known.</param>
/// <param name="isComplete">All cases of the source are in what is read.</param>
internal sealed class KeyTurn(Func<long> countKnown, KeyForms? before, bool isComplete)
{
    // Of fewer cases nothing can be expected to tell.
    private const long Fewest = 10;

    // Of a complete export whose new keys look as all did: so few cases may well all be over, and others have come.
    private const long FewestOfOldForm = 50;

    // "Nearly none", of known cases.
    private const long OneOf = 50;
    private const long MostMet = 100;

    // So many new ones, of the known, that these could be those.
    private const long Plenty = 4;

    private readonly KeyForms _fresh = new();
    private long? _known;
    private long _met;
    private long _new;
    private bool _hasKnownForm;
    private bool _hasOldForm;

    /// <summary>Nothing can come of it any more.</summary>
    public bool IsSettled => _met > MostMet || (_met > 0 && _met * OneOf > Known) || (!isComplete && (before is null or { IsMany: true } or { IsEmpty: true } || _hasKnownForm)) || (_new >= Fewest && Known < (isComplete && _hasOldForm ? FewestOfOldForm : Fewest));

    private long Known => _known ??= countKnown();

    /// <summary>Takes the key of a row, if it has one.</summary>
    /// <param name="isKnown">Whether the ledger had the case before this reading; null where it met it already.</param>
    public void Add(RowOutcome outcome, Func<RowOutcome, bool?> isKnown) => Add(outcome, isKnown, this);

    /// <summary>As <see cref="Add(RowOutcome, Func{RowOutcome, bool?})"/> for several, with one look into the ledger.</summary>
    /// <param name="turns">Null for one whose row it is not.</param>
    public static void Add(RowOutcome outcome, Func<RowOutcome, bool?> isKnown, params ReadOnlySpan<KeyTurn?> turns)
    {
        var (localId, known) = (LocalIdOf(outcome), (bool?)null);
        foreach (var turn in turns)
        {
            if (turn is { IsSettled: false } && localId is not null && (known ??= isKnown(outcome)) is { } isMet)
            {
                turn.Count(localId, isMet);
            }
        }
    }

    private void Count(string localId, bool isKnown)
    {
        if (isKnown)
        {
            _met++;
            return;
        }

        _new++;
        var form = KeyForms.Of(localId);
        _fresh.Add(form);
        _hasKnownForm |= !isComplete && before?.Has(form) == true;
        _hasOldForm |= before?.All.Contains(form) == true;
    }

    /// <summary>For people, without a key; null where there is no doubt.</summary>
    public string? Doubt() => _new < Fewest || _new * Plenty < Known || IsSettled ? null
        : Say($"{(_met == 0 ? "none" : $"only {_met:N0}")} of the {Known:N0} known cases {(_met is 0 or 1 ? "is" : "are")} in what was read, and {_new:N0} are new: has the spelling of the key changed? {Forms()}");

    private static string? LocalIdOf(RowOutcome outcome) => outcome switch
    {
        RowOutcome.Mapped mapped => mapped.LocalId,
        RowOutcome.Rejected rejected => rejected.LocalId,
        _ => null,
    };

    private string Forms() => before is { IsMany: false, IsEmpty: false } && !_fresh.IsMany
        ? $"Keys were of the form {Named(before)}, those that are new are {Named(_fresh)} ({KeyForms.Legend}, however many)"
        : _fresh.IsMany ? "Keys have many forms" : $"Keys that are new are of the form {Named(_fresh)} ({KeyForms.Legend}, however many)";

    private static string Named(KeyForms forms) => string.Join(" or ", forms.All.Take(3));

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
