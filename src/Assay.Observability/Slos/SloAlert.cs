using System.Text.Json.Serialization;

namespace Assay.Observability.Slos;

/// <summary>A budget burns too fast, or has stopped doing so.</summary>
/// <param name="Slo">The SLO.</param>
/// <param name="Service">The service.</param>
/// <param name="Severity">How urgent.</param>
/// <param name="Since">When it began to fire.</param>
/// <param name="Reason">Why, in words: counts, burn rates, and how rarely chance gives such a count.</param>
public sealed record SloAlert(string Slo, string Service, AlertSeverity Severity, DateTimeOffset Since, string Reason)
{
    /// <summary>When it was over; null while it fires.</summary>
    public DateTimeOffset? ResolvedAt { get; init; }

    /// <summary>Why it is over; empty while it fires.</summary>
    public string Resolution { get; init; } = "";

    /// <summary>Since when the budget has burned slowly enough to resolve; null while it burns.</summary>
    public DateTimeOffset? CalmSince { get; init; }

    /// <summary>What <see cref="Reason"/> and <see cref="Resolution"/> were built of; null for an alert of an earlier version.</summary>
    [JsonInclude]
    internal AlertFacts? Facts { get; init; }

    /// <summary>The same for every notification of one alert.</summary>
    public string Id => $"{Slo}/{(Severity == AlertSeverity.Page ? "page" : "ticket")}/{Since.ToUnixTimeSeconds()}";

    /// <summary>Whether it is not over.</summary>
    public bool IsFiring => ResolvedAt is null;
}
