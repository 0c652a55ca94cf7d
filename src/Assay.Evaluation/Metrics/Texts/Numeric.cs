using System.Globalization;
using Assay.Evaluation.Datasets;
using Assay.Evaluation.Targets;

namespace Assay.Evaluation.Metrics.Texts;

/// <summary>1 when a number of the answer is the expected one within a tolerance, else 0.</summary>
internal sealed class Numeric : IMetric
{
    private const double MaxTolerance = 1e300;

    private readonly double absolute;
    private readonly double relative;
    private readonly string pick;
    private readonly string language;

    private Numeric(MetricEntry entry)
    {
        Name = entry.ShownName;
        absolute = entry.Within("absoluteTolerance", entry.AbsoluteTolerance, 0, 0, MaxTolerance);
        relative = entry.Within("relativeTolerance", entry.RelativeTolerance, 0, 0, 1);
        pick = entry.OneOf("pick", entry.Pick, "last", "first", "any");
        language = entry.OneOf("language", entry.Language, "auto", TextLanguage.English, TextLanguage.Russian);
        Fingerprint = MetricFingerprint.Of("numeric", absolute, relative, pick, language);
    }

    public string Name { get; }

    public MetricScale Scale => MetricScale.Share;

    public string Fingerprint { get; }

    public static Numeric Of(MetricEntry entry) => new(entry);

    public ValueTask<Measured> MeasureAsync(Case asked, Answer answer, int repeat, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Measured.Of(Measure(asked, answer.Text)));

    private Measurement Measure(Case asked, string answer)
    {
        if (asked.Expected is not { } expected)
        {
            return Lacking.Expected;
        }

        var wanted = new NumberReader(expected, LanguageOf(expected, asked.Input));
        if (!wanted.Read())
        {
            return new Measurement.NotApplicable("The expected answer has no number.");
        }

        var number = wanted.Value;
        return wanted.Read()
            ? new Measurement.NotApplicable("The expected answer has several numbers; this metric compares one.")
            : Compare(new NumberReader(answer, LanguageOf(answer, asked.Input)), number);
    }

    private string LanguageOf(string text, string input) => language == "auto" ? TextLanguage.Of(text, input) : language;

    private Measurement.Value Compare(NumberReader numbers, double expected)
    {
        double? read = null;
        while (numbers.Read())
        {
            read = numbers.Value;
            if (pick == "first" || (pick == "any" && IsNear(numbers.Value, expected)))
            {
                break;
            }
        }

        return read is { } value
            ? new Measurement.Value(IsNear(value, expected) ? 1 : 0, $"read {Text(value)}, expected {Text(expected)}")
            : new Measurement.Value(0, $"the answer has no number, expected {Text(expected)}");
    }

    private bool IsNear(double value, double expected) => Math.Abs(value - expected) <= Math.Max(absolute, relative * Math.Abs(expected));

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
