using Assay.Experimentation.Exposures;

namespace Assay.Experimentation.Tests.Exposures;

public sealed class RecentExposuresTests
{
    [Fact]
    public void An_exposure_is_new_once_for_experiment_version_unit_and_variant()
    {
        var recent = new RecentExposures(100);
        ExposureKey[] keys = [new("a", 1, 1, "x"), new("b", 1, 1, "x"), new("a", 2, 1, "x"), new("a", 1, 2, "x"), new("a", 1, 1, "y")];
        keys.ShouldAllBe(k => recent.Add(k));
        keys.ShouldAllBe(k => !recent.Add(k));
    }

    [Fact]
    public void The_latest_half_of_the_bound_is_always_known_and_no_more_than_the_bound_is_kept()
    {
        const int bound = 1_000;
        var recent = new RecentExposures(bound);
        for (var unit = 0; unit < 10 * bound; unit++)
        {
            recent.Add(new ExposureKey("a", 1, unit, "x")).ShouldBeTrue();
        }

        var known = Enumerable.Range(0, 10 * bound).Count(unit => recent.Knows(new ExposureKey("a", 1, unit, "x")));
        known.ShouldBeInRange((bound / 2) - 1, bound);
    }

    [Fact]
    public void One_that_was_forgotten_on_purpose_is_new_again()
    {
        var recent = new RecentExposures(100);
        var key = new ExposureKey("a", 1, 1, "x");
        recent.Add(key).ShouldBeTrue();
        recent.Remove(key);
        recent.Add(key).ShouldBeTrue();
    }
}
