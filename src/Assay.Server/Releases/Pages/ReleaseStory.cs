using Assay.Releases.Canaries;
using Assay.Releases.Canaries.Judging;
using Assay.Releases.Gates;
using Assay.Releases.Ledger;
using Assay.Server.Surface.Reading;

namespace Assay.Server.Releases.Pages;

/// <summary>How a release stands: verdict, what follows from it in one line, and why.</summary>
/// <param name="Verdict">The verdict.</param>
/// <param name="Word">Another word for it; null for the usual one.</param>
/// <param name="Headline">What follows from it.</param>
/// <param name="Why">Why, in sentences.</param>
internal sealed record ReleaseStory(Verdict Verdict, string? Word, string Headline, IReadOnlyList<string> Why)
{
    /// <summary>What the controller, or what moves traffic, said of it, in English as it stands in the ledger; null for nothing.</summary>
    public string? Told { get; init; }

    // What a person reads; the table has all.
    private const int MostMetrics = 2;

    /// <summary>The story of a release.</summary>
    public static ReleaseStory Of(ReleaseView view, Reader reader) =>
        view switch
        {
            { State: null } => OfGate(view, reader),
            { Phase: CanaryPhase.RolledBack or CanaryPhase.RollingBack } => RolledBack(view, reader),
            { Phase: CanaryPhase.Promoted } => Promoted(view, reader),
            _ => Running(view, view.State, view.Plan!, reader),
        };

    /// <summary>What keeps a canary on its step, in sentences.</summary>
    public static IReadOnlyList<string> Open(ReleaseView view, Reader reader)
    {
        var (state, plan) = (view.State!, view.Plan!);
        var open = state.Judgements.Where(j => j.Holds).Take(MostMetrics).Select(j => Sentence(j, plan, reader)).ToList();
        if (state.Judgements.Count(j => j.Holds) is > MostMetrics and var all)
        {
            open.Add(reader.Say($"{all - MostMetrics} more are open.", $"Не решено ещё: {all - MostMetrics}."));
        }

        var f = reader.Figures;
        if (state.OnStep < plan.MinTime)
        {
            open.Add(
                reader.Say(
                    $"The step takes {f.Long(plan.MinTime)} at least; {f.Long(plan.MinTime - state.OnStep)} are left.",
                    $"Шаг длится не меньше {f.Long(plan.MinTime)}; осталось {f.Long(plan.MinTime - state.OnStep)}."
                )
            );
        }

        if (Requests(state) is var seen && seen < plan.File.MinRequests)
        {
            open.Add(
                reader.Say(
                    $"The canary has {f.Count(seen, ReleaseTexts.Requests)}; the step needs {f.Count(plan.File.MinRequests)}.",
                    $"У канарейки {f.Count(seen, ReleaseTexts.Requests)}; шагу нужно {f.Count(plan.File.MinRequests)}."
                )
            );
        }

        return open;
    }

    /// <summary>
    /// What the controller said at the last look, where figures, time and requests are all there and it held all the same: the traffic was not the step's. Null otherwise.
    /// </summary>
    public static string? HeldByTraffic(ReleaseView view) =>
        view is { State: { Phase: CanaryPhase.Running, Move: null, Look: > 0 } state, Plan: { } plan }
        && state.Verdict != Verdict.Pass
        && !state.Judgements.Any(j => j.Holds)
        && state.OnStep >= plan.MinTime
        && state.Requests >= plan.File.MinRequests
            ? ReleaseTexts.Short(state.Reason)
            : null;

    /// <summary>Requests of the canary on its step.</summary>
    public static long Requests(CanaryState state) => Math.Max(state.Requests, state.Judgements.Select(j => j.CanaryCount).DefaultIfEmpty().Max());

    /// <summary>A metric at a look, with figure, interval, limit and what is still needed.</summary>
    public static string Sentence(MetricJudgement made, CanaryPlan plan, Reader reader)
    {
        if (plan.Metrics.FirstOrDefault(m => m.Name == made.Metric) is not { } metric)
        {
            return made.Metric + ".";
        }

        if (!made.IsSeen)
        {
            return made.Verdict == MetricVerdict.Error
                ? reader.Say($"{made.Metric} cannot be read.", $"{made.Metric} не читается.")
                : reader.Say($"{made.Metric} has no data.", $"{made.Metric}: нет данных.");
        }

        var row = MetricRow.Of(made, metric, reader);
        if (metric.Probe is not null)
        {
            return Probed(made, row, reader);
        }

        var figures = reader.Say(
            $"{made.Metric} is {row.Canary} against {row.Control}, {row.Difference}{Bracket(row.Interval)}",
            $"{made.Metric}: {row.Canary} против {row.Control}, {row.Difference}{Bracket(row.Interval)}"
        );
        var accepted = made.Accepted is null ? "" : reader.Say($"; {row.Accepted} is accepted", $"; допустимо {row.Accepted}");
        // Russian points end with one themselves.
        return (figures + accepted).TrimEnd('.') + "." + Needs(made, reader);
    }

