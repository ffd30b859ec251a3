using CallTracking.Contracts;
using Google.Protobuf.Reflection;

namespace CallTracking.Mapping.Targets;

/// <summary>What a field of the contract takes from a mapping.</summary>
internal enum TargetKind
{
    Text,
    Personal,
    Enum,
    Time,
    Number,
    Integer,
    Size,
    Flag,
    Money,
    Message,
}

/// <summary>A field of the contract, reached from a message by its proto names: <c>customer.name</c>.</summary>
internal sealed record TargetPath(string Text, IReadOnlyList<FieldDescriptor> Steps, TargetKind Kind)
{
    // Set by the agent or by redaction, or built from keys that a mapping does not have.
    private static readonly HashSet<string> NotForMappings =
    [
        "calltracking.v1.Case.case_uid", "calltracking.v1.Case.region", "calltracking.v1.Case.source", "calltracking.v1.Case.links",
        "calltracking.v1.Case.concepts", "calltracking.v1.Case.redactions", "calltracking.v1.Case.custom_fields",
        "calltracking.v1.Attachment.digest", "calltracking.v1.Satisfaction.csat_score",
    ];

    public FieldDescriptor Leaf => Steps[^1];

    public bool IsRepeated => Leaf.IsRepeated;

    /// <summary>Null with the reason and the nearest names when there is no such field, or when it is not a mapping's to set.</summary>
    public static TargetPath? Resolve(MessageDescriptor root, string text, out string problem, out string cure)
    {
        var steps = new List<FieldDescriptor>();
        var message = root;
        foreach (var name in text.Split('.'))
        {
            if (message is null)
            {
                problem = $"'{text}' goes below '{steps[^1].Name}', which is a single value.";
                cure = $"Write '{string.Join('.', steps.Select(step => step.Name))}'.";
                return null;
            }

            if (message.FindFieldByName(name) is not { } field)
            {
                problem = $"'{text}': a {message.Name.ToLowerInvariant()} has no field '{name}'.";
                cure = Spec.NearestNames.Cure(name, message.Fields.InDeclarationOrder().Where(IsForMappings).Select(candidate => candidate.Name));
                return null;
            }

            if (!IsForMappings(field))
            {
                problem = $"'{text}' is not a mapping's to set.";
                cure = field.Name == "csat_score" ? "Write satisfaction.csat with its scale: the score is made from it." : "Take it out: CallTracking fills it.";
                return null;
            }

            steps.Add(field);
            message = KindOf(field) is TargetKind.Message ? field.MessageType : null;
        }

        problem = string.Empty;
        cure = string.Empty;
        return new TargetPath(text, steps, KindOf(steps[^1]));
    }

    /// <summary>Every path that a mapping may fill, in the contract's order; groups that are no list are only their fields.</summary>
    public static IEnumerable<TargetPath> All(MessageDescriptor root) => Below(root, []);

    private static IEnumerable<TargetPath> Below(MessageDescriptor message, IReadOnlyList<FieldDescriptor> above)
    {
        foreach (var field in message.Fields.InDeclarationOrder().Where(IsForMappings))
        {
            IReadOnlyList<FieldDescriptor> steps = [.. above, field];
            var kind = KindOf(field);
            if (kind != TargetKind.Message || field.IsRepeated)
            {
                yield return new TargetPath(string.Join('.', steps.Select(step => step.Name)), steps, kind);
            }

            foreach (var path in kind == TargetKind.Message ? Below(field.MessageType, steps) : [])
            {
                yield return path;
            }
        }
    }

    private static bool IsForMappings(FieldDescriptor field) => !NotForMappings.Contains(field.FullName);

    private static TargetKind KindOf(FieldDescriptor field) => field.FieldType switch
    {
        FieldType.String => TargetKind.Text,
        FieldType.Enum => TargetKind.Enum,
        FieldType.Double => TargetKind.Number,
        FieldType.Int32 => TargetKind.Integer,
        FieldType.UInt64 => TargetKind.Size,
        FieldType.Bool => TargetKind.Flag,
        FieldType.Message when field.MessageType == PersonalText.Descriptor => TargetKind.Personal,
        FieldType.Message when field.MessageType == CaseTime.Descriptor => TargetKind.Time,
        FieldType.Message when field.MessageType == Money.Descriptor => TargetKind.Money,
        FieldType.Message => TargetKind.Message,
        _ => throw new System.Diagnostics.UnreachableException($"{field.FullName} has type {field.FieldType}, which no mapping can fill."),
    };
}
