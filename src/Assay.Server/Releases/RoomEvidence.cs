using Assay.Evaluation.Storing;
using Assay.Experimentation.Analysis.Looks;
using Assay.Experimentation.Experiments;
using Assay.Experimentation.Reports;
using Assay.Observability.Slos;
using Assay.Releases.Files;
using Assay.Releases.Gates;

namespace Assay.Server.Releases;

/// <summary>Evidence from the hub's own rooms: stored runs, remembered looks, the state of SLOs.</summary>
/// <param name="catalog">The folder of the catalog.</param>
/// <param name="runs">Runs of benchmarks.</param>
/// <param name="looks">Looks at experiments.</param>
/// <param name="slos">How SLOs stand now.</param>
/// <param name="time">The clock.</param>
internal sealed class RoomEvidence(string catalog, StoredRuns runs, LookBook looks, Func<CancellationToken, Task<SloSummary>> slos, TimeProvider time)
    : IEvidenceSource
{
    // A candidate's run is among so many of its benchmark, or it is made anew.
    private const int MostRuns = 200;

    private static readonly string ToolVersion = typeof(RoomEvidence).Assembly.GetName().Version?.ToString(fieldCount: 3) ?? "0.0.0";

    /// <inheritdoc/>
    public Task<NeededEvidence> FindAsync(NeedEntry need, GateCandidate candidate, CancellationToken cancellationToken) =>
        need switch
        {
            { Benchmark: { } benchmark } => OfRunsAsync(need, benchmark, candidate, cancellationToken),
            { Experiment: { } experiment } => OfLooksAsync(need, experiment, cancellationToken),
            _ => OfSlosAsync(need, candidate, cancellationToken),
        };

    private async Task<NeededEvidence> OfRunsAsync(NeedEntry need, string benchmark, GateCandidate candidate, CancellationToken cancellationToken)
    {
        var found = await runs.ListAsync(benchmark, 0, MostRuns, cancellationToken);
        if (found.Count == 0)
        {
            return NeededEvidence.None(need.Title, $"There is no run of it. Make one: assay eval run {benchmark}");
        }

        var subject = candidate.Benchmarks.GetValueOrDefault(benchmark);
        var its = found.Where(r => r.IsFinished() && candidate.IsOf(r.Origin?.Commit ?? "")).ToList();
        var chosen = its.Find(r => !IsSmoke(r)) ?? its.FirstOrDefault() ?? found.FirstOrDefault(r => r.IsFinished() && !IsSmoke(r)) ?? found[0];
        var evidence = RunEvidence.Of(
            need.Title,
            new RunHead(chosen.Report, chosen.Timings) { Translations = chosen.Translations, Origin = chosen.Origin },
            subject
        );
        var full = its.Count(r => !IsSmoke(r));
        return full > 1
            ? evidence with
            {
                Notes = [.. evidence.Notes, $"{full} runs of this candidate were made; the latest counts, whatever it came to."],
            }
            : evidence;
    }

    private async Task<NeededEvidence> OfLooksAsync(NeedEntry need, string name, CancellationToken cancellationToken)
    {
        var definition =
            ExperimentCatalog.Read(catalog).FirstOrDefault(e => e.Name == name)
            ?? throw need.Place.Error(
                $"there is no experiment '{name}'.",
                $"`assay experiment list` shows all; one is made by a file in {Path.Combine(catalog, ExperimentCatalog.Folder)}."
            );
        var past = await looks.PastAsync(name, definition.Version, time.GetUtcNow().AddTicks(1), cancellationToken);
        if (past.Count == 0)
        {
            return NeededEvidence.None(need.Title, $"Nobody looked at its version {definition.Version} yet. Look: assay experiment analyze {name}");
        }

        // What was decided is what was seen then: data that came since need a look of their own.
        var report = await looks.RecallAsync(definition, past[^1].At, cancellationToken);
        var evidence = ExperimentEvidence.Of(report, new Candidate(), ToolVersion);
        return new NeededEvidence(
            need.Title,
            FormattableString.Invariant($"look {past.Count} at version {definition.Version}"),
            [.. evidence.Select(e => new EvidencePiece(e))]
        )
        {
            Deciding = [ExperimentEvidence.DecisionOf(name), ExperimentEvidence.HealthOf(name)],
        };
    }

    private async Task<NeededEvidence> OfSlosAsync(NeedEntry need, GateCandidate candidate, CancellationToken cancellationToken)
    {
        var summary = await slos(cancellationToken);
        var service = candidate.File.Service;
        var wanted = summary.Slos.Where(s => need.Slo == "all" ? s.Slo.Service == service : s.Slo.Name == need.Slo).ToList();
        return wanted.Count == 0
            ? NeededEvidence.None(
                need.Title,
                need.Slo == "all" ? $"No SLO of the service '{service}' is known, and no telemetry of it was seen." : $"There is no SLO '{need.Slo}'."
            )
            : new NeededEvidence(need.Title, "state of the SLOs", [.. wanted.Select(s => new EvidencePiece(SloEvidence.Of(s, ToolVersion)))]);
    }

    private static bool IsSmoke(StoredRun run) => run.Report.Content.IsSmoke || run.Report.Content.IsDryRun;
}

/// <summary>The state of an SLO as evidence for a release.</summary>
internal static class SloEvidence
{
    /// <summary>The evidence. While a page fires the SLO fails, whatever is left of its budget: a service that burns is not the place to try something new.</summary>
    public static Evidence Of(SloStatus status, string toolVersion)
    {
        var page = status.Alerts.FirstOrDefault(a => a is { IsFiring: true, Severity: AlertSeverity.Page });
        return new Evidence(
            new Candidate(),
            $"slo {status.Slo.Name}",
            page is null ? status.Verdict : Verdict.Fail,
            page is null ? status.Reason : $"A page fires since {page.Since.UtcDateTime:yyyy-MM-dd HH:mm}Z: {page.Reason} {status.Reason}",
            status.At,
            toolVersion
        )
        {
            Estimate = status.GoodRatio,
            Threshold = new Threshold(ThresholdSide.AtLeast, status.Slo.Target),
            N = status.Count.Total,
            Method = status.Count.Total == 0 ? "" : "sum",
        };
    }
}
