using Assay.Statistics.Samples;
using static Assay.Stores.Tests.Events.Experiments.UnitSample;

namespace Assay.Stores.Tests.Events.Experiments;

public abstract partial class ExperimentContract
{
    private static readonly ExperimentQuery[] Looks =
    [
        Question,
        Question with
        {
            Before = At(70),
            PreExposure = TimeSpan.FromHours(3),
        },
        Question with
        {
            Version = 2,
            Attribution = TimeSpan.FromMinutes(5),
            Metrics = [new ExperimentMetricQuery("ms") { Denominator = "tokens" }, new ExperimentMetricQuery("ms") { Quantiles = true }],
        },
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Sums_are_those_of_the_events_in_any_order_however_often_and_in_whatever_batches_they_came(int seed)
    {
        var events = Events(new Random(seed)).ToList();
        var expected = Looks.Select(look => NaiveSums.Of(look, events)).ToList();
        var bits = new List<string>();
        foreach (var order in (int[])[1, 2])
        {
            await SendAsync(events, new Random((100 * seed) + order));
            var sums = await Task.WhenAll(Looks.Select(Sums));
            for (var i = 0; i < Looks.Length; i++)
            {
                NaiveSums.ShouldBeLike(sums[i], expected[i]);
            }

            bits.Add(string.Join('\n', sums.Select(Bits)));
            await Opened.DisposeAsync();
            Opened = await OpenAsync();
        }

        bits[1].ShouldBe(bits[0]);
    }

    private async Task SendAsync(List<object> events, Random random)
    {
        var sent = events.Concat(events.Where(_ => random.Next(3) == 0)).ToArray();
        random.Shuffle(sent);
        for (var at = 0; at < sent.Length; )
        {
            var count = Math.Min(sent.Length - at, 1 + random.Next(60));
            await Append(sent[at..(at + count)]);
            at += count;
            if (random.Next(8) == 0)
            {
                await Opened.RestartAsync(Cancel);
            }
        }
    }

    /// <summary>Units of several variants and versions, some without exposure, some with outcomes at the ends of windows, and other experiments between them.</summary>
    private static IEnumerable<object> Events(Random random)
    {
        for (var i = 0; i < 60; i++)
        {
            var unit = unchecked((long)((ulong)random.NextInt64() * 2654435761UL));
            var experiment = random.Next(5) == 0 ? "other" : "ranker";
            foreach (var variant in (string[])["a", "b", "c"])
            {
                if (random.Next(3) == 0)
                {
                    yield return Exposed(unit, variant, random.Next(100)) with
                    {
                        Experiment = experiment,
                        Version = 1 + random.Next(2),
                    };
                }
            }

            for (var outcomes = random.Next(12); outcomes > 0; outcomes--)
            {
                var value = random.Next(10) switch
                {
                    0 => double.NaN,
                    1 => 0,
                    _ => Math.Round(random.NextDouble() * 1e3, 2),
                };
                yield return Measured(unit, random.Next(3) == 0 ? "tokens" : "ms", value, random.Next(-30, 200)) with
                {
                    Experiment = experiment,
                };
            }
        }
    }

    private static string Bits(ExperimentSums sums) =>
        $"{sums.InSeveral} {sums.OutcomesWithoutExposure} {sums.OutcomesTooLate} {string.Join(' ', sums.ByDay)}"
        + string.Concat(sums.Variants.SelectMany(v => v.Metrics.Select(m => $"\n{v.Variant} {v.Units} {Bits(m)}")));

    private static string Bits(MetricSums m) =>
        $"{m.Metric} {m.Outcomes} {m.NotFinite} {m.Positive} {m.UnitMeans.ToState()} {Bits(m.Ratio)} {Bits(m.Covariate)} {Bits(m.MeanCovariate)} {m.Values?.Quantile(0.9):R}";

    private static string Bits(PairMoments m) => $"{m.X.ToState()} {m.Y.ToState()} {m.CoMoment:R}";
}