    // What exactly was answered stands beneath the table, as it was recorded.
    private static string Probed(MetricJudgement made, MetricRow row, Reader reader)
    {
        var value =
            made.Canary is null ? ""
            : row.Backstop.Length == 0 ? $" ({row.Canary})"
            : $" ({row.Canary}; {row.Backstop})";
        return made.Verdict == MetricVerdict.Pass
            ? reader.Say($"The probe {made.Metric} answers well{value}.", $"Проверка {made.Metric} пройдена{value}.")
            : reader.Say($"The probe {made.Metric} fails{value}.", $"Проверка {made.Metric} не пройдена{value}.");
    }

    private static string Needs(MetricJudgement made, Reader reader) =>
        made is { Verdict: MetricVerdict.Inconclusive, More: { } more }
            ? reader.Say(
                $" About {reader.Figures.Count(About(more), ReleaseTexts.Requests)} more of the canary decide it.",
                $" Для решения нужно ещё примерно {reader.Figures.Count(About(more), ReleaseTexts.Requests)} канарейки."
            )
            : "";

    // An estimate of how many says no more than two digits.
    private static long About(long count)
    {
        var unit = 1L;
        while (count / unit >= 100)
        {
            unit *= 10;
        }

        return (count + (unit / 2)) / unit * unit;
    }

    private static string Bracket(string interval) => interval.Length == 0 ? "" : " " + interval;

    private static ReleaseStory Running(ReleaseView view, CanaryState state, CanaryPlan plan, Reader reader)
    {
        if (state.Move is { } move)
        {
            var to = ReleaseTexts.Share(move.Percent, reader);
            return new ReleaseStory(
                Verdict.NoData,
                reader.Say("On its way", "В пути"),
                reader.Say($"Traffic goes to {to}; that is not confirmed yet", $"Трафик переходит на {to}; это ещё не подтверждено"),
                Forced(view, reader)
            )
            {
                Told = view.MoveFault,
            };
        }

        List<string> why = [.. Open(view, reader), .. Lacking(view, reader)];
        if (state.Look == 0)
        {
            why = [reader.Say("Nobody has looked at this step yet.", "На этом шаге ещё не было ни одного просмотра.")];
        }
        else if (state.Verdict != Verdict.Pass)
        {
            why.Add(HoldEnds(state, plan, reader));
        }

        return new ReleaseStory(state.Verdict, null, Held(view, state, reader), [.. why, .. Forced(view, reader)]) { Told = HeldByTraffic(view) };
    }

    private static string Held(ReleaseView view, CanaryState state, Reader reader)
    {
        var at = ReleaseTexts.Share(state.Percent, reader);
        var unseen = state.Judgements.FirstOrDefault(j => j.Role != CanaryRole.Info && !j.IsSeen);
        var open = state.Judgements.FirstOrDefault(j => j.Holds);
        return state.Look == 0 ? reader.Say($"The canary is at {at}", $"Канарейка на {at}")
            : state.Verdict == Verdict.Pass && view.PromoteLacking > 0
                ? reader.Say(
                    $"Proven at {at}: {reader.Figures.Count(view.PromoteLacking, ReleaseTexts.Approvals)} missing before all traffic",
                    $"Доказано на {at}: до полного трафика не хватает: {reader.Figures.Count(view.PromoteLacking, ReleaseTexts.Approvals)}"
                )
            : state.Verdict == Verdict.Pass ? reader.Say($"Proven at {at}", $"Доказано на {at}")
            : unseen is not null ? reader.Say($"Hold at {at}: {unseen.Metric} cannot be seen", $"Держать на {at}: {unseen.Metric} не видно")
            : open is not null ? reader.Say($"Hold at {at}: {open.Metric} is not decided", $"Держать на {at}: {open.Metric} не решено")
            : HeldByTraffic(view) is not null
                ? reader.Say($"Hold at {at}: the traffic is not this step's", $"Держать на {at}: трафик не соответствует этому шагу")
            : reader.Say($"Hold at {at}: too short or too few to go on", $"Держать на {at}: для продолжения слишком мало времени или запросов");
    }

