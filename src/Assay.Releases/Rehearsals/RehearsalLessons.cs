using Assay.Experimentation.Analysis;
using Assay.Releases.Canaries;
using Assay.Releases.Canaries.Judging;

namespace Assay.Releases.Rehearsals;

/// <summary>What a rehearsal teaches by its figures alone.</summary>
internal static class RehearsalLessons
{
    /// <summary>One sentence or two each.</summary>
    public static IReadOnlyList<string> Of(RehearsalScenario scenario, RehearsalMeasures measures) =>
        [.. Found(scenario, measures), .. Hurt(scenario, measures), .. Limits(measures), .. Before(scenario, measures), .. Unasked(measures)];

    /// <summary>The look that decided; null when none did.</summary>
    public static CanaryLook? DecidedBy(RehearsalMeasures measures) => measures.Looks.LastOrDefault(l => l.Verdict == Verdict.Fail);

    private static IEnumerable<string> Found(RehearsalScenario scenario, RehearsalMeasures measures)
    {
        if (DecidedBy(measures) is not { } look)
        {
            yield break;
        }

        var found = RehearsalFinding.Of(look);
        var number = measures.Looks.Count(l => l.At >= measures.FaultAt && l.At <= look.At);
        yield return $"It was found by {string.Join(" and ", found.Select(f => f.Words))}, at look {FigureText.Count(number)} after the fault, with {FigureText.Counted(Requests(look), "request")} of the candidate on its step.";
        if (!found.Any(f => scenario.FoundBy.Contains(f.Metric)))
        {
            yield return $"It was expected to be found by {string.Join(" or ", scenario.FoundBy)}: ask why that was slower.";
        }
    }

    private static IEnumerable<string> Hurt(RehearsalScenario scenario, RehearsalMeasures measures)
    {
        if (measures.Detect is null)
        {
            yield break;
        }

        var (during, found) = (measures.During, measures.Found);
        yield return $"{FigureText.Count(during.HurtOfCandidate)} of the candidate's {FigureText.Count(during.Candidate)} questions were hurt from the fault until all was well, and {FigureText.Count(during.HurtOfControl)} of control's {FigureText.Count(during.Control)}.";
        if (scenario.FoundBy.Contains(RehearsalStage.Memory))
        {
            yield return found.HurtOfCandidate == 0
                ? "No question had failed when the rollback was decided: memory tells before users do."
                : $"{FigureText.Counted(found.HurtOfCandidate, "question")} had failed when the rollback was decided.";
        }
    }

    /// <summary>When fixed limits on the candidate alone would have been passed, as long as the canary was looked at.</summary>
    private static IEnumerable<string> Limits(RehearsalMeasures measures)
    {
        if (DecidedBy(measures) is not { } decided || RehearsalFinding.Of(decided).All(f => f.By == MetricBreak.Probe))
        {
            yield break;
        }

        var after = measures.Looks.Where(l => l.At >= measures.FaultAt && l.At <= decided.At).ToList();
        var passed = after.FindIndex(l => l.Metrics.Any(IsBeyondLimit));
        yield return passed < 0 ? "Limits on the candidate's own figures, without control, had not been passed by then."
        : passed == after.Count - 1 ? "Limits on the candidate's own figures, without control, were passed at the same look."
        : $"Limits on the candidate's own figures, without control, were passed {FigureText.Counted(after.Count - 1 - passed, "look")} earlier; they also take healthy candidates back.";
    }

    private static IEnumerable<string> Before(RehearsalScenario scenario, RehearsalMeasures measures)
    {
        var looks = measures.Looks.Count(l => l.At < measures.FaultAt);
        if (measures.RolledBackBefore is null && !scenario.IsBroken)
        {
            yield return $"Before the fault {FigureText.Counted(looks, "look")} at the healthy candidate took nothing back.";
        }
    }

    private static IEnumerable<string> Unasked(RehearsalMeasures measures)
    {
        if (measures.NotAsked > 0)
        {
            yield return $"{FigureText.Counted(measures.NotAsked, "question")} could not be asked, since too many waited for their answers: the machine is slow for this, and times are longer than they were.";
        }
    }

    private static long Requests(CanaryLook look) => look.Metrics.Select(m => m.CanaryCount).DefaultIfEmpty().Max();

    private static bool IsBeyondLimit(MetricJudgement metric) =>
        metric.Metric is RehearsalStage.Errors or RehearsalStage.Latency && metric is { Limit: { } limit, Canary: { } value } && value > limit;
}
