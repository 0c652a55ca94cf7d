using System.Text.RegularExpressions;
using Assay.Evaluation.Datasets;
using Assay.Evaluation.Targets;
using Assay.Text;

namespace Assay.Evaluation.Metrics.Texts;

/// <summary>1 when a pattern is found anywhere in the answer, else 0; with <c>absent</c> the other way round. The time is linear in the answer.</summary>
internal sealed class RegexMatch : IMetric
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    private readonly Regex regex;
    private readonly bool absent;

    private RegexMatch(string name, Regex regex, bool absent)
    {
        Name = name;
        this.regex = regex;
        this.absent = absent;
        Fingerprint = MetricFingerprint.Of("regex", regex.ToString(), regex.Options, absent);
    }

    public string Name { get; }

    public MetricScale Scale => MetricScale.Share;

    public string Fingerprint { get; }

    /// <exception cref="AssayException">The pattern is missing, wrong, or needs what a linear search cannot do (exit code 2, file and line named).</exception>
    public static RegexMatch Of(MetricEntry entry)
    {
        if (string.IsNullOrEmpty(entry.Pattern))
        {
            throw entry.Place.Error("A metric of kind 'regex' needs a pattern.", "Add 'pattern: \"…\"'.");
        }

        var options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | (entry.IgnoreCase == true ? RegexOptions.IgnoreCase : RegexOptions.None);
        try
        {
            return new RegexMatch(entry.ShownName, new Regex(Composition.Compose(entry.Pattern), options, Timeout), entry.Absent ?? false);
        }
        catch (ArgumentException e)
        {
            throw entry.Place.Error($"The pattern is wrong: {e.Message}", "Mend it; quote it with ' in YAML, so that \\ stays as it is.");
        }
        catch (NotSupportedException e)
        {
            throw entry.Place.Error(
                $"The pattern cannot be searched for in linear time: {e.Message}",
                "Do without look-around, back-references, atomic groups and very large repeats."
            );
        }
    }

    public ValueTask<Measured> MeasureAsync(Case asked, Answer answer, int repeat, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Measured.Of(Measure(answer)));

    private Measurement Measure(Answer answer)
    {
        try
        {
            var match = regex.Match(Composition.Compose(answer.Text));
            return new Measurement.Value(match.Success != absent ? 1 : 0, match.Success ? $"found: “{Excerpt.Line(match.Value)}”" : "not found");
        }
        catch (RegexMatchTimeoutException)
        {
            return new Measurement.Error($"The pattern took more than {Timeout.TotalSeconds:0} s on this answer.");
        }
    }
}