    private static IEnumerable<string> Lacking(ReleaseView view, Reader reader)
    {
        if (view.PromoteLacking > 0)
        {
            yield return reader.Say(
                $"Before all traffic moves {reader.Figures.Count(view.PromoteLacking, ReleaseTexts.Approvals)} must come: assay release approve {view.Id} --for promote.",
                $"До полного трафика нужно: {reader.Figures.Count(view.PromoteLacking, ReleaseTexts.Approvals)} (assay release approve {view.Id} --for promote)."
            );
        }
    }

    private static string HoldEnds(CanaryState state, CanaryPlan plan, Reader reader)
    {
        var left = plan.LongestHold - state.OnStep;
        var f = reader.Figures;
        return left <= TimeSpan.Zero
            ? reader.Say("The longest hold is over: it rolls back if this goes on.", "Самое долгое ожидание истекло: если так продолжится, будет откат.")
            : reader.Say(
                $"The longest hold ends in {f.Long(left)}; if nothing is decided by then, the canary rolls back.",
                $"Самое долгое ожидание кончится через {f.Long(left)}; если до того ничего не решится, канарейка откатится."
            );
    }

    private static ReleaseStory RolledBack(ReleaseView view, Reader reader)
    {
        var (state, plan) = (view.State!, view.Plan!);
        var link = view.Last(LedgerKind.RolledBack);
        var actor = link?.Entry.Actor ?? view.Rollback?.Actor ?? CanaryMove.Controller;
        var reason = link is null ? view.Rollback?.Reason ?? state.Reason : LedgerTexts.NoteOf(link)?.Reason ?? "";
        var at = ReleaseTexts.Share(plan.Steps[Math.Min(state.Step, plan.Steps.Count - 1)], reader);
        var broken = state.Judgements.Where(j => j.Role != CanaryRole.Info && j.Verdict == MetricVerdict.Fail).ToList();
        var isByController = actor == CanaryMove.Controller;
        var headline =
            view.Phase == CanaryPhase.RollingBack
                ? reader.Say($"Traffic goes from {at} to 0 %; that is not confirmed yet", $"Трафик уходит с {at} на 0 %; это ещё не подтверждено")
            : !isByController ? reader.Say($"Rolled back from {at} by hand", $"Откачен с {at} вручную")
            : broken.Count > 0 ? reader.Say($"Rolled back from {at}: {Names(broken)} broke", $"Откачен с {at}: нарушено {Names(broken)}")
            : reader.Say($"Rolled back from {at}: not decided in time", $"Откачен с {at}: не решено вовремя");
        List<string> why = isByController ? [.. broken.Take(MostMetrics).Select(j => Sentence(j, plan, reader))] : [$"{actor}: “{ReleaseTexts.Short(reason)}”"];
        if (isByController && broken.Count == 0)
        {
            var hold = reader.Figures.Long(plan.LongestHold);
            why.Add(reader.Say($"The step was not decided within {hold}.", $"Шаг не решился за {hold}."));
            why.AddRange(state.Judgements.Where(j => j.Holds).Take(MostMetrics).Select(j => Sentence(j, plan, reader)));
        }

        why.AddRange(Restored(view, reader));
        why.Add(reader.Say("Another candidate needs another version.", "Другому кандидату нужна другая версия."));
        return new ReleaseStory(
            Verdict.Fail,
            view.Phase == CanaryPhase.RollingBack ? reader.Say("Rolling back", "Откатывается") : reader.Say("Rolled back", "Откачен"),
            headline,
            [.. why, .. Forced(view, reader)]
        )
        {
            Told = view.Rollback?.Fault,
        };
    }

    private static IEnumerable<string> Restored(ReleaseView view, Reader reader)
    {
        if (view.Rollback is { ZeroAt: { } zero } rollback && zero >= rollback.WantedAt)
        {
            var took = reader.Figures.Duration((zero - rollback.WantedAt).TotalMilliseconds);
            yield return reader.Say($"Traffic read 0\u00a0% {took} after it was wanted.", $"Трафик стал 0\u00a0% через {took} после решения.");
        }
    }

