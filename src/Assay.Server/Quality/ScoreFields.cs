using System.Globalization;
using System.Text.Json;
using Assay.Server.Experiments.Intake;
using Assay.Server.Intake.Json;
using Assay.Stores;

namespace Assay.Server.Quality;

/// <summary>Reads the fields of one score, and notes each fault with the field's name. Bounds are in characters.</summary>
internal sealed class ScoreFields(JsonElement score, string place)
{
    /// <summary>The longest name: with trace, span and kind it stays within a key.</summary>
    public const int LongestName = 64;

    /// <summary>The longest key.</summary>
    public const int LongestKey = 128;

    /// <summary>The longest service, version, operation and so on.</summary>
    public const int LongestWord = 256;

    /// <summary>The longest reason.</summary>
    public const int LongestReason = 4_000;

    private static readonly string[] Known =
    [
        "key",
        "kind",
        "name",
        "value",
        "label",
        "reason",
        "time",
        "service",
        "version",
        "environment",
        "operation",
        "variant",
        "prompt",
        "trace_id",
        "span_id",
    ];

    /// <summary>What is wrong: field and reason.</summary>
    public List<string> Faults { get; } = [];

    /// <summary>Whether every field can be asked for its name: one with half of a surrogate pair cannot, nor can its object be searched.</summary>
    public static bool HasWholeNames(JsonElement score)
    {
        try
        {
            foreach (var field in score.EnumerateObject())
            {
                _ = field.Name;
            }

            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    public void RefuseUnknown()
    {
        foreach (var field in score.EnumerateObject().Where(field => !Known.Contains(field.Name)))
        {
            Fault(field.Name.Length <= LongestName ? field.Name : field.Name[..LongestName], $"is no field of a score; there are {string.Join(", ", Known)}");
        }
    }

    public string Text(string name, int longest)
    {
        if (!score.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return "";
        }

        if (value.ValueKind != JsonValueKind.String)
        {
            return Fault(name, "must be a text");
        }

        if (WholeText.Of(value) is not { } text)
        {
            return Fault(name, "holds half of a surrogate pair");
        }

        return text.Length > longest ? Fault(name, $"is longer than {longest} characters")
            : text.Any(char.IsControl) && name != "reason" ? Fault(name, "has a control character")
            : text;
    }

    public ScoreKind Kind()
    {
        var text = Text("kind", LongestWord);
        switch (text)
        {
            case "" or "quality":
                return ScoreKind.Quality;
            case "rating":
                return ScoreKind.Rating;
            case "guardrail":
                return ScoreKind.Guardrail;
            default:
                Fault("kind", "must be quality, rating or guardrail");
                return ScoreKind.Quality;
        }
    }

    public double Value(ScoreKind kind)
    {
        var known = score.TryGetProperty("value", out var value);
        var number = value.ValueKind switch
        {
            JsonValueKind.Number when value.TryGetDouble(out var n) && double.IsFinite(n) => n,
            JsonValueKind.True => 1,
            JsonValueKind.False => 0,
            _ => double.NaN,
        };
        if (!known || double.IsNaN(number))
        {
            Fault("value", known ? "must be a finite number, true or false" : "is missing");
            return 0;
        }

        if (kind == ScoreKind.Guardrail && number is not (0 or 1))
        {
            Fault("value", "of a guardrail must be 1 (it triggered) or 0 (it let pass)");
        }

        return number;
    }

    public DateTimeOffset Time(DateTimeOffset now)
    {
        var text = Text("time", LongestWord);
        if (text.Length == 0)
        {
            return now;
        }

        if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) || time < DateTimeOffset.UnixEpoch)
        {
            Fault("time", "must be ISO 8601, as 2026-01-31T12:00:00Z");
        }
        else if (time > now + UnitEventFields.MostAhead)
        {
            Fault("time", "is more than an hour ahead of the hub's clock");
        }

        return time;
    }

    public TraceId Trace()
    {
        var text = Text("trace_id", LongestWord);
        if (text.Length > 0 && !TraceId.TryParse(text, out _))
        {
            Fault("trace_id", "must be 32 hex digits, not all 0");
        }

        return TraceId.TryParse(text, out var id) ? id : default;
    }

    public SpanId Span()
    {
        var text = Text("span_id", LongestWord);
        if (text.Length > 0 && !SpanId.TryParse(text, out _))
        {
            Fault("span_id", "must be 16 hex digits, not all 0");
        }

        return SpanId.TryParse(text, out var id) ? id : default;
    }

    public string Fault(string field, string reason)
    {
        Faults.Add($"{place}{field} {reason}");
        return "";
    }
}
