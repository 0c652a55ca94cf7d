namespace Assay.Evaluation.Benchmarks;

/// <summary>Why a run cannot be resumed: what it set out to do is not what the files say now.</summary>
internal static class PlanDifference
{
    /// <exception cref="AssayException">Something that decides the outcome changed (exit code 2); the message names it.</exception>
    public static void DemandSame(RunPlan plan, RunContent now)
    {
        var before = plan.Content;
        Demand(
            plan,
            before.Dataset.Hash == now.Dataset.Hash,
            $"its dataset '{before.Dataset.Name}' changed since (it had {before.Dataset.Cases:#,0} cases, now {now.Dataset.Cases:#,0})"
        );
        Demand(
            plan,
            before.TargetFingerprint == now.TargetFingerprint,
            $"its target was '{before.Target}' and is now '{now.Target}', or its prompt or parameters changed"
        );
        Demand(plan, before.Repeats == now.Repeats && before.Seed == now.Seed, "its repeats or seed changed");
        Demand(
            plan,
            before.Metrics.Select(m => (m.Name, m.Fingerprint)).SequenceEqual(now.Metrics.Select(m => (m.Name, m.Fingerprint))),
            "its metrics or judges changed"
        );
    }

    private static void Demand(RunPlan plan, bool isSame, string problem)
    {
        if (!isSame)
        {
            throw AssayException.Usage(
                $"The run '{plan.Run}' cannot be resumed: {problem}.",
                "Restore the files as they were, or begin a new run: the response cache keeps answers that are still right from being paid twice."
            );
        }
    }
}