    private static ReleaseStory Promoted(ReleaseView view, Reader reader)
    {
        var link = view.Last(LedgerKind.Promoted);
        var actor = link?.Entry.Actor ?? view.State!.Actor;
        var reason = link is null ? "" : LedgerTexts.NoteOf(link)?.Reason ?? "";
        var prefix = $"Promoted by {actor}: ";
        var why =
            actor == CanaryMove.Controller
                ? Proven(view, reader)
                : $"{actor}: “{ReleaseTexts.Short(reason.StartsWith(prefix, StringComparison.Ordinal) ? reason[prefix.Length..] : reason)}”";
        return new ReleaseStory(
            Verdict.Pass,
            reader.Say("Promoted", "Выпущен"),
            view.Later is { } later
                ? reader.Say($"All traffic was the candidate's, until {later.Version} began", $"Весь трафик был у кандидата, пока не начат {later.Version}")
                : reader.Say("All traffic is the candidate's", "Весь трафик у кандидата"),
            [why, .. Forced(view, reader)]
        );
    }

    private static string Proven(ReleaseView view, Reader reader)
    {
        var (waived, steps) = (view.State!.Waived, view.Plan!.Steps.Count - 1);
        return waived == 0
            ? reader.Say("Every guardrail was proven within its margin at each step.", "На каждом шаге каждое ограничение выдержано с доказательством.")
            : reader.Say(
                $"Every guardrail was proven within its margin at the last step; the proof was waived by order at {waived} of {steps} steps.",
                $"На последнем шаге каждое ограничение выдержано с доказательством; без доказательства, по приказу, пройдено шагов: {waived} из {steps}."
            );
    }

    private static IReadOnlyList<string> Forced(ReleaseView view, Reader reader) =>
        view.State is { Forced: { } reason } state
            ?
            [
                reader.Say(
                    $"It began without an open gate, {state.Actor}: “{ReleaseTexts.Short(reason)}”",
                    $"Начат без открытых ворот, {state.Actor}: «{ReleaseTexts.Short(reason)}»"
                ),
            ]
            : [];

    private static ReleaseStory OfGate(ReleaseView view, Reader reader) =>
        view.Gate is not { } gate
            ? new ReleaseStory(
                Verdict.NoData,
                null,
                view.Last(LedgerKind.Deployed) is null
                    ? reader.Say("Nothing was decided yet", "Пока ничего не решено")
                    : reader.Say("Deployed without a gate", "Развёрнут без ворот"),
                [reader.Say("The gate has not been asked.", "Ворота ещё не спрашивали.")]
            )
            : new ReleaseStory(gate.Verdict, null, OfGate(gate, reader), OfNeeds(view, gate, reader));

    private static string OfGate(GateDecision gate, Reader reader) =>
        gate.Verdict switch
        {
            Verdict.Pass => reader.Say("The gate is open; no traffic has moved yet", "Ворота открыты; трафик ещё не двигался"),
            Verdict.Fail => reader.Say("The gate is closed: evidence speaks against it", "Ворота закрыты: доказательства против"),
            Verdict.Inconclusive => reader.Say("The gate is closed: not everything is proven", "Ворота закрыты: доказано не всё"),
            _ => reader.Say("The gate is closed: evidence is missing", "Ворота закрыты: доказательств не хватает"),
        };

    private static List<string> OfNeeds(ReleaseView view, GateDecision gate, Reader reader)
    {
        List<string> why = [];
        foreach (
            var group in gate.Needs.Where(n => n.Verdict != Verdict.Pass).GroupBy(n => n.Verdict).OrderBy(g => Surface.Components.VerdictWords.RankOf(g.Key))
        )
        {
            why.Add($"{reader.Say(Surface.Components.VerdictWords.Of(group.Key))}: {string.Join(", ", group.Select(n => n.Need))}.");
        }

        if (gate.Approvals.Lacking > 0)
        {
            var lacking = reader.Figures.Count(gate.Approvals.Lacking, ReleaseTexts.Approvals);
            why.Add(reader.Say($"Still missing: {lacking}.", $"Не хватает: {lacking}."));
        }

        if (gate.Verdict == Verdict.Pass)
        {
            why.Add(
                view.File?.Canary is null
                    ? reader.Say("The release has no canary: deploy it.", "Канарейки у выпуска нет: можно разворачивать.")
                    : reader.Say("Every piece of evidence passes: the canary may begin.", "Все доказательства пройдены: канарейку можно начинать.")
            );
        }

        return why;
    }

    private static string Names(IEnumerable<MetricJudgement> broken) => string.Join(", ", broken.Select(j => j.Metric));
}
