using Assay.Cli.Showing;
using Assay.Experimentation.Experiments;
using Assay.Server.Experiments;

namespace Assay.Cli.Experimenting;

/// <summary>Experiments; with <c>--json</c> this is the document.</summary>
/// <param name="Experiments">By name.</param>
internal sealed record ExperimentsListed(IReadOnlyList<ListedExperiment> Experiments)
{
    public static ExperimentsListed Of(IEnumerable<ExperimentFile> files) => Of(files.Select(ExperimentSummary.Of));

    public static ExperimentsListed Of(ExperimentList list) => Of(list.Experiments);

    private static ExperimentsListed Of(IEnumerable<ExperimentSummary> summaries) =>
        new([.. summaries.OrderBy(e => e.Name, StringComparer.Ordinal).Select(ListedExperiment.Of)]);
}

/// <summary>One of them.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Version">Its version.</param>
/// <param name="Running">Whether units are assigned now.</param>
/// <param name="Traffic">The share of the units that take part, percent.</param>
/// <param name="Arms">The arms with their weights.</param>
/// <param name="Goals">What it is decided by.</param>
/// <param name="Hypothesis">What is expected.</param>
/// <param name="Owner">Who answers for it.</param>
internal sealed record ListedExperiment(
    string Name,
    int Version,
    bool Running,
    decimal Traffic,
    IReadOnlyDictionary<string, decimal> Arms,
    IReadOnlyList<string> Goals,
    string Hypothesis,
    string Owner
)
{
    public static ListedExperiment Of(ExperimentSummary summary) =>
        new(
            summary.Name,
            summary.Version,
            summary.Running,
            summary.Traffic,
            summary.Variants.ToDictionary(v => v.Name, v => v.Weight, StringComparer.Ordinal),
            summary.Goals,
            summary.Hypothesis,
            summary.Owner
        );
}

/// <summary>Experiments for a terminal of 80 columns.</summary>
internal static class ExperimentsListedView
{
    public static IEnumerable<string> Lines(ExperimentsListed list) =>
        list.Experiments.Count == 0
            ? WrappedText.Lines("No experiments. One is made by a file in the catalog's folder experiments; docs/guide/experiments.md shows how.")
            : list.Experiments.SelectMany((e, i) => (i == 0 ? Enumerable.Empty<string>() : [""]).Concat(Lines(e)));

    private static IEnumerable<string> Lines(ListedExperiment e) =>
        WrappedText
            .Lines(FormattableString.Invariant($"{e.Name}, version {e.Version}, {(e.Running ? "running" : "stopped")}, {e.Traffic:0.####} % of units"))
            .Concat(
                WrappedText
                    .Within($"arms: {string.Join(", ", e.Arms.Select(a => FormattableString.Invariant($"{a.Key} {a.Value:0.####} %")))}", 78)
                    .Select(l => "  " + l)
            )
            .Concat(WrappedText.Within($"goals: {(e.Goals.Count == 0 ? "none" : string.Join(", ", e.Goals))}", 78).Select(l => "  " + l))
            .Concat(e.Hypothesis.Length == 0 ? [] : WrappedText.Within(e.Hypothesis, 78).Select(l => "  " + l));
}
