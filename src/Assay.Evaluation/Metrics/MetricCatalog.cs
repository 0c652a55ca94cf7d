using System.Buffers;
using Assay.Evaluation.Metrics.Judged;
using Assay.Evaluation.Metrics.Overlaps;
using Assay.Evaluation.Metrics.Retrieval;
using Assay.Evaluation.Metrics.Texts;
using Assay.Evaluation.Metrics.Usage;
using Assay.Text;

namespace Assay.Evaluation.Metrics;

/// <summary>Every kind of metric, and the way from a benchmark's file to them.</summary>
internal static class MetricCatalog
{
    /// <summary>The most metrics of one benchmark.</summary>
    public const int MaxMetrics = 50;

    private const int MaxNameLength = 64;

    private static readonly SearchValues<char> NameCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789_.@-");

    /// <summary>The kinds in the order of the reference page.</summary>
    public static IReadOnlyList<MetricKind> Kinds { get; } =
    [
        new("exact", ["ignoreCase", "ignoreSpace", "ignoreYo", "ignorePunctuation"], (entry, _) => Exact.Of(entry)),
        new("contains", ["texts", "require", "absent", "ignoreCase", "ignoreSpace", "ignoreYo"], (entry, _) => Contains.Of(entry)),
        new("regex", ["pattern", "ignoreCase", "absent"], (entry, _) => RegexMatch.Of(entry)),
        new("json_schema", ["schema", "allowFence"], (entry, _) => JsonSchemaMatch.Of(entry)),
        new("numeric", ["absoluteTolerance", "relativeTolerance", "pick", "language"], (entry, _) => Numeric.Of(entry)),
        new("rouge_1", ["statistic", "stem"], (entry, _) => RougeN.Of(entry, order: 1)),
        new("rouge_2", ["statistic", "stem"], (entry, _) => RougeN.Of(entry, order: 2)),
        new("rouge_l", ["statistic", "stem"], (entry, _) => RougeL.Of(entry)),
        new("chrf", ["characterOrder", "wordOrder", "beta", "ignoreCase"], (entry, _) => ChrF.Of(entry)),
        new("ndcg", ["k"], (entry, _) => Ndcg.Of(entry)),
        new("map", ["k"], (entry, _) => AveragePrecision.Of(entry)),
        new("mrr", ["k"], (entry, _) => ReciprocalRank.Of(entry)),
        new("recall", ["k"], (entry, _) => Recall.Of(entry)),
        new("faithfulness", ["prompt", "language", "output"], Faithfulness.Of),
        new("answer_relevance", ["prompt", "language", "output"], AnswerRelevance.Of),
        new("context_precision", ["prompt", "language", "output"], ContextPrecision.Of),
        new("context_recall", ["prompt", "language", "output"], ContextRecall.Of),
        new("judge", ["judge", "language"], JudgeScore.Of),
        new("latency_ms", [], (entry, _) => new Latency(entry.ShownName)),
        new("input_tokens", [], (entry, _) => new InputTokens(entry.ShownName)),
        new("output_tokens", [], (entry, _) => new OutputTokens(entry.ShownName)),
        new("cost_usd", [], (entry, _) => new Cost(entry.ShownName)),
    ];

    /// <summary>The metrics of a benchmark.</summary>
    /// <exception cref="AssayException">An entry is wrong, or two have one name (exit code 2); the message names file and line.</exception>
    public static IReadOnlyList<IMetric> Create(IReadOnlyList<MetricEntry> entries, MetricSources sources)
    {
        if (entries.Count > MaxMetrics)
        {
            throw entries[MaxMetrics].Place.Error($"This is metric {MaxMetrics + 1}.", $"A benchmark has at most {MaxMetrics}.");
        }

        if (entries.GroupBy(entry => entry.ShownName).FirstOrDefault(group => group.Skip(1).Any()) is { } same)
        {
            throw same.ElementAt(1)
                .Place.Error(
                    $"A second metric is called '{same.Key}'.",
                    $"Give it a name of its own: '- name: {same.Key}_2' and 'kind: {same.First().KindName}'."
                );
        }

        return [.. entries.Select(entry => Create(entry, sources))];
    }

    /// <summary>The metric that an entry asks for.</summary>
    /// <exception cref="AssayException">The kind is unknown, a setting is not one of its settings or out of range (exit code 2); the message names file and line.</exception>
    public static IMetric Create(MetricEntry entry, MetricSources sources)
    {
        var kind = Kinds.FirstOrDefault(kind => kind.Name == entry.KindName) ?? throw Unknown(entry);
        if (entry.ShownName.Length is 0 or > MaxNameLength || entry.ShownName.AsSpan().ContainsAnyExcept(NameCharacters))
        {
            throw entry.Place.Error($"'{entry.ShownName}' is no name of a metric.", $"Use small letters, digits and _ . @ -, at most {MaxNameLength} of them.");
        }

        if (entry.Given().Except(kind.Settings).FirstOrDefault() is { } stray)
        {
            throw entry.Place.Error($"A metric of kind '{kind.Name}' has no setting '{stray}'.", Takes(kind));
        }

        return kind.Create(entry, sources);
    }

    private static string Takes(MetricKind kind) => kind.Settings.Count == 0 ? "It has none." : $"It takes: {string.Join(", ", kind.Settings)}.";

    private static AssayException Unknown(MetricEntry entry)
    {
        var names = Kinds.Select(kind => kind.Name).ToList();
        var meant = Names.Nearest(entry.KindName, names) is { } nearest && entry.KindName.Length > 0 ? $" Did you mean '{nearest}'?" : "";
        var problem = entry.KindName.Length == 0 ? "This metric has no kind." : $"There is no kind of metric '{entry.KindName}'.";
        return entry.Place.Error($"{problem}{meant}", $"Known kinds: {string.Join(", ", names)}.");
    }
}
