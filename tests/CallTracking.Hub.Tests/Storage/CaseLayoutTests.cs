using CallTracking.Contracts;
using CallTracking.Hub.Storage;
using Google.Protobuf;
using Xunit;

namespace CallTracking.Hub.Tests.Storage;

public sealed class CaseLayoutTests
{
    public static TheoryData<Case> Cases() => new()
    {
        new Case(),
        new Case { Region = "DE", Subject = new PersonalText { Clear = "Akku" }, Description = new PersonalText { Masked = "[NAME_1] rief an" } },
        new Case { Subject = new PersonalText { Generalized = "" }, Description = new PersonalText() },
        new Case { Subject = new PersonalText { Pseudonym = new Pseudonym { Purpose = "text" } }, Description = new PersonalText { Sealed = new Sealed { KeyId = "k" } } },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Join_OfASplitCase_IsTheSameCase(Case @case)
    {
        var before = @case.Clone();

        var texts = CaseLayout.Split(@case);

        Assert.Equal(before, CaseLayout.Join(@case.ToByteArray(), texts));
    }

    [Fact]
    public void Split_OfTexts_LeavesNoneOfThemInTheRecord()
    {
        var @case = new Case { Subject = new PersonalText { Masked = "qqqq" }, Description = new PersonalText { Clear = "wwww" } };

        var texts = CaseLayout.Split(@case);

        Assert.Equal(new CaseTexts("qqqq", "wwww"), texts);
        Assert.DoesNotContain("qqqq", @case.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("wwww", @case.ToString(), StringComparison.Ordinal);
    }
}
