using System.Globalization;
using Assay.Statistics.Tables;

namespace Assay.Statistics.Checking.Kinds;

/// <summary><c>srm_chi2_gof</c>: the sample ratio test. <c>srm_at_0.001</c> asks whether the ratio is off at that level.</summary>
internal static class SampleRatioKind
{
    private const string AtLevel = "srm_at_";

    public static AnswerGroup Answer(CaseInputs inputs)
    {
        var (observed, weights) = (inputs.Counts("observed"), inputs.Numbers("weights"));
        var test = new Lazy<StatisticResult>(() => SampleRatio.Check(observed, weights));
        return new AnswerGroup()
            .AddDegenerate(test)
            .Add("chi2", test, r => r.Statistic)
            .Add("df", test, r => r.DegreesOfFreedom)
            .AddP("p", test)
            .AddPattern(name => LevelOf(name) is { } level ? AnswerGroup.From(test.Value, r => IsOff(r, level)) : null);
    }

    private static Answer IsOff(Computed test, double level) => Checking.Answer.Of(test.P!.Value.Value < level);

    private static double? LevelOf(string name) =>
        name.StartsWith(AtLevel, StringComparison.Ordinal)
        && double.TryParse(name.AsSpan(AtLevel.Length), NumberStyles.Float, CultureInfo.InvariantCulture, out var level)
            ? level
            : null;
}
