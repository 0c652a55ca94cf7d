using Assay.Tests.Observability.Slos.Simulations;

namespace Assay.Tests.Observability.Slos;

/// <summary>A small run of what the bench does at full size.</summary>
public sealed class BurnSimulationTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_service_within_its_budget_pages_nobody_where_burn_rates_alone_page_each_month(bool isPoisson)
    {
        var months = BurnSimulation.Months(perHour: 20, isPoisson, months: 100, shareOfBudget: 0.5, target: 0.999, seed: 11);
        months.Requests.ShouldBeInRange(1_430_000, 1_450_000);
        months.Bad.ShouldBeInRange(600, 840);
        months.Pages.ShouldBe(0);
        months.StaticPages.ShouldBeGreaterThan(500);
    }

    [Theory]
    // Three bad requests are the least evidence, and half of the time five requests hold three: the exact medians are 15 and 3 minutes.
    [InlineData(20, false, 15.5)]
    [InlineData(100, false, 3.1)]
    // With random gaps the third bad request comes after 2.67 / 10 hours = 16 minutes in half of the outages.
    [InlineData(20, true, 17.5)]
    [InlineData(100, true, 4)]
    public void An_outage_of_half_the_requests_pages_soon(double perHour, bool isPoisson, double minutes)
    {
        var times = BurnSimulation.Outages(perHour, isPoisson, outages: 400, shareBad: 0.5, target: 0.999, seed: 5);
        times.Median.ShouldBeLessThanOrEqualTo(minutes);
        times.NotWithinADay.ShouldBe(0);
    }
}
