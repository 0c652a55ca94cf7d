using System.Globalization;
using Assay.Observability.Slos;
using Assay.Tests.Observability.Slos.Simulations;

namespace Assay.Benchmarks.Slos;

/// <summary>What an SLO costs, how often it pages for nothing and how soon it pages in an outage.</summary>
internal static class SloBench
{
    private const int Repeats = 2_000_000;
    private const int Months = 1000;
    private const int Outages = 20_000;
    private const double Target = 0.999;
    private const int Seed = 20_262;

    public static BenchResult Run(TextWriter output)
    {
        var figures = new List<Figure>();
        figures.AddRange(Costs(output));
        figures.Add(Size());
        BenchTable[] tables = [FalsePagesTable(output, figures), OutageTable(output, figures)];
        return new BenchResult(
            "slo",
            figures,
            [
                $"Simulations: seed {Seed}, 99.9 %, the engine's own rings and decisions on a simulated clock, looked at after every request and every 10 s.",
                "Three bad requests are the least evidence at these rates. Evenly spaced, half of the outages have three bad ones among the first five requests: the exact medians are 15 and 3 minutes. With random gaps the third bad request comes after 2.67 / (bad requests an hour) in half of them: 16.0 and 3.2 minutes are the least there can be.",
            ],
            tables
        );
    }

    private static IEnumerable<Figure> Costs(TextWriter output)
    {
        using var monitor = new SloMonitor(TimeProvider.System);
        var slo = monitor.RegisterSlo(new("bench", "bench", Target, new(SloSignal.Requests, GoodWhen.NotFailed)));
        var fast = monitor.RegisterSlo(new("fast", "bench", Target, new(SloSignal.Requests, GoodWhen.AtMost, 500)));
        var counts = new SloCounts(1_800_000_000);
        for (var i = 0; i < 40_000; i++)
        {
            counts.Advance(counts.Now + 7);
            counts.Add(counts.Now, new EventCount(10, i % 100 == 0 ? 1 : 0));
        }

        var costs = Rounds.Measure(
            30,
            Repeats,
            new Contender("record", n => Repeat(n, slo)),
            new Contender("record a latency", n => RepeatLatency(n, fast)),
            new Contender("record by name", n => RepeatByName(n, monitor)),
            new Contender("record with a time", n => RepeatAt(n, slo)),
            new Contender("four burn rates", n => RepeatBurns(n, counts))
        );
        Rounds.Print(output, "SLO", costs);
        yield return Of("Record an event, one thread", costs[0], Goal.AtMost("≤ 10 ns", costs[0].Ns, 10, "ns"));
        yield return Of("Record a latency, one thread", costs[1], Goal.AtMost("≤ 10 ns", costs[1].Ns, 10, "ns"));
        yield return Of("Record an event by the SLO's name", costs[2], goal: null);
        yield return Of("Record an event of a given time, as the hub does", costs[3], goal: null);
        yield return Of("Four burn rates: 5 min, 1 h, 30 min, 6 h", costs[4], Goal.AtMost("≤ 50 ns", costs[4].Ns, 50, "ns"));
    }

    private static Figure Of(string what, Cost cost, Goal? goal) => new(what, "ns", [new Reading("Assay", cost.Ns)], goal);

    private static void Repeat(int n, SloRecorder slo)
    {
        for (var i = 0; i < n; i++)
        {
            slo.RecordSuccess();
        }
    }

    private static void RepeatLatency(int n, SloRecorder slo)
    {
        for (var i = 0; i < n; i++)
        {
            slo.RecordLatency(i & 1023);
        }
    }

    private static void RepeatByName(int n, SloMonitor monitor)
    {
        for (var i = 0; i < n; i++)
        {
            monitor.RecordSuccess("bench");
        }
    }

    private static void RepeatAt(int n, SloRecorder slo)
    {
        var second = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var one = new EventCount(1, 0);
        for (var i = 0; i < n; i++)
        {
            slo.Add(second - (i & 7), one);
        }
    }

    private static double RepeatBurns(int n, SloCounts counts)
    {
        var windows = BurnPolicy.Pairs.Where(p => p.Severity == AlertSeverity.Page).SelectMany(p => (TimeSpan[])[p.Short, p.Long]).ToArray();
        var sum = 0.0;
        for (var i = 0; i < n; i++)
        {
            foreach (var window in windows)
            {
                sum += BurnReading.Of(window, counts.In(window), 0.001).Burn ?? 0;
            }
        }

        return sum;
    }

