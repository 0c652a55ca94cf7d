namespace Assay.Server.Quality;

/// <summary>Scores of a window.</summary>
/// <param name="From">The begin.</param>
/// <param name="To">The end, excluded.</param>
/// <param name="By">By what the rows are split.</param>
/// <param name="Scores">Means of quality scores by name.</param>
/// <param name="Ratings">Means of users' ratings by name.</param>
/// <param name="Guardrails">Rates at which guardrails triggered, by name.</param>
internal sealed record QualityReport(
    DateTimeOffset From,
    DateTimeOffset To,
    string By,
    IReadOnlyList<ScoreRow> Scores,
    IReadOnlyList<ScoreRow> Ratings,
    IReadOnlyList<GuardrailRow> Guardrails
);

/// <summary>Scores of one name for one value of the split.</summary>
/// <param name="Name">What was scored.</param>
/// <param name="Key">The value of the split; empty when the sender gave none.</param>
/// <param name="Mean">The mean.</param>
/// <param name="Least">The smallest value.</param>
/// <param name="Most">The largest value.</param>
internal sealed record ScoreRow(string Name, string Key, Estimate Mean, double Least, double Most);

/// <summary>A guardrail for one value of the split.</summary>
/// <param name="Name">The guardrail.</param>
/// <param name="Key">The value of the split; empty when the sender gave none.</param>
/// <param name="Triggered">How often it triggered.</param>
/// <param name="Checked">How often it was asked.</param>
/// <param name="Rate">The share that triggered; null when values other than 0 and 1 were sent.</param>
/// <param name="Reason">Why there is no rate; null when there is one.</param>
internal sealed record GuardrailRow(string Name, string Key, long Triggered, long Checked, Estimate? Rate, string? Reason);
