using CallTracking.Contracts;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Xunit;

namespace CallTracking.Privacy.Tests;

public sealed class CaseShapeTests
{
    [Fact]
    public void Paths_Case_CoverEveryPersonalTextOfTheContract()
    {
        var expected = PersonalPaths(Case.Descriptor, "").Order();

        Assert.Equal(expected, CaseShape.Instance.Paths.Order());
    }

    [Fact]
    public void ClassSet_HasABitForEveryClassOfTheContract() => Assert.InRange(DataClassNames.Count, 1, 64);

    [Fact]
    public void Collect_CaseWithEveryFieldFilled_FindsEachValueOnce()
    {
        var value = FullCase.Create((path, _) => path);
        var leaves = new List<Leaf>();

        CaseShape.Instance.Collect(value, leaves);

        Assert.Equal(CaseShape.Instance.Paths.Order(), leaves.Select(leaf => leaf.Slot.Path).Order());
        Assert.All(leaves, leaf => Assert.Equal(leaf.Slot.Path, leaf.Text!.Clear));
    }

    [Fact]
    public void Redact_EveryFieldUnderDropAll_LeavesNoPersonalText()
    {
        var value = FullCase.Create((path, _) => $"secret of {path}");
        value.CustomerCountry = "ZZ";
        var policies = PolicyKit.OneCountry("free_text: {action: drop, at: edge}\ncase_number: {action: drop, at: edge}\ncustomer_number: {action: drop, at: edge}\n"
            + "email: {action: drop, at: edge}\nserial_number: {action: drop, at: edge}\npersonal_date: {action: drop, at: edge}");

        new EdgeRedactor(policies, PolicyKit.Keys).Redact(value);

        var leaves = new List<Leaf>();
        CaseShape.Instance.Collect(value, leaves);
        Assert.Empty(leaves);
        Assert.DoesNotContain("secret of", JsonFormatter.Default.Format(value), StringComparison.Ordinal);
    }

    private static IEnumerable<string> PersonalPaths(MessageDescriptor message, string path)
    {
        foreach (var field in message.Fields.InFieldNumberOrder().Where(field => field.FieldType == FieldType.Message))
        {
            var own = path.Length == 0 ? field.Name : $"{path}.{field.Name}";
            if (field.MessageType == PersonalText.Descriptor || field.MessageType == CustomField.Descriptor)
            {
                yield return own;
            }
            else
            {
                foreach (var nested in PersonalPaths(field.MessageType, own))
                {
                    yield return nested;
                }
            }
        }
    }
}
