using Assay.Releases.Canaries;
using Assay.Releases.Ledger;
using Assay.Server.Surface.Components;
using Assay.Server.Surface.Reading;

namespace Assay.Server.Releases.Pages;

/// <summary>A station of a release: the gate, a share of traffic, the approval, the end.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Icon">pass, fail, inconclusive, nodata or wait.</param>
/// <param name="Detail">When, with how much.</param>
/// <param name="Class">done, now or null.</param>
public sealed record ReleaseStep(string Name, string Icon, string Detail, string? Class)
{
    private const string Waits = "wait";
    private const string IsDone = "done";
    private const string IsNow = "now";

    internal static IReadOnlyList<ReleaseStep> Of(ReleaseView view, Reader reader)
    {
        var steps = new List<ReleaseStep> { Gate(view, reader) };
        var shares = view.Plan?.Steps ?? view.File?.Canary?.Steps ?? [];
        for (var step = 1; step < shares.Count; step++)
        {
            steps.Add(Share(view, step, shares[step - 1], reader));
        }

        if (view.Phase is CanaryPhase.RolledBack or CanaryPhase.RollingBack && view.Last(LedgerKind.Promoted) is null)
        {
            // What was never reached is not told.
            steps.RemoveAll(s => s.Icon == Waits);
            return [.. steps, Back(view, reader)];
        }

        if (view.PromoteNeeded > 0)
        {
            steps.Add(Approval(view, reader));
        }

        if (shares.Count > 0)
        {
            steps.Add(All(view, reader));
        }

        return view.Phase is CanaryPhase.RolledBack or CanaryPhase.RollingBack ? [.. steps, Back(view, reader)] : steps;
    }

    private static ReleaseStep Gate(ReleaseView view, Reader reader)
    {
        var name = reader.Say("Gate", "Ворота");
        if (view.State?.Forced is not null)
        {
            return new ReleaseStep(name, "inconclusive", reader.Say("gone past with a reason", "обойдены, с причиной"), IsDone);
        }

        if (view.Gate is not { } gate)
        {
            return new ReleaseStep(name, Waits, reader.Say("not asked yet", "ещё не спрашивали"), null);
        }

        var passed = gate.Needs.Count(n => n.Verdict == Verdict.Pass);
        return new ReleaseStep(
            name,
            VerdictWords.ClassOf(gate.Verdict),
            $"{At(gate.At, reader)} · "
                + reader.Say($"{passed} of {gate.Needs.Count} pieces of evidence pass", $"доказательств: {passed} из {gate.Needs.Count}"),
            gate.Verdict == Verdict.Pass ? IsDone
                : view.State is null ? IsNow
                : null
        );
    }

    private static ReleaseStep Share(ReleaseView view, int step, decimal percent, Reader reader)
    {
        var name = ReleaseTexts.Share(percent, reader);
        if (BeganAt(view, step) is not { } began)
        {
            return view is { State.Move: { } move, Phase: CanaryPhase.Running } && move.Step + 1 == step
                ? new ReleaseStep(name, "nodata", reader.Say("on its way", "в пути"), IsNow)
                : new ReleaseStep(name, Waits, "", null);
        }

        var looks = view.Looks.Where(l => l.Step == step).ToList();
        var seen = looks.Count == 0 ? 0 : looks.Max(l => Math.Max(l.Requests, l.Metrics.Select(m => m.CanaryCount).DefaultIfEmpty().Max()));
        var counted =
            looks.Count == 0 ? "" : $" · {reader.Figures.Count(looks[^1].Look, ReleaseTexts.Looks)}, {reader.Figures.Count(seen, ReleaseTexts.Requests)}";
        return LeftAt(view, step) is not { } left ? new ReleaseStep(name, IconNow(view), reader.Say("since ", "с ") + At(began, reader) + counted, IsNow)
            : left.Entry.Kind == LedgerKind.RolledBack ? new ReleaseStep(name, "fail", Span(began, left.Entry.At, reader) + counted, null)
            : new ReleaseStep(name, "pass", Span(began, left.Entry.At, reader) + counted, IsDone);
    }

    private static ReleaseStep Approval(ReleaseView view, Reader reader)
    {
        var given = view.PromoteApprovals.Count(a => a.Counts);
        var isEnough = given >= view.PromoteNeeded;
        return new ReleaseStep(
            reader.Say("Approval", "Одобрение"),
            isEnough ? "pass" : Waits,
            reader.Say($"{given} of {view.PromoteNeeded}", $"{given} из {view.PromoteNeeded}"),
            isEnough && view.Last(LedgerKind.Promoted) is not null ? IsDone : null
        );
    }

    private static ReleaseStep All(ReleaseView view, Reader reader)
    {
        var name = ReleaseTexts.Share(100, reader);
        return view.Last(LedgerKind.Promoted) is { } promoted
            ? new ReleaseStep(name, "pass", At(promoted.Entry.At, reader), view.Phase == CanaryPhase.Promoted ? IsNow : IsDone)
            : new ReleaseStep(name, Waits, "", null);
    }

    private static ReleaseStep Back(ReleaseView view, Reader reader) =>
        view.Last(LedgerKind.RolledBack) is { } back
            ? new ReleaseStep(reader.Say("Rolled back", "Откачен"), "fail", At(back.Entry.At, reader), IsNow)
            : new ReleaseStep(
                reader.Say("Rolling back", "Откатывается"),
                "fail",
                reader.Say("0\u00a0% is not confirmed yet", "0\u00a0% ещё не подтверждено"),
                IsNow
            );

    private static DateTimeOffset? BeganAt(ReleaseView view, int step) => Links(view).FirstOrDefault(l => l.Step == step).Link?.Entry.At;

    // A step ends with the next one, with all traffic or with none.
    private static LedgerLink? LeftAt(ReleaseView view, int step) =>
        Links(view).FirstOrDefault(l => l.Step > step || (l.Link.Entry.Kind == LedgerKind.RolledBack && l.Step >= step)).Link;

    private static IEnumerable<(int Step, LedgerLink Link)> Links(ReleaseView view) =>
        view
            .Moves.Where(l => l.Entry.Kind is LedgerKind.Step or LedgerKind.Promoted or LedgerKind.RolledBack)
            .Select(l => (LedgerTexts.NoteOf(l)?.Step ?? 0, l))
            .Where(l => l.Item1 > 0);

    private static string IconNow(ReleaseView view) => VerdictWords.ClassOf(view.State?.Verdict ?? Verdict.NoData);

    private static string At(DateTimeOffset at, Reader reader) =>
        at.UtcDateTime.Date == reader.Now.UtcDateTime.Date ? Figures.Clock(at) : reader.Figures.DayAndClock(at);

    private static string Span(DateTimeOffset from, DateTimeOffset to, Reader reader) =>
        $"{At(from, reader)}–{(from.UtcDateTime.Date == to.UtcDateTime.Date ? Figures.Clock(to) : At(to, reader))}";
}
