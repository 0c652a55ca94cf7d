using Assay.Statistics;
using Assay.Statistics.Planning;

namespace Assay.Cli.Planning;

/// <summary>Answers a request by every method that fits it.</summary>
internal static class PowerPlanner
{
    // The test that the experiments use comes first.
    private static readonly RatePowerMethod[] RateMethods = [RatePowerMethod.PooledNull, RatePowerMethod.Arcsine, RatePowerMethod.Unpooled];
    private static readonly double[] Steps = [0.25, 0.5, 0.75, 1, 1.25, 1.5, 2];

    public static PowerReport Plan(PowerRequest request)
    {
        request.Demand();
        IReadOnlyList<StatisticResult> plans = request.OfRates ? [.. RateMethods.SelectMany(m => RatePlans(request, m))] : [MeanPlanOf(request)];
        return new PowerReport(request, PowerSentence.Of(request, plans), plans, plans[0] is PowerPlan leading ? Curve(request, leading) : []);
    }

    private static IEnumerable<StatisticResult> RatePlans(PowerRequest r, RatePowerMethod method)
    {
        var baseline = r.Baseline!.Value;
        switch (r.Question)
        {
            case PowerQuestion.SampleSize:
                return [RatePower.SampleSize(baseline, r.Lift!.Value, r.Alpha, r.WantedPower, r.ArmRatio, method, r.Alternative)];
            case PowerQuestion.Power:
                return [RatePower.Power(baseline, r.Lift!.Value, r.N!.Value, r.Alpha, r.ArmRatio, method, r.Alternative)];
            default:
                var smallest = RatePower.DetectableEffect(baseline, r.N!.Value, r.Alpha, r.WantedPower, r.ArmRatio, method, r.Alternative);
                return new[] { smallest.Rise, smallest.Fall }.OfType<StatisticResult>();
        }
    }

    private static StatisticResult MeanPlanOf(PowerRequest r) =>
        (r.Question, r.Paired) switch
        {
            (PowerQuestion.SampleSize, false) => MeanPower.SampleSize(r.Size!.Value, r.Alpha, r.WantedPower, r.ArmRatio, r.Alternative),
            (PowerQuestion.SampleSize, true) => PairedPower.SampleSize(r.Size!.Value, r.Alpha, r.WantedPower, r.Alternative),
            (PowerQuestion.Power, false) => MeanPower.Power(r.Size!.Value, r.N!.Value, r.Alpha, r.ArmRatio, r.Alternative),
            (PowerQuestion.Power, true) => PairedPower.Power(r.Size!.Value, r.N!.Value, r.Alpha, r.Alternative),
            (_, false) => MeanPower.DetectableEffect(r.N!.Value, r.Alpha, r.WantedPower, r.ArmRatio, r.Alternative),
            (_, true) => PairedPower.DetectableEffect(r.N!.Value, r.Alpha, r.WantedPower, r.Alternative),
        };

    /// <summary>Power over n, or over the effect when the effect was asked for.</summary>
    private static List<CurvePoint> Curve(PowerRequest request, PowerPlan leading)
    {
        var byEffect = request.Question == PowerQuestion.DetectableEffect;
        var asked = Steps.Select(step =>
            byEffect ? (N: leading.ControlN, Effect: leading.Effect * step) : (N: (long)Math.Ceiling(leading.ControlSize * step), leading.Effect)
        );
        return [.. asked.Distinct().Select(at => Point(request, at.N, at.Effect)).OfType<CurvePoint>()];
    }

    private static CurvePoint? Point(PowerRequest request, long n, double effect)
    {
        if (request.Baseline + effect is <= 0 or >= 1)
        {
            return null;
        }

        var at = request.OfRates ? request with { Lift = effect, N = n } : request with { Effect = effect, N = n };
        var plan = at.OfRates ? RatePlans(at, RateMethods[0]).First() : MeanPlanOf(at);
        return plan is PowerPlan found ? new CurvePoint(n, effect, found.Power) : null;
    }
}
