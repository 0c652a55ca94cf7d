namespace Assay.Models.Calls;

/// <summary>How many texts go into one request. The default for endpoints that do not say is what text-embeddings-inference allows.</summary>
/// <param name="MaxItems">Texts in a request at most.</param>
/// <param name="MaxChars">Characters in a request at most; a single text may be longer.</param>
/// <param name="Parallel">Requests at a time at most.</param>
public sealed record BatchLimits(int MaxItems = 32, int MaxChars = 60_000, int Parallel = 4);

/// <summary>Splits work over requests and puts the answers together.</summary>
internal static class Batches
{
    /// <summary>Consecutive ranges that cover all texts.</summary>
    public static List<Range> Of(IReadOnlyList<string> texts, BatchLimits limits)
    {
        var ranges = new List<Range>();
        var start = 0;
        var chars = 0;
        for (var i = 0; i < texts.Count; i++)
        {
            var isFull = i > start && (i - start >= limits.MaxItems || chars + texts[i].Length > limits.MaxChars);
            if (isFull)
            {
                ranges.Add(start..i);
                start = i;
                chars = 0;
            }

            chars += texts[i].Length;
        }

        if (texts.Count > start)
        {
            ranges.Add(start..texts.Count);
        }

        return ranges;
    }

    /// <summary>Calls for every range, a few at a time; the first failure ends the others.</summary>
    public static async Task<List<Called>> CallAsync(
        List<Range> ranges,
        int parallel,
        Func<Range, CancellationToken, Task<Called>> call,
        CancellationToken cancellationToken
    )
    {
        var called = new Called[ranges.Count];
        await Parallel.ForEachAsync(
            Enumerable.Range(0, ranges.Count),
            new ParallelOptions { MaxDegreeOfParallelism = parallel, CancellationToken = cancellationToken },
            async (i, token) => called[i] = await call(ranges[i], token)
        );
        return [.. called];
    }

    /// <summary>What all calls took together. Tokens and cost are unknown as soon as those of one are.</summary>
    public static CallFacts Sum(List<Called> calls, string model, TimeSpan took) =>
        new(
            calls.Select(c => c.Facts.Model).FirstOrDefault(model),
            calls.TrueForAll(c => c.Facts.FromCache) ? calls.Sum(c => c.Facts.DurationMs) : took.TotalMilliseconds,
            calls.Sum(c => c.Facts.Attempts),
            calls.Count > 0 && calls.TrueForAll(c => c.Facts.FromCache),
            calls.Aggregate((Prices.TokenUsage?)default(Prices.TokenUsage), static (sum, c) => sum + c.Facts.Tokens),
            calls.Aggregate((Prices.Money?)Prices.Money.Zero, static (sum, c) => sum + c.Facts.Cost)
        );
}
