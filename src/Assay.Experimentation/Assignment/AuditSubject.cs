using Assay.Experimentation.Experiments;
using Assay.Flags;
using Assay.Statistics;
using Assay.Statistics.Tables;

namespace Assay.Experimentation.Assignment;

/// <summary>Counts over all ids how one experiment assigns them. Its memory does not grow with the ids.</summary>
internal sealed class AuditSubject
{
    /// <summary>Parts of the draw that are counted: of 1,000 ids ten are expected in each, enough for χ² (Cochran 1954 asks for 5).</summary>
    public const int Parts = 100;

    /// <summary>Tenths of the traffic draw against the arm.</summary>
    private const int Tenths = 10;

    private static readonly int[] RampPercents = [1, 5, 20, 50, 100];

    /// <summary>The same weight for every part.</summary>
    public static readonly double[] Even = [.. Enumerable.Repeat(1.0, Parts)];

    private readonly Experiment experiment;
    private readonly Draw traffic;
    private readonly Experiment[] ramp;
    private readonly long[] parts = new long[Parts];
    private readonly long[] arms;
    private readonly long[,] trafficByArm;

    public AuditSubject(Experiment experiment)
    {
        this.experiment = experiment;
        traffic = new Draw(DrawPurpose.Traffic, experiment.Salt);
        ramp = [.. RampPercents.Select(p => experiment.WithTraffic(p * (Draw.Steps / 100)))];
        arms = new long[experiment.Arms.Count];
        trafficByArm = new long[Tenths, arms.Length];
    }

    /// <summary>The experiment's name.</summary>
    public string Name => experiment.Name;

    /// <summary>How many arms it has.</summary>
    public int Arms => arms.Length;

    /// <summary>Ids that a larger share of the traffic left out again.</summary>
    public long Dropped { get; private set; }

    /// <summary>Ids that had two arms at two shares of the traffic.</summary>
    public long Switched { get; private set; }

    /// <summary>Counts an id.</summary>
    /// <returns>The index of its arm.</returns>
    public int Add(string id)
    {
        var position = traffic.Position(id);
        var arm = experiment.ArmIndexOf(id);
        parts[position / (Draw.Steps / Parts)]++;
        arms[arm]++;
        trafficByArm[position / (Draw.Steps / Tenths), arm]++;
        Climb(id);
        return arm;
    }

    /// <summary>Whether the draw is even, the arms have their weights, and the arm does not depend on when a unit came in.</summary>
    public IEnumerable<AuditTest> Tests()
    {
        var weights = experiment.Shares.Arms.Select(a => (double)a.Millionths).ToArray();
        yield return new AuditTest("traffic is even", [Name], SampleRatio.Check(parts, Even));
        yield return new AuditTest("arms have their weights", [Name], SampleRatio.Check(arms, weights));
        yield return new AuditTest("arm does not depend on traffic", [Name], ChiSquareTest.Independence(trafficByArm));
    }

    /// <summary>Asks at one share of the traffic after another, as a service would during a ramp.</summary>
    private void Climb(string id)
    {
        string? before = null;
        foreach (var step in ramp)
        {
            var now = step.Arm(new Unit(id));
            if (before is not null && now is null)
            {
                Dropped++;
                return;
            }

            if (before is not null && now != before)
            {
                Switched++;
                return;
            }

            before = now;
        }
    }
}

/// <summary>Counts where ids stand in a layer.</summary>
internal sealed class AuditedLayer(string name)
{
    private readonly Draw draw = new(DrawPurpose.Layer, name);
    private readonly long[] parts = new long[AuditSubject.Parts];

    public void Add(string id) => parts[draw.Position(id) / (Draw.Steps / AuditSubject.Parts)]++;

    public AuditTest Test() => new("layer is even", [name], SampleRatio.Check(parts, AuditSubject.Even));
}

/// <summary>One test of the audit.</summary>
/// <param name="What">What holds when nothing is wrong.</param>
/// <param name="Experiments">Of which experiment, or which two.</param>
/// <param name="Result">The test.</param>
internal sealed record AuditTest(string What, IReadOnlyList<string> Experiments, StatisticResult Result);
