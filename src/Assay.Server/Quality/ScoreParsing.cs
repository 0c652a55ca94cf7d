using System.Text.Json;
using Assay.Server.Intake.Scores;

namespace Assay.Server.Quality;

/// <summary>From JSON to scores: all of them, or what is wrong with them.</summary>
internal static class ScoreParsing
{
    /// <summary>The most scores at a time.</summary>
    public const int MostScores = 1_000;

    private const int MostFaultsTold = 10;

    /// <summary>Reads one score or an array of them.</summary>
    /// <param name="body">The JSON.</param>
    /// <param name="now">The time of scores that have none.</param>
    /// <exception cref="AssayException">Something is wrong (exit code 2): each field is named, <c>[3].value is missing</c>; nothing is to be stored.</exception>
    public static IReadOnlyList<ScoreDraft> Read(JsonElement body, DateTimeOffset now)
    {
        if (body.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array))
        {
            throw AssayException.Usage(
                "The body is neither a score nor an array of scores.",
                "Send {\"name\": \"relevance\", \"value\": 0.9, \"trace_id\": \"…\"} or an array of these."
            );
        }

        var isMany = body.ValueKind == JsonValueKind.Array;
        if (isMany && body.GetArrayLength() > MostScores)
        {
            throw AssayException.Usage($"The array has {body.GetArrayLength()} scores.", $"Send at most {MostScores} at a time.");
        }

        var faults = new List<string>();
        var drafts = isMany ? body.EnumerateArray().Select((score, i) => One(score, $"[{i}].", now, faults)).ToList() : [One(body, "", now, faults)];
        return faults.Count == 0 ? drafts : throw Refusal(faults);
    }

    private static ScoreDraft One(JsonElement score, string place, DateTimeOffset now, List<string> faults)
    {
        if (score.ValueKind != JsonValueKind.Object)
        {
            faults.Add($"{place.TrimEnd('.')} is no object");
            return Nothing(now);
        }

        var fields = new ScoreFields(score, place);
        if (!ScoreFields.HasWholeNames(score))
        {
            faults.Add($"{(place.Length == 0 ? "The score" : place.TrimEnd('.'))} has a field whose name holds half of a surrogate pair");
            return Nothing(now);
        }

        fields.RefuseUnknown();
        var draft = Draft(fields, now);
        if (draft.Name.Length == 0 && fields.Faults.TrueForAll(f => !f.Contains("name ")))
        {
            fields.Fault("name", "is missing");
        }

        if (draft.Key.Length == 0 && fields.Faults.Count == 0)
        {
            fields.Fault("key", "and trace_id are missing; one of them tells a score that is sent twice from two scores");
        }

        faults.AddRange(fields.Faults);
        return draft;
    }

    private static ScoreDraft Nothing(DateTimeOffset now) =>
        new()
        {
            Key = "",
            Kind = default,
            Name = "",
            Value = 0,
            At = now,
        };

    private static ScoreDraft Draft(ScoreFields fields, DateTimeOffset now)
    {
        var kind = fields.Kind();
        var (trace, span, name) = (fields.Trace(), fields.Span(), fields.Text("name", ScoreFields.LongestName));
        var key = fields.Text("key", ScoreFields.LongestKey);
        return new ScoreDraft
        {
            Key = key.Length > 0 ? key : ScoreKey.Of(trace, span, kind, name),
            Kind = kind,
            Name = name,
            Value = fields.Value(kind),
            At = fields.Time(now),
            Label = fields.Text("label", ScoreFields.LongestWord),
            Reason = fields.Text("reason", ScoreFields.LongestReason),
            Service = fields.Text("service", ScoreFields.LongestWord),
            Version = fields.Text("version", ScoreFields.LongestWord),
            Environment = fields.Text("environment", ScoreFields.LongestWord),
            Operation = fields.Text("operation", ScoreFields.LongestWord),
            Variant = fields.Text("variant", ScoreFields.LongestWord),
            Prompt = fields.Text("prompt", ScoreFields.LongestWord),
            Trace = trace,
            Span = span,
        };
    }

    private static AssayException Refusal(List<string> faults)
    {
        var told = string.Join("; ", faults.Take(MostFaultsTold));
        var rest = faults.Count > MostFaultsTold ? $"; and {faults.Count - MostFaultsTold} more" : "";
        return AssayException.Usage(told + rest + ".", "Nothing was stored. Correct these fields and send all of it again.");
    }
}
