using Assay.Tests.Statistics.Simulations;

namespace Assay.Benchmarks.Statistics;

/// <summary>Coverage and false alarms, simulated at full size. Cells run side by side, each with a seed of its own.</summary>
internal static class ErrorRates
{
    private const long Seed = 20_261;
    private const int Runs = 10_000;
    private const int SlowRuns = 2_000;

    // Each of these takes milliseconds an experiment.
    private static readonly string[] Slow = ["Mann-Whitney", "Hodges-Lehmann shift", "permutation", "sign-flip", IntervalMethods.Bootstrapped.Name];

    private static readonly int[] Sizes = [10, 30, 100, 300, 1000];

    public static IEnumerable<BenchTable> Run(TextWriter output)
    {
        yield return Coverage(output, Population.Normal, "How often asymptotic 95 % intervals hold the truth, **normal** data, by values in an arm.");
        yield return Coverage(output, Population.LogNormal, "The same on skewed data, **log-normal** with skewness 6.2 (as latencies are).");
        yield return UnequalArms(output);
        yield return Exact(output);
        yield return Rates(output);
        yield return FalseAlarms(output);
        yield return FalseAlarmsOfRates(output);
        yield return Looks(output);
    }

    private static BenchTable Coverage(TextWriter output, Population population, string title)
    {
        var methods = IntervalMethods.Asymptotic.Append(IntervalMethods.Bootstrapped).ToArray();
        return Table(
            output,
            title,
            methods.Select(m => m.Name),
            Sizes.Select(n => $"n = {n}"),
            (row, column, seed) => Study.Coverage(methods[row], population, Sizes[column], RunsOf(methods[row].Name), seed)
        );
    }

    private static BenchTable UnequalArms(TextWriter output)
    {
        (Population Population, int Control, int Treatment)[] places =
        [
            (Population.Normal, 90, 10),
            (Population.LogNormal, 90, 10),
            (Population.LogNormal, 900, 100),
            (Population.LogNormal, 9000, 1000),
        ];
        return Table(
            output,
            "The same with a treatment of a tenth of the traffic, as in a canary: two equal arms of skewed data are skewed alike, which cancels in the difference; these do not.",
            IntervalMethods.OfTwoArms.Select(m => m.Name),
            places.Select(p => $"{p.Population.Name}, {p.Control:N0} and {p.Treatment:N0}"),
            (row, column, seed) => Covered(IntervalMethods.OfTwoArms[row], places[column], seed)
        );
    }

    private static Frequency Covered(IntervalMethod method, (Population Population, int Control, int Treatment) place, long seed) =>
        Study.Coverage(method, place.Population, place.Control, place.Treatment, place.Control > 1000 ? SlowRuns : RunsOf(method.Name), seed);

    private static BenchTable Exact(TextWriter output)
    {
        Population[] populations = [Population.Normal, Population.LogNormal, Population.Exponential];
        return Table(
            output,
            "How often exact 95 % intervals of quantiles hold the truth, 60 values. They promise at least 95 %.",
            IntervalMethods.Exact.Select(m => m.Name),
            populations.Select(p => p.Name),
            (row, column, seed) => Study.Coverage(IntervalMethods.Exact[row], populations[column], 60, Runs, seed)
        );
    }

    private static BenchTable Rates(TextWriter output)
    {
        (double Rate, int N)[] places = [(0.01, 100), (0.01, 1000), (0.1, 30), (0.1, 100), (0.5, 30)];
        return Table(
            output,
            "How often 95 % intervals of rates, and of the difference of two equal ones, hold the truth. Clopper-Pearson promises at least 95 %.",
            TestMethods.RateIntervals.Select(m => m.Name),
            places.Select(p => $"{p.Rate:P0}, n = {p.N}"),
            (row, column, seed) => Study.Coverage(TestMethods.RateIntervals[row], Population.Bernoulli(places[column].Rate), places[column].N, Runs, seed)
        );
    }

    private static BenchTable FalseAlarms(TextWriter output)
    {
        var methods = TestMethods.OfValues.Concat(TestMethods.ByDraws).ToArray();
        (Population Population, int N)[] places =
        [
            (Population.Normal, 10),
            (Population.Normal, 100),
            (Population.LogNormal, 10),
            (Population.LogNormal, 100),
            (Population.LogNormal, 1000),
        ];
        return Table(
            output,
            "How often tests at 5 % call two arms of one population different (A/A), one look.",
            methods.Select(m => m.Name),
            places.Select(p => $"{p.Population.Name}, n = {p.N}"),
            (row, column, seed) => Study.FalseAlarms(methods[row], places[column].Population, places[column].N, RunsOf(methods[row].Name), seed)
        );
    }

    private static BenchTable FalseAlarmsOfRates(TextWriter output)
    {
        (double Rate, int N)[] places = [(0.01, 200), (0.01, 2000), (0.1, 100), (0.3, 300)];
        return Table(
            output,
            "The same for rates.",
            TestMethods.OfRates.Select(m => m.Name),
            places.Select(p => $"{p.Rate:P0}, n = {p.N}"),
            (row, column, seed) => Study.FalseAlarms(TestMethods.OfRates[row], Population.Bernoulli(places[column].Rate), places[column].N, Runs, seed)
        );
    }

    private static BenchTable Looks(TextWriter output)
    {
        LookMethod[] methods = [LookMethod.Welch, LookMethod.ConfidenceSequence, LookMethod.OneSidedSequence, LookMethod.RateRatio, LookMethod.RateDifference];
        (Population Population, int PerLook)[] places =
        [
            (Population.Normal, 250),
            (Population.LogNormal, 250),
            (Population.Bernoulli(0.1), 250),
            (Population.Bernoulli(0.01), 50),
        ];
        return Table(
            output,
            "How often any of **20 looks** calls two arms of one population different (A/A, 5 %). Welch is not made for looking; the others promise at most 5 %, the exact ones at any count.",
            methods.Select(m => m.Name),
            places.Select(p => $"{p.Population.Name}, {p.PerLook} a look"),
            (row, column, seed) =>
                IsForEvents(methods[row]) && !places[column].Population.Name.StartsWith("events", StringComparison.Ordinal)
                    ? null
                    : Peeking.FalseAlarms(methods[row], places[column].Population, 20, places[column].PerLook, Runs, seed)
        );
    }

    private static int RunsOf(string method) => Slow.Contains(method) ? SlowRuns : Runs;

    private static bool IsForEvents(LookMethod method) => method == LookMethod.RateRatio || method == LookMethod.RateDifference;

    private static BenchTable Table(
        TextWriter output,
        string title,
        IEnumerable<string> rows,
        IEnumerable<string> columns,
        Func<int, int, long, Frequency?> cell
    )
    {
        output.WriteLine(title);
        string[] names = [.. rows];
        string[] heads = [.. columns];
        var cells = new Frequency?[names.Length * heads.Length];
        // Every method of a column sees the same data.
        Parallel.For(0, cells.Length, i => cells[i] = cell(i / heads.Length, i % heads.Length, Seed + (i % heads.Length)));
        var lines = names
            .Select((name, row) => (IReadOnlyList<string>)[name, .. heads.Select((_, column) => Text(cells[(row * heads.Length) + column]))])
            .ToList();
        lines.ForEach(l => output.WriteLine("  " + string.Join("  ", l)));
        return new BenchTable(title, ["", .. heads], lines);
    }

    private static string Text(Frequency? frequency) => frequency is null ? "–" : $"{frequency.Share * 100:0.0} %";
}
