using Assay.Statistics.Planning;

namespace Assay.Statistics.Checking.Kinds;

/// <summary>Answers from a plan of an experiment.</summary>
internal static class PlanAnswers
{
    /// <summary>The control's size as a real number, rounded up, and the treatment's.</summary>
    public static AnswerGroup Sizes(Lazy<StatisticResult> plan, string name, double ratio) =>
        Number(name, plan, p => p.ControlSize)
            .Add($"{name}_ceil", () => From(plan.Value, p => p.ControlN))
            .Add("nobs_b", () => From(plan.Value, p => p.ControlSize * ratio));

    public static AnswerGroup Number(string name, Lazy<StatisticResult> plan, Func<PowerPlan, double> field) =>
        new AnswerGroup().AddDegenerate(plan).Add(name, () => From(plan.Value, field));

    public static Answer From(StatisticResult plan, Func<PowerPlan, double> field) =>
        plan is NotComputable not ? new AbsentAnswer(not.Reason) : Answer.Of(field((PowerPlan)plan));
}
