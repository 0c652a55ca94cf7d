namespace Assay.Observability.Slos;

/// <summary>Alerts of one SLO that are firing: at most one of each severity.</summary>
/// <param name="Page">The page; null when there is none.</param>
/// <param name="Ticket">The ticket; null when there is none.</param>
internal sealed record AlertState(SloAlert? Page, SloAlert? Ticket)
{
    public static readonly AlertState Quiet = new(Page: null, Ticket: null);

    public IReadOnlyList<SloAlert> Firing => [.. new[] { Page, Ticket }.OfType<SloAlert>()];
}

/// <summary>The alerts after a look, and those to tell people about: what began to fire and what was resolved.</summary>
internal sealed record AlertDecision(AlertState State, IReadOnlyList<SloAlert> Changes);

/// <summary>When a burning budget alerts, and when the alert is over. Pure: no clock, no log, nobody is told.</summary>
internal static class BurnAlerts
{
    /// <summary>An alert is over only when the burn is below this share of its threshold, so that one at the threshold does not flap.</summary>
    public const double Calm = 0.8;

    /// <summary>And only when it stayed there so long; the length of each severity's shortest window would let the ticket hang for hours.</summary>
    public static TimeSpan HoldOf(AlertSeverity severity) => TimeSpan.FromMinutes(severity == AlertSeverity.Page ? 5 : 30);

    /// <summary>What to do.</summary>
    /// <param name="slo">The SLO.</param>
    /// <param name="state">What fires now.</param>
    /// <param name="readings">Counts of every window of <see cref="BurnPolicy.Windows"/>.</param>
    /// <param name="now">The time of the counts.</param>
    public static AlertDecision Decide(SloDefinition slo, AlertState state, BurnReadings readings, DateTimeOffset now)
    {
        var page = Next(slo, state.Page, AlertSeverity.Page, readings, now);
        // A page says it all; a ticket about the same fire would be a second message.
        var ticket = state.Ticket is null && page is { IsFiring: true } ? null : Next(slo, state.Ticket, AlertSeverity.Ticket, readings, now);
        List<SloAlert> changes = [.. Changed(state.Page, page), .. Changed(state.Ticket, ticket)];
        return new AlertDecision(new AlertState(StillFiring(page), StillFiring(ticket)), changes);
    }

    private static SloAlert? Next(SloDefinition slo, SloAlert? firing, AlertSeverity severity, BurnReadings readings, DateTimeOffset now)
    {
        if (firing is not null)
        {
            return Continued(firing, readings, now);
        }

        foreach (var pair in BurnPolicy.Pairs)
        {
            if (pair.Severity == severity && IsBurning(pair, readings, 1) && IsProven(slo, pair, readings))
            {
                var facts = BurnText.Facts(slo, pair, readings);
                return new SloAlert(slo.Name, slo.Service, severity, now, BurnText.Reason(facts)) { Facts = facts };
            }
        }

        return null;
    }

    private static SloAlert Continued(SloAlert firing, BurnReadings readings, DateTimeOffset now)
    {
        if (BurnPolicy.Pairs.Any(p => p.Severity == firing.Severity && MayStillBurn(p, readings)))
        {
            return firing.CalmSince is null ? firing : firing with { CalmSince = null };
        }

        // A clock that was ahead may have written a time that is still to come.
        var calm = firing.CalmSince is { } since && since < now ? since : now;
        return now - calm < HoldOf(firing.Severity) ? firing with { CalmSince = calm } : Resolved(firing, calm, readings, now);
    }

    private static SloAlert Resolved(SloAlert firing, DateTimeOffset calm, BurnReadings readings, DateTimeOffset now)
    {
        var calmed = BurnText.Calm(firing.Severity, readings);
        return firing with
        {
            CalmSince = calm,
            ResolvedAt = now,
            Resolution = BurnText.Resolution(calmed),
            Facts = firing.Facts is { } facts ? facts with { Calmed = calmed } : null,
        };
    }

    private static bool IsBurning(BurnPair pair, BurnReadings readings, double share) =>
        readings[pair.Short].Burn >= pair.Burn * share && readings[pair.Long].Burn >= pair.Burn * share;

    // Nothing in the short window is no sign that the service is well again.
    private static bool MayStillBurn(BurnPair pair, BurnReadings readings) =>
        readings[pair.Long].Burn >= pair.Burn * Calm && !(readings[pair.Short].Burn < pair.Burn * Calm);

    private static bool IsProven(SloDefinition slo, BurnPair pair, BurnReadings readings) =>
        BurnEvidence.Holds(pair, readings[pair.Short].Count, slo.Budget) || BurnEvidence.Holds(pair, readings[pair.Long].Count, slo.Budget);

    private static IEnumerable<SloAlert> Changed(SloAlert? before, SloAlert? after) => after is not null && (before is null || !after.IsFiring) ? [after] : [];

    private static SloAlert? StillFiring(SloAlert? alert) => alert is { IsFiring: true } ? alert : null;
}
