using Assay.Models.Calls;

namespace Assay.Evaluation.Judges.Calibrations;

/// <summary>Lets a judge judge every item of a label set.</summary>
public static class LabelJudging
{
    /// <summary>Judges single answers.</summary>
    /// <param name="labels">The items.</param>
    /// <param name="judge">The judge.</param>
    /// <param name="concurrency">Items that are judged at a time, from 1.</param>
    /// <param name="judged">Told after each item, from several threads.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>In the order of the items.</returns>
    /// <exception cref="ModelCallException">The judge refuses, or the budget is spent.</exception>
    public static Task<IReadOnlyList<JudgedItem>> RunAsync(
        LabelSet labels,
        IJudge judge,
        int concurrency,
        Action? judged,
        CancellationToken cancellationToken
    ) =>
        RunAsync(
            labels,
            async (item, stop) =>
                JudgedItem.Of(item, await judge.JudgeAsync(new JudgeQuestion(item.Input, item.A, item.Expected, item.Contexts, item.Language), 0, stop)),
            concurrency,
            judged,
            cancellationToken
        );

    /// <summary>Compares pairs; see the other overload.</summary>
    public static Task<IReadOnlyList<JudgedItem>> RunAsync(
        LabelSet labels,
        IPairwiseJudge judge,
        int concurrency,
        Action? judged,
        CancellationToken cancellationToken
    ) =>
        RunAsync(
            labels,
            async (item, stop) =>
                JudgedItem.Of(
                    item,
                    await judge.CompareAsync(new PairQuestion(item.Input, item.A, item.B ?? "", item.Expected, item.Contexts, item.Language), 0, stop)
                ),
            concurrency,
            judged,
            cancellationToken
        );

    private static async Task<IReadOnlyList<JudgedItem>> RunAsync(
        LabelSet labels,
        Func<LabelledItem, CancellationToken, ValueTask<JudgedItem>> judge,
        int concurrency,
        Action? judged,
        CancellationToken cancellationToken
    )
    {
        var results = new JudgedItem[labels.Items.Count];
        await Parallel.ForEachAsync(
            Enumerable.Range(0, results.Length),
            new ParallelOptions { MaxDegreeOfParallelism = concurrency, CancellationToken = cancellationToken },
            async (at, stop) =>
            {
                results[at] = await judge(labels.Items[at], stop);
                judged?.Invoke();
            }
        );
        return results;
    }
}
