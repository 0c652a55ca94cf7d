using Assay.Observability.Slos;
using Assay.Server.Surface.Components;
using Assay.Server.Surface.Reading;

namespace Assay.Server.Overview;

/// <summary>The states of all SLOs, for the lights of the overview and the count in the navigation.</summary>
internal interface ISloLights
{
    /// <summary>One for each SLO, in any order.</summary>
    ValueTask<IReadOnlyList<SloLight>> ListAsync(CancellationToken cancellationToken);
}

/// <summary>The state of an SLO in one line.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Service">The service whose promise it is.</param>
/// <param name="Objective">What is promised: 99 % of answers in 2.5 s.</param>
/// <param name="Verdict">Where it stands.</param>
/// <param name="BudgetLeft">The share of its error budget that is left; negative when overspent, null when unknown.</param>
/// <param name="Burn6h">The burn rate over 6 hours; null when unknown.</param>
/// <param name="Reason">Why it stands there.</param>
public sealed record SloLight(string Name, string Service, Phrase Objective, Verdict Verdict, double? BudgetLeft, double? Burn6h, Phrase Reason)
{
    /// <summary>Service and name; a name that begins with its service says it once.</summary>
    public string Title => $"{Service} · {Short}";

    /// <summary>Its name without that of its service.</summary>
    internal string Short => Name.StartsWith(Service + ".", StringComparison.Ordinal) ? Name[(Service.Length + 1)..] : Name;

    /// <summary>The most urgent alert that fires; null when none does.</summary>
    internal AlertSeverity? Firing { get; init; }

    /// <summary>The colour of its light: that of the verdict, but what burns its budget now is never green.</summary>
    internal Verdict Light =>
        Firing == AlertSeverity.Page ? Verdict.Fail
        : Firing == AlertSeverity.Ticket && Verdict == Verdict.Pass ? Verdict.Inconclusive
        : Verdict;

    /// <summary>The word beside its light.</summary>
    internal Phrase Word => Light == Verdict ? VerdictWords.Of(Verdict) : new("Burning", "Тратится");

    /// <summary>The address of its page.</summary>
    public string Href => "/slos/" + Uri.EscapeDataString(Name);
}
