using System.Runtime.InteropServices;
using Assay.Experimentation.Experiments;
using Assay.Statistics.Tables;
using Assay.Stores;

namespace Assay.Experimentation.Assignment;

/// <summary>
/// Whether assignment is fair on given ids: every draw even, arms by their weights, no experiment telling anything about another, nobody dropped or
/// moved to another arm while traffic grows. Hashes are fair on paper; ids that are not distinct, or a wrong layer or weight, show here.
/// </summary>
internal sealed class BucketingAudit
{
    /// <summary>Fewer ids say nothing: ten are wanted in each part of a draw.</summary>
    public const int LeastIds = 10 * AuditSubject.Parts;

    /// <summary>The most experiments that are audited at once.</summary>
    public const int MostExperiments = 1000;

    /// <summary>Up to so many experiments every two are compared, beyond it neighbours only: each pair costs a count per id.</summary>
    public const int MostForAllPairs = 40;

    /// <summary>Up to so many ids are kept, as 64 bits each, to leave out those that come again; what comes after is counted without looking.</summary>
    public const int MostRemembered = 4_000_000;

    private readonly AuditSubject[] subjects;
    private readonly AuditPair[] pairs;
    private readonly AuditedLayer[] layers;
    private readonly int[] armNow;
    private readonly HashSet<long> seen = [];

    /// <exception cref="AssayException">There are more than <see cref="MostExperiments"/> experiments, or none (exit code 2).</exception>
    public BucketingAudit(IReadOnlyList<Experiment> experiments)
    {
        if (experiments.Count is 0 or > MostExperiments)
        {
            throw AssayException.Usage($"{experiments.Count} experiments to audit.", $"Give 1 to {MostExperiments}.");
        }

        subjects = [.. experiments.Select(e => new AuditSubject(e))];
        layers = [.. experiments.Select(e => e.Definition.Layer).OfType<string>().Distinct(StringComparer.Ordinal).Select(l => new AuditedLayer(l))];
        armNow = new int[subjects.Length];
        pairs = [.. Pairs()];
    }

    /// <summary>Different ids so far.</summary>
    public long Ids { get; private set; }

    /// <summary>Ids that came again and were left out.</summary>
    public long Repeated { get; private set; }

    /// <summary>Counts an id.</summary>
    public void Add(string id)
    {
        if (seen.Count < MostRemembered ? !seen.Add(UnitId.Of(id)) : seen.Contains(UnitId.Of(id)))
        {
            Repeated++;
            return;
        }

        Ids++;
        for (var i = 0; i < subjects.Length; i++)
        {
            armNow[i] = subjects[i].Add(id);
        }

        foreach (var layer in layers)
        {
            layer.Add(id);
        }

        foreach (ref readonly var pair in pairs.AsSpan())
        {
            pair.Table[armNow[pair.First], armNow[pair.Second]]++;
        }
    }

    /// <summary>What the ids so far say.</summary>
    /// <param name="alpha">The accepted chance that a fair assignment fails any test.</param>
    public BucketingReport Report(double alpha)
    {
        AuditTest[] tests = [.. subjects.SelectMany(s => s.Tests()), .. layers.Select(l => l.Test()), .. pairs.Select(Test)];
        return BucketingReport.Of(this, alpha, subjects, tests);
    }

    private AuditTest Test(AuditPair pair) =>
        new("independent of each other", [subjects[pair.First].Name, subjects[pair.Second].Name], ChiSquareTest.Independence(pair.Table));

    private IEnumerable<AuditPair> Pairs()
    {
        for (var i = 0; i < subjects.Length; i++)
        {
            var end = subjects.Length <= MostForAllPairs ? subjects.Length : Math.Min(subjects.Length, i + 2);
            for (var j = i + 1; j < end; j++)
            {
                yield return new AuditPair(i, j, new long[subjects[i].Arms, subjects[j].Arms]);
            }
        }
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct AuditPair(int First, int Second, long[,] Table);
}
