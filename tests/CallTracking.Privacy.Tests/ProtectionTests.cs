using CallTracking.Contracts;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace CallTracking.Privacy.Tests;

public sealed class ProtectionTests
{
    private static readonly ActionParameters[] Targets =
    [
        new(Generalization.Month, 0, ""), new(Generalization.Year, 0, ""), new(Generalization.AgeBand, 0, ""),
    ];

    [Fact]
    public void Compare_Actions_FollowTheWrittenOrder()
    {
        RedactionAction[] order =
        [
            RedactionAction.Drop, RedactionAction.Seal, RedactionAction.Pseudonymize, RedactionAction.Mask,
            RedactionAction.Generalize, RedactionAction.Shift, RedactionAction.Detect, RedactionAction.Keep,
        ];

        Assert.Equal(order, order.OrderByDescending(Protection.Strength));
        Assert.Equal(order.Length, order.Select(Protection.Strength).Distinct().Count());
    }

    [Fact]
    public void Compare_Generalizations_TheCoarserProtectsMore()
    {
        Assert.True(Protection.Compare(To(Targets[2]), To(Targets[1])) > 0);
        Assert.True(Protection.Compare(To(Targets[1]), To(Targets[0])) > 0);
        Assert.True(Protection.Compare(To(new(Generalization.Prefix, 2, "")), To(new(Generalization.Prefix, 3, ""))) > 0);
        Assert.True(Protection.Compare(To(new(Generalization.Prefix, 20, "")), To(new(Generalization.Lot, 0, ""))) > 0);
    }

    [Fact]
    public void Join_AnyRules_ProtectsAtLeastLikeEachAndInAnyOrder() =>
        Prop.ForAll(
            Rules().Two().ToArbitrary(),
            pair =>
            {
                var joined = Protection.Join(pair.Item1, pair.Item2);
                var other = Protection.Join(pair.Item2, pair.Item1);
                return !Protection.Loosens(joined, pair.Item1) && !Protection.Loosens(joined, pair.Item2)
                    && Protection.Compare(joined, other) == 0 && joined.Place == other.Place;
            }).QuickCheckThrowOnFailure();

    [Fact]
    public void Compare_AnyRules_IsATotalOrder() =>
        Prop.ForAll(
            Rules().Three().ToArbitrary(),
            rules =>
            {
                var (a, b, c) = rules;
                var antisymmetric = Math.Sign(Protection.Compare(a, b)) == -Math.Sign(Protection.Compare(b, a));
                var transitive = Protection.Compare(a, b) < 0 || Protection.Compare(b, c) < 0 || Protection.Compare(a, c) >= 0;
                return antisymmetric && transitive;
            }).QuickCheckThrowOnFailure();

    private static ClassRule To(ActionParameters parameters) =>
        new(RedactionAction.Generalize, RedactionPlace.Hub, "zz", parameters);

    private static Gen<ClassRule> Rules() =>
        from action in Gen.Elements(Enum.GetValues<RedactionAction>()[1..])
        from place in Gen.Elements(RedactionPlace.Edge, RedactionPlace.Hub)
        from target in Gen.Elements(Targets)
        select new ClassRule(
            action,
            action == RedactionAction.Keep ? RedactionPlace.Hub : place,
            "zz",
            action == RedactionAction.Generalize ? target : null);
}
