using Assay.Experimentation.Clients;

namespace Assay.Experimentation.Tests.Clients;

public sealed class BackOffTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    [Fact]
    public void Waits_double_up_to_the_limit_and_a_random_half_of_them_is_drawn()
    {
        var backOff = new BackOff(Limit, new Random(1));
        var waits = Enumerable.Range(0, 100).Select(_ => backOff.Next()).ToList();
        for (var i = 0; i < waits.Count; i++)
        {
            var whole = Math.Min(0.25 * Math.Pow(2, i), 30);
            waits[i].TotalSeconds.ShouldBeInRange(whole / 2, whole);
        }
    }

    [Fact]
    public void After_a_success_the_first_wait_comes_again()
    {
        var backOff = new BackOff(Limit, new Random(1));
        _ = Enumerable.Range(0, 9).Select(_ => backOff.Next()).ToList();
        backOff.Succeeded();
        backOff.Next().ShouldBeLessThanOrEqualTo(TimeSpan.FromMilliseconds(250));
    }

    [Fact]
    public void What_the_hub_asks_for_is_kept_up_to_five_minutes()
    {
        var backOff = new BackOff(Limit, new Random(1));
        backOff.Next(TimeSpan.FromSeconds(90)).ShouldBe(TimeSpan.FromSeconds(90));
        backOff.Next(TimeSpan.FromDays(2)).ShouldBe(TimeSpan.FromMinutes(5));
        backOff.Next(TimeSpan.FromSeconds(-3)).ShouldBeGreaterThan(TimeSpan.Zero);
    }

    [Fact]
    public void Two_clients_do_not_wait_alike() => new BackOff(Limit, new Random(1)).Next().ShouldNotBe(new BackOff(Limit, new Random(2)).Next());
}
