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
        // Half the budget is far below what a ticket is about; the burn rates alone open one for nearly every failure.
        months.Tickets.ShouldBeLessThanOrEqualTo(1);
        months.StaticTickets.ShouldBeGreaterThan(300);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_service_at_exactly_its_budget_opens_few_tickets(bool isPoisson)
    {
        var months = BurnSimulation.Months(perHour: 20, isPoisson, months: 10, shareOfBudget: 1, target: 0.99, seed: 12);
        months.Pages.ShouldBe(0);
        months.Tickets.ShouldBeLessThanOrEqualTo(1);
        months.StaticTickets.ShouldBeGreaterThan(100);
    }

    [Theory]
    // Four times the budget spends it in a week; the burn rate of a day alone reaches 3 after 18 hours.
    [InlineData(20, 0.99, 4, 30)]
    [InlineData(100, 0.999, 4, 40)]
    [InlineData(200, 0.99, 4, 20)]
    // Twice the budget spends it in 15 days; the burn rate of three days alone reaches 1 after 36 hours.
    [InlineData(200, 0.99, 2, 60)]
    public void A_slow_burn_still_opens_a_ticket(double perHour, double target, double timesBudget, double hours)
    {
        var times = BurnSimulation.SlowBurns(perHour, isPoisson: true, burns: 40, timesBudget, target, seed: 3);
        TestContext.Current.TestOutputHelper!.WriteLine($"{perHour}/h at {target}, {timesBudget} x: median {times.Median:0.0} h, p95 {times.P95:0.0} h");
        times.Median.ShouldBeLessThanOrEqualTo(hours);
        times.NotWithinAMonth.ShouldBe(0);
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
