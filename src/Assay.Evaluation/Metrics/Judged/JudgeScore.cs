using Assay.Evaluation.Datasets;
using Assay.Evaluation.Judges;
using Assay.Evaluation.Targets;

namespace Assay.Evaluation.Metrics.Judged;

/// <summary>The score of a judge, 0 to 1. Whether it is enough is for the threshold to decide.</summary>
internal sealed class JudgeScore(string name, IJudge judge, string language) : IMetric
{
    public string Name => name;

    public MetricScale Scale => MetricScale.Share;

    public string Fingerprint => judge.Fingerprint;

    /// <exception cref="AssayException">No judge is named, or there is none of that name (exit code 2).</exception>
    public static JudgeScore Of(MetricEntry entry, MetricSources sources)
    {
        if (string.IsNullOrEmpty(entry.Judge))
        {
            throw entry.Place.Error("A metric of kind 'judge' needs a judge.", "Add 'judge: NAME'.");
        }

        var language = entry.OneOf("language", entry.Language, "auto", TextLanguage.English, TextLanguage.Russian);
        return sources.Judge is { } find
            ? new JudgeScore(entry.ShownName, find(entry), language)
            : throw entry.Place.Error($"No judge '{entry.Judge}': the benchmark has no judges.", "Define the judge, or take the metric out.");
    }

    public async ValueTask<Measured> MeasureAsync(Case asked, Answer answer, int repeat, CancellationToken cancellationToken)
    {
        var spoken = language == "auto" ? TextLanguage.Of(asked.Input) : language;
        var question = new JudgeQuestion(asked.Input, answer.Text, asked.Expected, ModelCheck.Contexts(asked, answer), spoken);
        var judgement = await judge.JudgeAsync(question, repeat, cancellationToken);
        return new Measured(Measure(judgement), judgement.Calls);
    }

    private static Measurement Measure(Judgement judgement) =>
        judgement.Score is not { } score ? new Measurement.Error(judgement.Reason)
        : score is >= 0 and <= 1 ? new Measurement.Value(score, judgement.Reason)
        : new Measurement.Error($"The judge's score {score} is not within 0 and 1.");
}
