using Assay.Statistics.Corrections;

namespace Assay.Statistics.Checking.Kinds;

/// <summary><c>multiple_testing</c>: adjusted p-values by four methods, and which are alarms at alpha.</summary>
internal static class CorrectionKind
{
    public static AnswerGroup Answer(CaseInputs inputs)
    {
        var (pValues, alpha) = (inputs.Numbers("p_values"), inputs.Alpha);
        return new AnswerGroup()
            .Add("bonferroni", By(Correction.Bonferroni, pValues, alpha))
            .Add("holm", By(Correction.Holm, pValues, alpha))
            .Add("fdr_bh", By(Correction.BenjaminiHochberg, pValues, alpha))
            .Add("fdr_by", By(Correction.BenjaminiYekutieli, pValues, alpha));
    }

    private static AnswerGroup By(Correction method, double[] pValues, double alpha)
    {
        var adjusted = new Lazy<double[]>(() => MultipleTesting.Adjust(pValues, method));
        return new AnswerGroup()
            .Add("adjusted", () => Checking.Answer.Of(adjusted.Value))
            .Add("reject", () => new ListAnswer([.. adjusted.Value.Select(p => Checking.Answer.Of(p <= alpha))]));
    }
}
