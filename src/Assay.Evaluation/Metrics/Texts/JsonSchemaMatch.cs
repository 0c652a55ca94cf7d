using System.Text.Json;
using Assay.Evaluation.Datasets;
using Assay.Evaluation.Targets;
using NJsonSchema;
using NJsonSchema.Validation;

namespace Assay.Evaluation.Metrics.Texts;

/// <summary>1 when the answer is JSON that fits a schema, else 0, with the path of what does not fit.</summary>
internal sealed class JsonSchemaMatch : IMetric
{
    private const int MaxFaults = 3;

    private readonly LoadedSchema schema;
    private readonly bool allowFence;

    private JsonSchemaMatch(string name, LoadedSchema schema, bool allowFence)
    {
        Name = name;
        this.schema = schema;
        this.allowFence = allowFence;
        Fingerprint = MetricFingerprint.Of("json_schema", schema.Source, allowFence);
    }

    public string Name { get; }

    public MetricScale Scale => MetricScale.Share;

    public string Fingerprint { get; }

    /// <exception cref="AssayException">The schema is not named, cannot be read or is no schema (exit code 2, file and line named).</exception>
    public static JsonSchemaMatch Of(MetricEntry entry) => new(entry.ShownName, SchemaFile.Read(entry), entry.AllowFence ?? false);

    public ValueTask<Measured> MeasureAsync(Case asked, Answer answer, int repeat, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Measured.Of(Measure(answer.Text)));

    private Measurement Measure(string answer)
    {
        var json = allowFence ? MarkdownFence.Within(answer) : answer;
        try
        {
            // The strict parser first: the validator's own takes comments, single quotes and any depth.
            using var document = JsonDocument.Parse(json);
            return schema.Patterns.TooSlow(document.RootElement) is { } slow
                ? new Measurement.Error($"The pattern {Excerpt.Line(slow)} takes too long on this answer: write one that does not backtrack so much.")
                : Validate(json);
        }
        catch (JsonException e)
        {
            return new Measurement.Value(0, NotJson(json, e));
        }
    }

    private Measurement Validate(string json)
    {
        try
        {
            var faults = schema.Schema.Validate(json);
            return new Measurement.Value(faults.Count == 0 ? 1 : 0, faults.Count == 0 ? null : Reason(faults));
        }
        catch (Exception e) when (e is Newtonsoft.Json.JsonException or FormatException or OverflowException or InvalidOperationException)
        {
            // JSON has integers of any length, the validator has 64 bits; its message repeats them all.
            return new Measurement.Error($"The validator cannot read this JSON: {Excerpt.Line(e.Message)}");
        }
    }

    private static string NotJson(string text, JsonException e) =>
        text.AsSpan().Trim().IsEmpty ? "no JSON: the answer is empty" : $"no JSON: line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}";

    private static string Reason(ICollection<ValidationError> faults)
    {
        var first = string.Join("; ", faults.Take(MaxFaults).Select(Fault));
        return faults.Count > MaxFaults ? $"{first}; and {faults.Count - MaxFaults} more" : first;
    }

    /// <summary>A fault of a part of <c>anyOf</c> and its like is told by the part.</summary>
    private static string Fault(ValidationError fault) =>
        fault is ChildSchemaValidationError { Errors: var parts } && parts.SelectMany(part => part.Value).FirstOrDefault() is { } inner
            ? $"{Place(fault)}: {fault.Kind} ({Excerpt.Line($"{Place(inner)}: {inner.Kind}")})"
            : $"{Place(fault)}: {fault.Kind}";

    private static string Place(ValidationError fault) => string.IsNullOrEmpty(fault.Path) ? "#" : Excerpt.Line(fault.Path);
}
