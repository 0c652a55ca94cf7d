using Assay.Cli.Evaluating;
using Assay.Cli.Showing;
using Assay.Evaluation.Judges;
using Assay.Evaluation.Judges.Calibrations;
using Assay.Evaluation.Prompts;
using Assay.Models;
using Assay.Models.Budgets;
using Assay.Models.Caching;
using Assay.Models.Calls;
using Assay.Prices;

namespace Assay.Cli.Calibrating;

/// <summary>Lets a judge judge what people judged, and compares.</summary>
internal static class Calibrator
{
    /// <exception cref="AssayException">The labels or the catalog are wrong (exit code 2), or the judge's model refuses (exit code 4).</exception>
    public static async Task<CalibrationDocument> RunAsync(CalibrationRequest request, CommandSurroundings surroundings, CancellationToken cancellationToken)
    {
        var labels = LabelSet.Read(request.Labels);
        var judges = JudgeCatalog.Load(
            Path.Combine(request.Catalog, JudgeCatalog.FolderName),
            PromptCatalog.Load(Path.Combine(request.Catalog, PromptCatalog.FolderName))
        );
        using var cache = Cache(request.Limits, surroundings.Time);
        using var clients = new ModelClients(Settings(request, cache, surroundings.Time));
        var connections = new JudgeConnections(clients, request, surroundings.Environment);
        var (fingerprint, judge) = Judge(judges, request, labels, connections);
        var judged = await ShowAsync(surroundings, labels.Items.Count, tell => RefusalsAsErrorsAsync(() => judge(tell, cancellationToken)), cancellationToken);
        var report = JudgeCalibration.Of(request.Judge, fingerprint, labels, judged);
        var decision = request.MinAgreement is { } least ? CalibrationGate.Decide(report, least) : null;
        var saved = request.Save
            ? new StoredCalibration(surroundings.Time.GetUtcNow(), report).Save(Path.Combine(request.Catalog, StoredCalibration.FolderName))
            : null;
        return new CalibrationDocument(decision, report, JudgingCost.Of([.. judged.SelectMany(item => item.Calls)]), saved);
    }

    private static ResponseCache? Cache(JudgingLimits limits, TimeProvider time) =>
        limits.Cache == CacheMode.Off ? null : ResponseCache.Open(Path.Combine(limits.DataFolder, EvalSession.CacheFolder), limits.Cache, time);

    private static ModelSettings Settings(CalibrationRequest request, ResponseCache? cache, TimeProvider time) =>
        new()
        {
            Cache = cache,
            Prices = PriceTable.Load(Path.Combine(request.Catalog, "prices")),
            Spending = request.Limits.MaxCostUsd is { } dollars ? new SpendingLimit(Money.OfDollars((decimal)dollars)) : null,
            Time = time,
            MaxConnections = (int)request.Concurrency,
            EndsWhenDead = true,
        };

    private static (string Fingerprint, Func<Action, CancellationToken, Task<IReadOnlyList<JudgedItem>>> RunAsync) Judge(
        JudgeCatalog judges,
        CalibrationRequest request,
        LabelSet labels,
        JudgeConnections connections
    )
    {
        var concurrency = (int)request.Concurrency;
        if (labels.IsPairs)
        {
            var pairwise = judges.CreatePairwise(request.Judge, connections.Of);
            return (pairwise.Fingerprint, (tell, stop) => LabelJudging.RunAsync(labels, pairwise, concurrency, tell, stop));
        }

        var single = judges.Create(request.Judge, connections.Of);
        return (single.Fingerprint, (tell, stop) => LabelJudging.RunAsync(labels, single, concurrency, tell, stop));
    }

    private static async Task<IReadOnlyList<JudgedItem>> RefusalsAsErrorsAsync(Func<Task<IReadOnlyList<JudgedItem>>> work)
    {
        try
        {
            return await work();
        }
        catch (ModelCallException e)
        {
            throw AssayException.Infrastructure(e.Message, Fix(e.Fault), e);
        }
    }

    private static string Fix(ModelFault fault) =>
        fault switch
        {
            ModelFault.OverBudget => "Raise --max-cost: what was paid so far is in the response cache, unless it is off, and is not paid again.",
            ModelFault.Unavailable => "Check --endpoint and that the service runs; no calibration was kept.",
            _ => "Check the key, the model's name and the right to use it; no calibration was kept.",
        };

    private static async Task<IReadOnlyList<JudgedItem>> ShowAsync(
        CommandSurroundings surroundings,
        int items,
        Func<Action, Task<IReadOnlyList<JudgedItem>>> work,
        CancellationToken cancellationToken
    )
    {
        if (surroundings.IsTerminal)
        {
            return await TerminalBars.ShowAsync(
                surroundings,
                clear: false,
                bars =>
                {
                    var bar = bars.Add("judge", "items", items);
                    return work(() => bar.Increment(1));
                },
                cancellationToken
            );
        }

        var started = surroundings.Time.GetTimestamp();
        var judged = await work(() => { });
        var seconds = surroundings.Time.GetElapsedTime(started).TotalSeconds;
        await surroundings.Error.WriteLineAsync(FormattableString.Invariant($"{seconds, 7:0.00} s  judge   {items:#,0} items"));
        return judged;
    }
}
