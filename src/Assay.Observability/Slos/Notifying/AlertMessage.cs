using System.Text.Json;
using System.Text.Json.Serialization;

namespace Assay.Observability.Slos.Notifying;

/// <summary>An alert as it is sent and stored.</summary>
/// <param name="Id">The same for all messages of one alert: to tell a repeated message from a new one.</param>
/// <param name="Status"><c>firing</c> or <c>resolved</c>.</param>
/// <param name="Severity"><c>page</c> or <c>ticket</c>.</param>
/// <param name="Slo">The SLO.</param>
/// <param name="Service">The service.</param>
/// <param name="Since">When it began to fire.</param>
/// <param name="ResolvedAt">When it was over; absent while it fires.</param>
/// <param name="Reason">Why it fires.</param>
/// <param name="Resolution">Why it is over; absent while it fires.</param>
public sealed record AlertMessage(
    string Id,
    string Status,
    string Severity,
    string Slo,
    string Service,
    DateTimeOffset Since,
    DateTimeOffset? ResolvedAt,
    string Reason,
    string? Resolution
)
{
    /// <summary>What the sentences were built of; absent in messages of an earlier version.</summary>
    [JsonInclude]
    internal AlertFacts? Facts { get; init; }

    /// <summary>The message of an alert.</summary>
    public static AlertMessage Of(SloAlert alert)
    {
        ArgumentNullException.ThrowIfNull(alert);
        return new AlertMessage(
            alert.Id,
            alert.IsFiring ? "firing" : "resolved",
            alert.Severity == AlertSeverity.Page ? "page" : "ticket",
            alert.Slo,
            alert.Service,
            alert.Since,
            alert.ResolvedAt,
            alert.Reason,
            alert.IsFiring ? null : alert.Resolution
        )
        {
            Facts = alert.Facts,
        };
    }

    /// <summary>As UTF-8 JSON with names in snake case.</summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, AlertJson.Default.AlertMessage);

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <exception cref="JsonException">It is something else.</exception>
    public static AlertMessage Parse(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize(json, AlertJson.Default.AlertMessage) ?? throw new JsonException("There is no alert in null.");
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AlertMessage))]
internal sealed partial class AlertJson : JsonSerializerContext;
