using Assay.Evaluation.Gates;
using Assay.Evaluation.Summaries;
using Assay.Statistics.Resampling;

namespace Assay.Evaluation.Tests.Gates.Simulations;

/// <summary>Cases whose truth is known, with the gate that looks at them.</summary>
/// <param name="Name">As the table says it.</param>
/// <param name="Side">On which side of the limit figures are good.</param>
/// <param name="Limit">The limit.</param>
/// <param name="Value">
/// One case's value, given the distance of the truth from the limit (above 0 is good) and what its cluster has in common, −1 to 1 with mean 0; the truth of the
/// whole does not depend on the latter. Distances up to 0.02 to 0.04 keep every probability between 0 and 1.
/// </param>
/// <param name="Test">The gate's test.</param>
internal sealed record GateWorld(
    string Name,
    ThresholdSide Side,
    double Limit,
    Func<SeededRandom, double, double, double> Value,
    Func<CaseSample, LimitTest> Test
)
{
    /// <summary>Where the gate tests a share of cases: which cases count, and the limit of that share; null otherwise.</summary>
    public ShareLimit? Share { get; init; }

    public static readonly GateWorld[] All =
    [
        new("mean of judge scores in five steps", ThresholdSide.AtLeast, 0.7, (r, d, u) => Steps(r, 0.3 - d + (0.15 * u)), s => LimitTests.Mean(s, 0, 1, 0.7)),
        new(
            "mean of scores, nearly all full marks",
            ThresholdSide.AtLeast,
            0.97,
            (r, d, u) => r.NextUnit() < 0.06 - (2 * d) + (0.02 * u) ? r.NextUnit() : 1,
            s => LimitTests.Mean(s, 0, 1, 0.97)
        ),
        new(
            "mean of a text overlap",
            ThresholdSide.AtLeast,
            Overlap,
            (r, d, u) => (0.6 * Math.Sqrt(r.NextUnit())) + 0.2 + d + (0.1 * u),
            s => LimitTests.Mean(s, 0, 1, Overlap)
        ),
        new("rate of good cases, 90 %", ThresholdSide.AtLeast, 0.9, (r, d, u) => r.NextUnit() < 0.9 + d + (0.05 * u) ? 1 : 0, s => LimitTests.Share(s, 0.9))
        {
            Share = new(v => v, 0.9, 1),
        },
        new("error rate, 5 %", ThresholdSide.AtMost, 0.05, (r, d, u) => r.NextUnit() < 0.05 - d + (0.02 * u) ? 1 : 0, s => LimitTests.Failures(s, 0.05))
        {
            Share = new(v => v, 0.05, -1),
        },
        new(
            "P90 of latency",
            ThresholdSide.AtMost,
            1000,
            (r, d, u) => r.NextUnit() < 0.9 + d + (0.05 * u) ? 1000 * r.NextUnit() : 1000 * (1 - Math.Log(1 - r.NextUnit())),
            s => QuantileTest.Of(s, 0.9, 1000)
        )
        {
            Share = new(v => v <= 1000 ? 1 : 0, 0.9, 1),
        },
        new(
            "difference of judge scores, margin 0.03",
            ThresholdSide.AtLeast,
            -0.03,
            (r, d, u) => Steps(r, 0.33 - d + (0.1 * u)) - Steps(r, 0.3),
            s => LimitTests.Difference(s, 0, 1, -0.03)
        ),
        new(
            "difference where few cases lose much, margin 0.03",
            ThresholdSide.AtLeast,
            -0.03,
            (r, d, u) => r.NextUnit() < 0.06 - (2 * d) + (0.02 * u) ? -r.NextUnit() : 0,
            s => LimitTests.Difference(s, 0, 1, -0.03)
        ),
        new("difference of passes and fails, margin 0.03", ThresholdSide.AtLeast, -0.03, Flips, s => LimitTests.Difference(s, 0, 1, -0.03)),
    ];

    private const double Overlap = 0.6; // 0.6 · 2/3 + 0.2

    /// <summary>Independent cases.</summary>
    public CaseSample Draw(SeededRandom random, double distance, int cases)
    {
        var values = new double[cases];
        for (var i = 0; i < cases; i++)
        {
            values[i] = Value(random, distance, (2 * random.NextUnit()) - 1);
        }

        return new CaseSample(values, [.. Enumerable.Range(0, cases)], cases);
    }

    /// <summary>Clusters of 1 to 9 cases, 5 on average.</summary>
    public CaseSample DrawClusters(SeededRandom random, double distance, int clusters)
    {
        var (values, of) = (new List<double>(), new List<int>());
        for (var cluster = 0; cluster < clusters; cluster++)
        {
            var common = (2 * random.NextUnit()) - 1;
            for (var i = random.NextIndex(9); i >= 0; i--)
            {
                values.Add(Value(random, distance, common));
                of.Add(cluster);
            }
        }

        return new CaseSample([.. values], [.. of], clusters);
    }

    private static double Steps(SeededRandom random, double fault)
    {
        var faults = 0;
        for (var i = 0; i < 4; i++)
        {
            faults += random.NextUnit() < fault ? 1 : 0;
        }

        return 1 - (faults / 4.0);
    }

    private static double Flips(SeededRandom random, double distance, double common)
    {
        var draw = random.NextUnit();
        var lost = 0.05 - distance + (0.03 * common);
        return draw < lost ? -1
            : draw < lost + 0.02 ? 1
            : 0;
    }
}

/// <summary>A share that a gate tests.</summary>
/// <param name="Counts">1 for a case that counts, else 0.</param>
/// <param name="Limit">The limit of the share.</param>
/// <param name="Sign">1 when a greater share is good, −1 when a smaller one is.</param>
internal sealed record ShareLimit(Func<double, double> Counts, double Limit, int Sign);
