using System.Text.Json;
using Assay.Statistics.Planning;

namespace Assay.Statistics.Tests.Planning;

public sealed class PowerPlanTests
{
    [Fact]
    public void A_plan_survives_json_as_a_result()
    {
        var plan = RatePower.SampleSize(0.1, 0.02);

        var json = JsonSerializer.Serialize(plan);

        json.ShouldStartWith("{\"outcome\":\"plan\"");
        JsonSerializer.Deserialize<StatisticResult>(json).ShouldBe(plan);
    }

    [Fact]
    public void A_result_prints_itself_once()
    {
        MeanPower.Power(0.5, 64).ToString().ShouldContain("Method = Power of the two-sample t test, Reference = ");
        MeanPower.SampleSize(0).ToString().ShouldContain("Reason = the effect is 0");
    }
}
