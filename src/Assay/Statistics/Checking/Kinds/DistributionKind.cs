namespace Assay.Statistics.Checking.Kinds;

/// <summary>
/// <c>distribution</c>: rows of a function (<c>t_sf</c>, <c>norm_ppf</c>, …), its argument and parameters. A row answers
/// <c>value</c> and, for probabilities, <c>log10</c>, and repeats its inputs.
/// </summary>
internal static class DistributionKind
{
    private const double LogOf10 = 2.302585092994045684;

    public static AnswerGroup Answer(CaseInputs inputs)
    {
        var rows = inputs.Rows("rows").Select(Row).ToList();
        return new AnswerGroup().Add("rows", new ListAnswer(rows));
    }

    private static AnswerGroup Row(CaseInputs inputs)
    {
        var row = inputs.Echo();
        var function = inputs.Text("fn") ?? "";
        var x = inputs.Number("x");
        var cut = function.LastIndexOf('_');
        try
        {
            return cut > 0 && DistributionFamily.Find(function[..cut], inputs) is { } family ? AddValues(row, function[(cut + 1)..], x, family) : row;
        }
        catch (AssayException e)
        {
            // Parameters that no distribution has: references say NaN there.
            return row.Add("value", new AbsentAnswer(e.Message)).Add("log10", new AbsentAnswer(e.Message));
        }
    }

    private static AnswerGroup AddValues(AnswerGroup row, string form, double x, DistributionFamily family) =>
        form switch
        {
            "sf" => AddProbability(row, () => family.LogUpper(x)),
            "cdf" => AddProbability(row, () => family.LogLower(x)),
            "logsf" => AddLog(row, () => family.LogUpper(x)),
            "logcdf" => AddLog(row, () => family.LogLower(x)),
            "ppf" => AddQuantile(row, () => family.Quantile(x)),
            "isf" => AddQuantile(row, () => family.UpperQuantile(x)),
            _ => row,
        };

    private static AnswerGroup AddProbability(AnswerGroup row, Func<double> log) =>
        row.Add("value", () => Checking.Answer.Of(Math.Exp(log()))).Add("log10", () => Checking.Answer.Of(log() / LogOf10));

    // Some references give log10 beside a logarithm, some do not.
    private static AnswerGroup AddLog(AnswerGroup row, Func<double> log) =>
        row.Add("value", () => Checking.Answer.Of(log())).Add("log10", () => new NumberAnswer(log() / LogOf10, OrNothing: true));

    private static AnswerGroup AddQuantile(AnswerGroup row, Func<double> quantile) =>
        row.Add("value", () => Checking.Answer.Of(quantile())).Add("log10", new AbsentAnswer("a quantile has no logarithm here"));
}
