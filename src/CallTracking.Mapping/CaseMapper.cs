using CallTracking.Contracts;
using CallTracking.Mapping.Shapes;
using CallTracking.Mapping.Spec;
using CallTracking.Mapping.Targets;
using CallTracking.Mapping.Values;

namespace CallTracking.Mapping;

/// <summary>The source's own time of the last change.</summary>
internal sealed record UpdatedRule(ValueSource Source, TimeRules Times)
{
    /// <summary>What the contract says of its columns; it never leaves the time out.</summary>
    public ContractRule? Contract { get; init; }

    public required RulePlace Place { get; init; }
}

/// <summary>Leaves records out: those for which the condition holds, or those for which it does not.</summary>
internal sealed record FilterRule(string Name, Condition Condition, bool DropsWhenTrue, RulePlace Place);

/// <summary>When the source says that a case was deleted.</summary>
internal sealed record GoneRule(Condition Condition, RulePlace Place);

/// <summary>Turns a record into a case. Compiled from a mapping file; thread-safe.</summary>
internal sealed class CaseMapper(
    KeyRule key,
    UpdatedRule? updated,
    GoneRule? gone,
    IReadOnlyList<FilterRule> filters,
    IReadOnlyList<Binding> fields,
    IReadOnlyList<CustomFieldBinding> customFields,
    UnmappedRule unmapped)
{
    private readonly Binding[] _fields = [.. fields];
    private readonly CustomFieldBinding[] _customFields = [.. customFields];

    /// <summary>The files in which the rules' lines stand.</summary>
    public required MappingLines Lines { get; init; }

    public bool KeepsUnmapped => unmapped.Keep;

    public UpdatedRule? UpdatedRule => updated;

    public RulePlace KeyPlace => key.Place;

    public IReadOnlyList<Binding> Fields => _fields;

    public IReadOnlyList<CustomFieldBinding> CustomFields => _customFields;

    /// <summary>The case of a sound record, or that it is filtered; null with the fault when it must be rejected.</summary>
    public RowOutcome? Map(SourceRow row, RowPosition position, out RowFault? fault)
    {
        fault = Filter(row, out var rule);
        if (fault is not null || rule is not null)
        {
            return rule is null ? null : new RowOutcome.Filtered(position, rule);
        }

        fault = key.Read(row, out var localId, out var otherId);
        if (fault is not null)
        {
            return null;
        }

        var isGone = false;
        DateTimeOffset? updatedAt = null;
        fault = Updated(row, ref updatedAt) ?? (gone?.Condition.Test(row, out isGone)?.At(gone.Place) is { } unsure ? unsure with { Field = "gone" } : null);
        if (fault is not null)
        {
            return null;
        }

        // A tombstone needs no values, and must not fail for want of one.
        var mapped = new Case();
        if (!isGone)
        {
            fault = Fill(row, mapped);

            // Where the mapping names no time for the order of versions, the one that the case shows tells it.
            updatedAt = updated is null ? mapped.Updated?.At?.ToDateTimeOffset() : updatedAt;
        }

        return fault is null ? new RowOutcome.Mapped(position, mapped, localId, updatedAt, isGone) { OtherId = otherId } : null;
    }

    /// <summary>The fields that read something below a path.</summary>
    public IReadOnlyList<string> FieldsUnder(string path) =>
    [
        .. _fields.Where(field => field.Origin.Slots.Any(slot => IsUnder(slot.Name, path))).Select(field => field.Field),
        .. _customFields.Where(custom => custom.Origin.Slots.Any(slot => IsUnder(slot.Name, path))).Select(custom => $"custom_fields.{custom.Name}"),
    ];

    private static bool IsUnder(string name, string path) => name.StartsWith(path, StringComparison.Ordinal) && (name.Length == path.Length || name[path.Length] is '.' or '[');

    /// <summary>The record's key, whatever else is wrong with it; null when it has none. Beside it how the record writes that.</summary>
    public (string? LocalId, string? OtherId) LocalId(SourceRow row) => key.Read(row, out var localId, out var otherId) is null ? (localId, otherId) : default;

    private RowFault? Filter(SourceRow row, out string? rule)
    {
        rule = null;
        foreach (var filter in filters)
        {
            if (filter.Condition.Test(row, out var holds) is { } fault)
            {
                return fault.At(filter.Place) with { Field = $"filter {filter.Name}" };
            }

            if (holds == filter.DropsWhenTrue)
            {
                rule = filter.Name;
                return null;
            }
        }

        return null;
    }

    private RowFault? Updated(SourceRow row, ref DateTimeOffset? at)
    {
        if (updated is null)
        {
            return null;
        }

        var fault = updated.Source.Single(row, out var text, out var isPresent);
        if (fault is null && isPresent)
        {
            fault = updated.Times.Read(text, out var reading);
            at = reading.At;
        }

        return fault is null ? null : (updated.Contract?.Judge(row, fault) ?? fault).At(updated.Place) with { Field = "updated" };
    }

    private RowFault? Fill(SourceRow row, Case mapped)
    {
        foreach (var field in _fields)
        {
            if (field.Fill(row, mapped) is { } fault)
            {
                return fault;
            }
        }

        foreach (var custom in _customFields)
        {
            if (custom.Apply(row, mapped.CustomFields) is { } fault)
            {
                return fault;
            }
        }

        return unmapped.Keep ? AddUnmapped(row, mapped) : null;
    }

    private RowFault? AddUnmapped(SourceRow row, Case mapped)
    {
        var values = new List<UnmappedValue>();
        if (row.Unmapped(values) is { } fault)
        {
            return fault with { Field = "unmapped" };
        }

        if (!unmapped.KeepsDamage && values.Any(value => value.Text.Contains(TextRules.Damage, StringComparison.Ordinal)))
        {
            return new RowFault(RejectReason.DamagedText, "U+FFFD: the source has lost a character.", "unmapped");
        }

        var taken = mapped.CustomFields.Select(field => field.Name).ToHashSet(StringComparer.Ordinal);
        var all = mapped.CustomFields.Concat(values.Select(value => unmapped.ToField(UnmappedNames.Take(value, taken), value)))
            .OrderBy(field => field.Name, StringComparer.Ordinal).ToList();
        mapped.CustomFields.Clear();
        mapped.CustomFields.AddRange(all);
        return null;
    }
}
