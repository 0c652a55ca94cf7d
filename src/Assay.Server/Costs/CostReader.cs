using Assay.Prices;
using Assay.Server.Surface.Reading;
using Assay.Stores;

namespace Assay.Server.Costs;

/// <summary>Asks the store what the costs page and the costs API need.</summary>
internal sealed class CostReader(IEventStore events, PriceBook prices, TimeProvider time)
{
    /// <summary>The most values of a split that are asked for, steps included.</summary>
    private const int MostRows = 20_000;

    /// <summary>The report of a window.</summary>
    /// <exception cref="AssayException">The split has more values than can be told (exit code 2).</exception>
    public async Task<CostReport> ReadAsync(CostQuestion question, CancellationToken cancellationToken)
    {
        var (window, where) = (question.Window, question.Where);
        var split = await CallsAsync(window, where, question.By.Dimension, step: null, cancellationToken);
        var models = question.By == CostSplit.Model ? split : await CallsAsync(window, where, Dimension.Name, step: null, cancellationToken);
        var points = question.HasSteps ? CostSums.Points(await CallsAsync(window, where, by: null, window.Step, cancellationToken), window) : null;
        var requests = await RequestsAsync(window, where, cancellationToken);
        var totals = CostSums.Total(split);
        return new CostReport(
            window.From,
            window.Before,
            question.HasSteps ? window.Step.TotalSeconds : null,
            question.By.Name,
            CostSums.Figures(totals),
            CostSums.Per(CostSums.Known(totals), (window.Before - window.From).TotalHours),
            requests,
            CostSums.Per(CostSums.Known(totals), requests / 1000.0),
            [.. CostSums.ByKey(split).Select(row => new CostRow(row.Key, CostSums.Figures(row.Use)))],
            points,
            CostSums.Unknown(CostSums.ByKey(models), prices.State.Table, Today()),
            InForce()
        );
    }

    /// <summary>What the page shows of a window that is cut in steps.</summary>
    public async Task<CostPageModel> ReadPageAsync(TimeWindow window, string? service, CancellationToken cancellationToken)
    {
        var where = AskedFilter.OfService(service);
        var tables = new Dictionary<CostSplit, IReadOnlyList<KeyedUse>>();
        foreach (var split in CostSplit.OnPage)
        {
            tables[split] = CostSums.ByKey(await CallsAsync(window, where, split.Dimension, step: null, cancellationToken));
        }

        var steps = await CallsAsync(window, where, by: null, window.Step, cancellationToken);
        var models = tables[CostSplit.Model];
        return new CostPageModel(
            window,
            models.Aggregate(default(ModelUseTotals), (sum, model) => sum + model.Use),
            await RequestsAsync(window, where, cancellationToken),
            CostSums.Steps(steps, window),
            tables,
            CostSums.Unknown(models, prices.State.Table, Today()),
            await ServicesAsync(window, cancellationToken),
            InForce()
        );
    }

    /// <summary>The prices in force.</summary>
    public PricesInForce InForce()
    {
        var state = prices.State;
        return new PricesInForce(state.Table.Models.Count, prices.Folder, state.Since, state.Fault?.Problem, state.Fault?.Fix);
    }

    private DateOnly Today() => DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);

    private async Task<IReadOnlyList<string>> ServicesAsync(TimeWindow window, CancellationToken cancellationToken)
    {
        var rows = await events.AggregateAsync(new AggregateQuery(Series.Requests, window.From, window.Before) { By = [Dimension.Service] }, cancellationToken);
        return [.. rows.Select(row => row.By[0]).Order(StringComparer.Ordinal)];
    }

    private async Task<long> RequestsAsync(TimeWindow window, IReadOnlyDictionary<Dimension, string> where, CancellationToken cancellationToken)
    {
        var rows = await events.AggregateAsync(new AggregateQuery(Series.Requests, window.From, window.Before) { Where = where }, cancellationToken);
        return rows.Sum(row => row.Count);
    }

    private Task<IReadOnlyList<AggregateRow>> CallsAsync(
        TimeWindow window,
        IReadOnlyDictionary<Dimension, string> where,
        Dimension? by,
        TimeSpan? step,
        CancellationToken cancellationToken
    ) =>
        events.AggregateAsync(
            new AggregateQuery(Series.ModelCalls, window.From, window.Before)
            {
                By = by is { } dimension ? [dimension] : [],
                Where = where,
                Step = step,
                Limit = MostRows,
            },
            cancellationToken
        );
}

/// <summary>What is asked of the costs.</summary>
/// <param name="Window">When.</param>
/// <param name="HasSteps">Whether the points of the window are wanted.</param>
/// <param name="By">By what the rows are split.</param>
/// <param name="Where">Which calls and requests.</param>
internal sealed record CostQuestion(TimeWindow Window, bool HasSteps, CostSplit By, IReadOnlyDictionary<Dimension, string> Where);
