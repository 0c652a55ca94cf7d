using Assay.Releases.Canaries;
using Assay.Releases.Rollbacks;
using Assay.Server.Surface.Components;
using Assay.Server.Surface.Reading;

namespace Assay.Server.Releases.Pages;

/// <summary>A version of a release in the list, or a release that has none yet.</summary>
/// <param name="Listed">The release.</param>
/// <param name="State">Where the version stands in the ledger; null when it has none.</param>
/// <param name="Canary">Its canary; null when none began.</param>
/// <param name="IsPast">Whether the canary of a later version began since: what traffic it had is that one's.</param>
internal sealed record ReleaseRow(ListedRelease Listed, ReleaseState? State, CanaryStatus? Canary, bool IsPast = false)
{
    /// <summary>When it was last touched; null when never.</summary>
    public DateTimeOffset? At => Canary is { HasEnded: false } running && (State is null || running.LookedAt > State.At) ? running.LookedAt : State?.At;

    /// <summary>The version; empty when it has none.</summary>
    public string Version => (Canary?.Release ?? State?.Release) is { } id ? id[(id.IndexOf('@', StringComparison.Ordinal) + 1)..] : "";

    /// <summary>The id, or the name alone.</summary>
    public string Id => Canary?.Release ?? State?.Release ?? Listed.Name;

    /// <summary>What the version came to.</summary>
    public Verdict Verdict =>
        Canary switch
        {
            { Phase: CanaryPhase.RolledBack or CanaryPhase.RollingBack } => Verdict.Fail,
            { Phase: CanaryPhase.Promoted } => Verdict.Pass,
            { MovingTo: not null } => Verdict.NoData,
            not null => Canary.Verdict,
            _ => State?.State switch
            {
                "promoted" or "deployed" => State.Gate ?? Verdict.NoData,
                "rolled_back" => Verdict.Fail,
                _ => State?.Gate ?? Verdict.NoData,
            },
        };

    /// <summary>Where it stands, in a word or two.</summary>
    public Phrase Word =>
        Canary switch
        {
            { Phase: CanaryPhase.RolledBack } => new("Rolled back", "Откачен"),
            { Phase: CanaryPhase.RollingBack } => new("Rolling back", "Откатывается"),
            { Phase: CanaryPhase.Promoted } => new("Promoted", "Выпущен"),
            { MovingTo: not null } => new("On its way", "В пути"),
            not null => VerdictWords.Of(Canary.Verdict),
            _ => State is null ? new("Not begun", "Не начат")
            : State.State is "gate" or "opened" && State.Gate is { } gate ? VerdictWords.Of(gate)
            : ReleaseTexts.OfState(State.State),
        };

    /// <summary>What it is doing.</summary>
    public Phrase Stage =>
        Canary switch
        {
            { HasEnded: false } => new($"Canary, step {Canary.Step} of {Canary.Steps.Count}", $"Канарейка, шаг {Canary.Step} из {Canary.Steps.Count}"),
            not null => new("Canary ended", "Канарейка закончена"),
            _ => State is null ? new("No version yet", "Версий ещё нет") : ReleaseTexts.OfState(State.State),
        };

    /// <summary>What wants a person first: what runs, what came last, what has not begun.</summary>
    public int Rank =>
        Canary is { HasEnded: false } ? 0
        : State is null && Canary is null ? 2
        : 1;
}

/// <summary>Reads the rows of the list.</summary>
internal sealed class ReleaseListing(ReleaseDesk desk, CanaryBook canaries, RollbackCards cards)
{
    /// <summary>Rows of a page.</summary>
    public const int RowsPerPage = 30;

    /// <summary>All rows, what runs first, then what was touched last; and what is wrong with the files.</summary>
    public async Task<(IReadOnlyList<ReleaseRow> Rows, ReleaseFileFault? Fault)> ReadAsync(CancellationToken cancellationToken)
    {
        var list = await desk.ListAsync(cancellationToken);
        var known = (await canaries.ListAsync(name: null, cancellationToken)).ToDictionary(
            c => c.State.Release.ToString(),
            c => CanaryStatus.Of(c.State, cards.Find(c.State.Release)),
            StringComparer.Ordinal
        );
        var rows = list.Releases.SelectMany(r => Rows(r, known));
        return ([.. rows.OrderBy(r => r.Rank).ThenByDescending(r => r.At).ThenBy(r => r.Id, StringComparer.Ordinal)], list.Fault);
    }

    private static IEnumerable<ReleaseRow> Rows(ListedRelease listed, Dictionary<string, CanaryStatus> known) =>
        listed.Versions.Count == 0
            ? [new ReleaseRow(listed, State: null, Canary: null)]
            : Rows(listed, [.. listed.Versions.Select(v => known.GetValueOrDefault(v.Release))]);

    private static IEnumerable<ReleaseRow> Rows(ListedRelease listed, IReadOnlyList<CanaryStatus?> canaries)
    {
        var newest = canaries.Max(c => c?.StartedAt);
        return listed.Versions.Zip(canaries, (version, canary) => new ReleaseRow(listed, version, canary, canary?.StartedAt < newest));
    }
}
