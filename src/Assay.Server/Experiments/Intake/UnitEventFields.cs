using System.Globalization;
using System.Text.Json;
using Assay.Server.Intake.Json;
using Assay.Stores;

namespace Assay.Server.Experiments.Intake;

/// <summary>Reads one exposure or outcome after the other; the first fault of each is told with its field. The unit's key is hashed here and goes no further.</summary>
internal sealed class UnitEventFields(DateTimeOffset now)
{
    /// <summary>The longest name or key, in characters.</summary>
    public const int LongestName = 128;

    /// <summary>Clocks of senders may be ahead by so much, as with telemetry.</summary>
    public static readonly TimeSpan MostAhead = TimeSpan.FromHours(1);

    private const string ExposureFields = "experiment, version, unit or unitId, variant and time";
    private const string OutcomeFields = "key, experiment, unit or unitId, metric, value and time";

    private string? experiment;
    private string? variant;
    private string? metric;
    private string? key;
    private long? unit;
    private int? version;
    private double? value;
    private long time;

    /// <summary>What is wrong with the last one: field and reason.</summary>
    public string Fault { get; private set; } = "";

    /// <summary>An exposure; null when it has a fault.</summary>
    public ExposureEvent? ReadExposure(JsonElement item)
    {
        if (!ReadFields(item, isExposure: true) || !Has(experiment, "experiment") || !Has(variant, "variant") || !HasUnit() || !Has(version, "version"))
        {
            return null;
        }

        return new ExposureEvent
        {
            Experiment = experiment!,
            Version = version!.Value,
            Unit = unit!.Value,
            Variant = variant!,
            TimeNanos = time,
        };
    }

    /// <summary>An outcome; null when it has a fault.</summary>
    public OutcomeEvent? ReadOutcome(JsonElement item)
    {
        if (
            !ReadFields(item, isExposure: false)
            || !Has(key, "key")
            || !Has(experiment, "experiment")
            || !Has(metric, "metric")
            || !HasUnit()
            || !Has(value, "value")
        )
        {
            return null;
        }

        return new OutcomeEvent
        {
            Key = key!,
            Experiment = experiment!,
            Unit = unit!.Value,
            Metric = metric!,
            Value = value!.Value,
            TimeNanos = time,
        };
    }

    private bool ReadFields(JsonElement item, bool isExposure)
    {
        (experiment, variant, metric, key, unit, version, value, time) = (null, null, null, null, null, null, null, Nanos(now));
        Fault = "";
        if (item.ValueKind != JsonValueKind.Object)
        {
            return Fail(" is no object");
        }

        try
        {
            foreach (var field in item.EnumerateObject())
            {
                if (!(ReadShared(field) ?? (isExposure ? ReadOfExposure(field) : ReadOfOutcome(field)) ?? FailUnknown(isExposure)))
                {
                    return false;
                }
            }

            return true;
        }
        catch (InvalidOperationException)
        {
            // What the reader throws when it compares such a name.
            return Fail(" has a field whose name holds half of a surrogate pair");
        }
    }

    /// <summary>Null when the field is none of those that both have; false when it has a fault.</summary>
    private bool? ReadShared(in JsonProperty field) =>
        field.NameEquals("experiment"u8) ? (experiment = Name(field, "experiment")) is not null
        : field.NameEquals("unit"u8) ? ReadUnit(field.Value)
        : field.NameEquals("unitId"u8) ? ReadUnitId(field.Value)
        : field.NameEquals("time"u8) ? ReadTime(field.Value)
        : null;

    private bool? ReadOfExposure(in JsonProperty field) =>
        field.NameEquals("variant"u8) ? (variant = Name(field, "variant")) is not null
        : field.NameEquals("version"u8) ? ReadVersion(field.Value)
        : null;

    private bool? ReadOfOutcome(in JsonProperty field) =>
        field.NameEquals("key"u8) ? (key = Name(field, "key")) is not null
        : field.NameEquals("metric"u8) ? (metric = Name(field, "metric")) is not null
        : field.NameEquals("value"u8) ? ReadValue(field.Value)
        : null;

    private string? Name(in JsonProperty field, string name)
    {
        var text = WholeText.Of(field.Value);
        var problem =
            text is null ? "must be a text"
            : text.Length > LongestName ? $"is longer than {LongestName} characters"
            : text.AsSpan().IndexOfAnyInRange('\0', '\u001F') >= 0 ? "has a control character"
            : null;
        return problem is null ? text : FailNull(name, problem);
    }

    private bool ReadUnit(JsonElement field)
    {
        var text = WholeText.Of(field);
        unit = text is { Length: > 0 } ? UnitId.Of(text) : null;
        return text is not null || Fail(".unit must be a text");
    }

    /// <summary>A unit that its service hashed itself, as <see cref="UnitId.Of(string)"/> does, so that its key stayed there. A text, as 64 bits are more than JavaScript's numbers hold.</summary>
    private bool ReadUnitId(JsonElement field)
    {
        unit = long.TryParse(WholeText.Of(field), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var id) ? id : null;
        return unit is not null || Fail(".unitId must be a whole number of 64 bits as a text");
    }

    private bool ReadVersion(JsonElement field)
    {
        version = field.ValueKind == JsonValueKind.Number && field.TryGetInt32(out var number) && number > 0 ? number : null;
        return version is not null || Fail(".version must be a whole number from 1 on");
    }

    /// <summary>JSON has no words for what is not finite; those of most languages' serializers are taken.</summary>
    private bool ReadValue(JsonElement field)
    {
        value = field.ValueKind switch
        {
            JsonValueKind.Number when field.TryGetDouble(out var number) => number,
            JsonValueKind.True => 1,
            JsonValueKind.False => 0,
            JsonValueKind.String when field.ValueEquals("NaN"u8) => double.NaN,
            JsonValueKind.String when field.ValueEquals("Infinity"u8) => double.PositiveInfinity,
            JsonValueKind.String when field.ValueEquals("-Infinity"u8) => double.NegativeInfinity,
            _ => null,
        };
        return value is not null || Fail(".value must be a number, true, false, \"NaN\", \"Infinity\" or \"-Infinity\"");
    }

    private bool ReadTime(JsonElement field)
    {
        if (field.ValueKind == JsonValueKind.Null)
        {
            return true;
        }

        if (
            !DateTimeOffset.TryParse(WholeText.Of(field), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var read)
            || read < DateTimeOffset.UnixEpoch
        )
        {
            return Fail(".time must be ISO 8601, as 2026-01-31T12:00:00Z");
        }

        time = Nanos(read);
        return read <= now + MostAhead || Fail(".time is more than an hour ahead of the hub's clock");
    }

    private bool Has(string? text, string name) => text is { Length: > 0 } || Fail($".{name} is missing");

    private bool Has<T>(T? number, string name)
        where T : struct => number is not null || Fail($".{name} is missing");

    private bool HasUnit() => unit is not null || Fail(".unit is missing");

    private bool FailUnknown(bool isExposure) => Fail($" has an unknown field; there are {(isExposure ? ExposureFields : OutcomeFields)}");

    private string? FailNull(string name, string problem)
    {
        Fail($".{name} {problem}");
        return null;
    }

    private bool Fail(string problem)
    {
        Fault = problem;
        return false;
    }

    // A tick is 100 nanoseconds.
    private static long Nanos(DateTimeOffset time) => (time - DateTimeOffset.UnixEpoch).Ticks * 100;
}
