using System.Globalization;
using Assay.Evaluation.Datasets;
using Assay.Evaluation.Targets;

namespace Assay.Evaluation.Metrics.Texts;

/// <summary>
/// Whether the answer holds given texts, or the expected answer: all of them, any of them, or the share of them. Turned round it is good when it holds none of them; with
/// <c>require: all</c>, when it does not hold all of them.
/// </summary>
internal sealed class Contains : IMetric
{
    private const int MaxTexts = 100;

    private readonly Wording wording;
    private readonly string require;
    private readonly bool absent;
    private readonly string[] texts;

    private Contains(MetricEntry entry)
    {
        Name = entry.ShownName;
        wording = Wording.Of(entry);
        absent = entry.Absent ?? false;
        // One forbidden text in an answer is one too many. With a single text both words mean the same, and its fingerprint stays as it was.
        var standard = absent && entry.Texts is { Count: > 1 } ? "any" : "all";
        require = entry.OneOf("require", entry.Require ?? standard, "all", "any", "share");
        texts = [.. (entry.Texts ?? []).Select(wording.Write)];
        Fingerprint = MetricFingerprint.Of("contains", [wording, require, absent, .. texts]);
    }

    public string Name { get; }

    public MetricScale Scale => MetricScale.Share;

    public string Fingerprint { get; }

    /// <exception cref="AssayException">A text is empty (every answer has it), or there are too many (exit code 2).</exception>
    public static Contains Of(MetricEntry entry)
    {
        if (entry.Texts is { } texts && (texts.Count is 0 or > MaxTexts || texts.Exists(string.IsNullOrWhiteSpace)))
        {
            throw entry.Place.Error(
                $"'texts' has {texts.Count.ToString(CultureInfo.InvariantCulture)} entries, or an empty one.",
                $"List 1 to {MaxTexts} texts, or leave it out to look for the expected answer."
            );
        }

        return new Contains(entry);
    }

    public ValueTask<Measured> MeasureAsync(Case asked, Answer answer, int repeat, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Measured.Of(Measure(asked, answer)));

    private Measurement Measure(Case asked, Answer answer)
    {
        var wanted = texts.Length > 0 ? texts : [wording.Write(asked.Expected ?? "")];
        if (wanted[0].Length == 0)
        {
            return asked.Expected is null ? Lacking.Expected : Lacking.Words;
        }

        var written = wording.Write(answer.Text);
        var missing = wanted.Where(text => !written.Contains(text, StringComparison.Ordinal)).ToList();
        var share = Share(wanted.Length - missing.Count, wanted.Length);
        return new Measurement.Value(absent ? 1 - share : share, Reason(wanted, missing));
    }

    private double Share(int found, int all) =>
        require switch
        {
            "any" => found > 0 ? 1 : 0,
            "all" => found == all ? 1 : 0,
            _ => (double)found / all,
        };

    private string? Reason(string[] wanted, List<string> missing)
    {
        var named = absent ? [.. wanted.Except(missing)] : missing;
        return named.Count == 0 ? null : $"{(absent ? "found" : "missing")}: {Shown.List(named)}";
    }
}