    private static Figure Size()
    {
        const int Slos = 100;
        using var monitor = new SloMonitor(TimeProvider.System);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var kept = new SloRecorder[Slos];
        for (var i = 0; i < Slos; i++)
        {
            kept[i] = new SloRecorder(new($"slo-{i}", "bench", Target, new(SloSignal.Requests, GoodWhen.NotFailed)), TimeProvider.System);
        }

        var bytes = (double)(GC.GetAllocatedBytesForCurrentThread() - before) / Slos;
        GC.KeepAlive(kept);
        return new Figure("Memory of an SLO, whatever its traffic", "kB", [new Reading("Assay", bytes / 1024)], Goal.AtMost("≤ 64 kB", bytes / 1024, 64, "kB"));
    }

    private static BenchTable FalsePagesTable(TextWriter output, List<Figure> figures)
    {
        (double PerHour, bool IsPoisson, double Share)[] places = [(20, false, 0.5), (20, true, 0.5), (100, true, 0.5), (20, true, 1)];
        var found = new FalseAlerts[places.Length];
        Parallel.For(
            0,
            places.Length,
            i => found[i] = BurnSimulation.Months(places[i].PerHour, places[i].IsPoisson, Months, places[i].Share, Target, Seed + i)
        );
        for (var i = 0; i < 2; i++)
        {
            figures.Add(
                new Figure(
                    $"False pages in {Months:#,0} months, 20 requests/h {Arrivals(places[i].IsPoisson)}, half the budget",
                    "pages",
                    [new Reading("Assay", found[i].Pages), new Reading("burn rates alone", found[i].StaticPages)],
                    Goal.AtMost("0", found[i].Pages, 0, "pages")
                )
            );
        }

        var rows = places.Select((p, i) => Row(p.PerHour, p.IsPoisson, p.Share, found[i])).ToList();
        rows.ForEach(r => output.WriteLine("  " + string.Join("  ", r)));
        return new BenchTable(
            $"Pages and tickets in {Months:#,0} simulated months of a service that keeps its SLO.",
            ["traffic", "share of the budget", "requests", "bad", "pages", "pages of the burn rates alone", "tickets", "tickets of the burn rates alone"],
            rows
        );
    }

    private static IReadOnlyList<string> Row(double perHour, bool isPoisson, double share, FalseAlerts found) =>
        [
            $"{perHour}/h {Arrivals(isPoisson)}",
            Text($"{share:0 %}"),
            Text($"{found.Requests:#,0}"),
            Text($"{found.Bad:#,0}"),
            $"{found.Pages}",
            Text($"{found.StaticPages:#,0}"),
            $"{found.Tickets}",
            Text($"{found.StaticTickets:#,0}"),
        ];

    private static BenchTable OutageTable(TextWriter output, List<Figure> figures)
    {
        (double PerHour, bool IsPoisson, double Goal)[] places = [(20, false, 15), (20, true, 15), (100, false, 3), (100, true, 3), (1000, true, 3)];
        var found = new TimesToPage[places.Length];
        Parallel.For(0, places.Length, i => found[i] = BurnSimulation.Outages(places[i].PerHour, places[i].IsPoisson, Outages, 0.5, Target, Seed));
        for (var i = 0; i < 4; i++)
        {
            // To a tenth of a minute: the exact median of the even case is the goal itself.
            var median = Math.Round(found[i].Median, 1);
            figures.Add(
                new Figure(
                    $"Half of all requests fail, {places[i].PerHour}/h {Arrivals(places[i].IsPoisson)}: median to the page",
                    "min",
                    [new Reading("Assay", median)],
                    Goal.AtMost($"≤ {places[i].Goal} min", median, places[i].Goal, "min")
                )
            );
        }

        var rows = places.Select((p, i) => Row(p.PerHour, p.IsPoisson, found[i])).ToList();
        rows.ForEach(r => output.WriteLine("  " + string.Join("  ", r)));
        return new BenchTable(
            $"Minutes from the begin of an outage of half the requests to the page, {Outages:#,0} outages each.",
            ["traffic", "median", "95 of 100", "not within a day"],
            rows
        );
    }

    private static IReadOnlyList<string> Row(double perHour, bool isPoisson, TimesToPage found) =>
        [$"{perHour}/h {Arrivals(isPoisson)}", Text($"{found.Median:0.0}"), Text($"{found.P95:0.0}"), $"{found.NotWithinADay}"];

    private static string Arrivals(bool isPoisson) => isPoisson ? "at random" : "evenly spaced";

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
