using Assay.Cli.Releasing;
using Assay.Evaluation.Benchmarks;
using Assay.Evaluation.Running;

namespace Assay.Cli.Evaluating;

/// <summary>Begins or resumes a run, and decides.</summary>
/// <param name="surroundings">The command's world.</param>
/// <param name="given">Which models are asked, how fast, and for how much, as far as it was given.</param>
/// <param name="dataFolder">Where runs and the response cache are.</param>
internal sealed class EvalFlow(CommandSurroundings surroundings, GivenEvalSettings given, string dataFolder)
{
    /// <summary>What a run will take; nothing is asked.</summary>
    /// <exception cref="AssayException">A part of the benchmark is missing or wrong (exit code 2).</exception>
    public RunEstimate Estimate(string benchmark, RunChoice choice)
    {
        var settings = given.WithDefaults();
        var file = BenchmarkCatalog.Find(benchmark, settings.Catalog);
        // Nothing is asked, so an unknown price is something to say and no reason to refuse.
        var asking = settings with
        {
            Models = settings.Models with { AllowUnknownPrice = true },
        };
        using var session = EvalSession.Open(surroundings, file, asking, dataFolder);
        return Estimate(session, session.Make(choice));
    }

    /// <exception cref="AssayException">A part of the benchmark is missing or wrong (2), or the surroundings fail (4).</exception>
    /// <exception cref="Assay.Models.Calls.ModelCallException">An endpoint refuses.</exception>
    public async Task<RunOutcome> StartAsync(string benchmark, RunChoice choice, RunTelemetry? telemetry, CancellationToken cancellationToken)
    {
        var settings = given.WithDefaults();
        var file = BenchmarkCatalog.Find(benchmark, settings.Catalog);
        using var session = EvalSession.Open(surroundings, file, settings, dataFolder);
        var parts = session.Make(choice);
        var folder = RunFolder.New(dataFolder, file.Name, surroundings.Time.GetUtcNow());
        await EvalNotes.BeginAsync(surroundings, parts, Estimate(session, parts), session, folder);
        RunSettings.Of(file.Place.Path, choice, settings, SourceCommit.Find(surroundings.Environment)).Write(folder);
        await using var journal = await RunJournal.CreateAsync(folder.Journal, new RunPlan(folder.Id, file.Name, surroundings.Time.GetUtcNow(), parts.Content));
        return await RunAsync(session, parts, journal, folder, telemetry, cancellationToken);
    }

    /// <exception cref="AssayException">What decides the outcome changed since (2), or as <see cref="StartAsync"/>.</exception>
    public async Task<RunOutcome> ResumeAsync(string run, RunTelemetry? telemetry, CancellationToken cancellationToken)
    {
        var folder = RunFolder.Find(run, dataFolder);
        var asked = RunSettings.Read(folder);
        var settings = asked.With(given);
        var file = BenchmarkCatalog.Find(asked.BenchmarkIn(settings.Catalog), settings.Catalog);
        using var session = EvalSession.Open(surroundings, file, settings, dataFolder);
        var parts = session.Make(asked.Choice);
        await using var journal = RunJournal.Open(folder.Journal);
        PlanDifference.DemandSame(journal.Plan, parts.Content);
        session.Spending?.AddSpent(journal.State.Paid);
        return await RunAsync(session, parts, journal, folder, telemetry, cancellationToken);
    }

    private async Task<RunOutcome> RunAsync(
        EvalSession session,
        BenchmarkParts parts,
        RunJournal journal,
        RunFolder folder,
        RunTelemetry? telemetry,
        CancellationToken cancellationToken
    )
    {
        var end = await EvalProgress.ShowAsync(surroundings, parts.File.Name, report => session.RunAsync(parts, journal, report, telemetry, cancellationToken));
        await journal.DisposeAsync();
        return EvalDecision.Of(end, folder, parts.Gates, parts.File.Name, session.Catalog);
    }

    private RunEstimate Estimate(EvalSession session, BenchmarkParts parts) =>
        RunEstimate.Of(parts.Calls, parts.Content.Dataset, parts.Content.Repeats, session.Prices, surroundings.Time.GetUtcNow());
}
