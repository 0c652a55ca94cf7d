using Assay.Observability.Slos;

namespace Assay.Tests.Observability.Slos.Simulations;

/// <summary>Alerts in simulated months: by the engine, and by the same burn rates without evidence.</summary>
/// <param name="Months">Months of 30 days.</param>
/// <param name="Requests">Requests in all.</param>
/// <param name="Bad">Bad ones.</param>
/// <param name="Pages">Pages of the engine.</param>
/// <param name="StaticPages">Pages of the burn rates alone.</param>
/// <param name="Tickets">Tickets of the engine.</param>
/// <param name="StaticTickets">Tickets of the burn rates alone.</param>
internal sealed record FalseAlerts(int Months, long Requests, long Bad, int Pages, int StaticPages, int Tickets, int StaticTickets);

/// <summary>How long it took from the begin of outages to the page, in minutes.</summary>
internal sealed record TimesToPage(double Median, double P95, int NotWithinADay);

/// <summary>How long it took from the begin of slow burns to the ticket or page, in hours.</summary>
internal sealed record TimesToTicket(double Median, double P95, int NotWithinAMonth);

/// <summary>The engine on simulated traffic of one SLO.</summary>
internal static class BurnSimulation
{
    // The engine looks every second; between two buckets of 10 s nothing changes but by events, after each of which it looks here.
    private const int TickSeconds = 10;
    private const int DaySeconds = 86_400;

    // Any whole hour later than a month after 1970.
    private const long Epoch = 1_000_000_800;
    private static readonly TimeSpan LongestShortWindow = TimeSpan.FromHours(6);

    /// <summary>Months of a service that keeps its SLO.</summary>
    public static FalseAlerts Months(double perHour, bool isPoisson, int months, double shareOfBudget, double target, int seed)
    {
        var slo = Slo(target);
        var watch = new Watch(slo);
        var traffic = new Traffic(perHour, isPoisson, seed);
        long requests = 0;
        long bad = 0;
        var end = months * 30.0 * DaySeconds;
        for (var at = traffic.Next(); at < end; at = traffic.Next())
        {
            var isBad = traffic.IsBad(slo.Budget * shareOfBudget);
            watch.Go((long)at);
            watch.Add(isBad);
            requests++;
            bad += isBad ? 1 : 0;
        }

        return new FalseAlerts(months, requests, bad, watch.Pages, watch.StaticPages, watch.Tickets, watch.StaticTickets);
    }

    /// <summary>Outages in which a share of requests is bad, each after a good day.</summary>
    public static TimesToPage Outages(double perHour, bool isPoisson, int outages, double shareBad, double target, int seed)
    {
        var slo = Slo(target);
        var minutes = new List<double>();
        var missed = 0;
        for (var i = 0; i < outages; i++)
        {
            if (MinutesToPage(slo, new Traffic(perHour, isPoisson, seed + i), shareBad) is { } took)
            {
                minutes.Add(took);
            }
            else
            {
                missed++;
                minutes.Add(double.PositiveInfinity);
            }
        }

        minutes.Sort();
        return new TimesToPage(minutes[minutes.Count / 2], minutes[(int)(minutes.Count * 0.95)], missed);
    }

    /// <summary>Burns of a multiple of the budget, each after three good days.</summary>
    public static TimesToTicket SlowBurns(double perHour, bool isPoisson, int burns, double timesBudget, double target, int seed)
    {
        var slo = Slo(target);
        var hours = Enumerable.Range(0, burns).Select(i => HoursToTicket(slo, new Traffic(perHour, isPoisson, seed + i), timesBudget)).Order().ToList();
        return new TimesToTicket(hours[burns / 2], hours[(int)(burns * 0.95)], hours.Count(double.IsInfinity));
    }

    private static double HoursToTicket(SloDefinition slo, Traffic traffic, double timesBudget)
    {
        var watch = new Watch(slo);
        const int Begin = 3 * DaySeconds;
        for (var at = traffic.Next(); at < Begin + (30 * DaySeconds); at = traffic.Next())
        {
            watch.Go((long)at);
            watch.Add(at >= Begin && traffic.IsBad(slo.Budget * timesBudget));
            if (watch.Pages + watch.Tickets > 0)
            {
                return (watch.Second - Begin) / 3600.0;
            }
        }

        return double.PositiveInfinity;
    }

    private static double? MinutesToPage(SloDefinition slo, Traffic traffic, double shareBad)
    {
        var watch = new Watch(slo);
        for (var at = traffic.Next(); at < 2 * DaySeconds; at = traffic.Next())
        {
            watch.Go((long)at);
            watch.Add(at >= DaySeconds && traffic.IsBad(shareBad));
            if (watch.Pages > 0)
            {
                return (watch.Second - DaySeconds) / 60.0;
            }
        }

        return null;
    }

    private static SloDefinition Slo(double target) => new("simulated", "simulated", target, new(SloSignal.Requests, GoodWhen.NotFailed));

    /// <summary>One SLO, its alerts, and the alerts that there would be without evidence.</summary>
    private sealed class Watch(SloDefinition slo)
    {
        private readonly SloCounts counts = new(Epoch);
        private AlertState state = AlertState.Quiet;
        private bool isStaticPaging;
        private bool isStaticTicket;

        public int Pages { get; private set; }

        public int StaticPages { get; private set; }

        public int Tickets { get; private set; }

        public int StaticTickets { get; private set; }

        public long Second => counts.Now - Epoch;

        public void Go(long simulated)
        {
            var second = Epoch + simulated;
            for (var tick = ((counts.Now / TickSeconds) + 1) * TickSeconds; tick < second; tick += TickSeconds)
            {
                if (!MayAlert())
                {
                    break;
                }

                counts.Advance(tick);
                Look();
            }

            counts.Advance(second);
        }

        public void Add(bool isBad)
        {
            counts.Add(counts.Now, new EventCount(1, isBad ? 1 : 0));
            if (MayAlert())
            {
                Look();
            }
        }

        // The short windows of all pairs are within six hours: without a bad event there nothing begins.
        private bool MayAlert() => state.Firing.Count > 0 || isStaticPaging || isStaticTicket || counts.In(LongestShortWindow).Bad > 0;

        private void Look()
        {
            var readings = BurnReadings.Of(slo, counts);
            var decision = BurnAlerts.Decide(slo, state, readings, DateTimeOffset.FromUnixTimeSeconds(counts.Now));
            state = decision.State;
            Pages += decision.Changes.Count(c => c is { Severity: AlertSeverity.Page, IsFiring: true });
            Tickets += decision.Changes.Count(c => c is { Severity: AlertSeverity.Ticket, IsFiring: true });
            var (paging, ticket) = (IsBurning(AlertSeverity.Page, readings), IsBurning(AlertSeverity.Ticket, readings));
            StaticPages += paging && !isStaticPaging ? 1 : 0;
            StaticTickets += ticket && !isStaticTicket ? 1 : 0;
            (isStaticPaging, isStaticTicket) = (paging, ticket);
        }

        private static bool IsBurning(AlertSeverity severity, BurnReadings readings) =>
            BurnPolicy.Pairs.Any(p => p.Severity == severity && readings[p.Short].Burn >= p.Burn && readings[p.Long].Burn >= p.Burn);
    }
}
