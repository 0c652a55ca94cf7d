using System.Globalization;
using System.Text.Json;
using Assay.Releases.Approvals;
using Assay.Releases.Canaries;
using Assay.Releases.Ledger;
using Assay.Server.Surface.Components;
using Assay.Server.Surface.Reading;

namespace Assay.Server.Releases.Pages;

/// <summary>Links of the ledger as the pages say them.</summary>
internal static class LedgerTexts
{
    /// <summary>What happened, in a few words.</summary>
    public static Phrase Of(LedgerLink link)
    {
        var note = NoteOf(link);
        var percent = note?.Percent.ToString("0.####", CultureInfo.InvariantCulture) + Figures.Space + "%";
        return link.Entry.Kind switch
        {
            LedgerKind.Opened => new("Release opened", "Выпуск открыт"),
            LedgerKind.Evidence => new($"Evidence: {Text(link, "metric")}, {En(link)}", $"Доказательство: {Text(link, "metric")}, {Ru(link)}"),
            LedgerKind.Gate => new($"Gate: {En(link)}", $"Ворота: {Ru(link)}"),
            LedgerKind.Approval => Approval.Of(link) is { } approval
                ? new($"{approval.Name} approved ({approval.Scope})", $"{approval.Name} одобряет ({approval.Scope})")
                : new("Approval", "Одобрение"),
            LedgerKind.CanaryStarted => new("Canary started", "Канарейка начата"),
            LedgerKind.Look => note is null
                ? new("Look", "Просмотр")
                : new($"Look {note.Look} at {percent}: {En(link)}", $"Просмотр {note.Look} при {percent}: {Ru(link)}"),
            LedgerKind.Step => note is null ? new("Step", "Шаг") : new($"Traffic at {percent}", $"Трафик {percent}"),
            LedgerKind.Promoted => new("Promoted to 100\u00a0%", "Выпущен на 100\u00a0%"),
            LedgerKind.RolledBack => new("Rolled back to 0\u00a0%", "Откачен до 0\u00a0%"),
            LedgerKind.Rehearsal => new($"Rehearsal of {Text(link, "scenario")}: {En(link)}", $"Репетиция {Text(link, "scenario")}: {Ru(link)}"),
            _ => Text(link, "environment") is { Length: > 0 } place ? new($"Deployed to {place}", $"Развёрнут: {place}") : new("Deployed", "Развёрнут"),
        };
    }

    /// <summary>pass, fail, inconclusive, nodata or info.</summary>
    public static string IconOf(LedgerLink link) =>
        link.Entry.Kind switch
        {
            LedgerKind.Promoted or LedgerKind.Approval => "pass",
            LedgerKind.RolledBack => "fail",
            LedgerKind.Step => "info",
            _ => VerdictOf(link) is { } verdict ? VerdictWords.ClassOf(verdict) : "info",
        };

    /// <summary>What a link of a canary says; null for another.</summary>
    public static CanaryNoteBody? NoteOf(LedgerLink link)
    {
        try
        {
            return
                link.Entry.Kind is LedgerKind.CanaryStarted or LedgerKind.Look or LedgerKind.Step or LedgerKind.Promoted or LedgerKind.RolledBack
                && !link.Entry.Body.IsEmpty
                ? JsonSerializer.Deserialize(link.Entry.Body.Span, CanaryJson.Default.CanaryNoteBody)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The verdict that a link tells; null for none.</summary>
    public static Verdict? VerdictOf(LedgerLink link) =>
        Text(link, "verdict") switch
        {
            "pass" => Verdict.Pass,
            "fail" => Verdict.Fail,
            "inconclusive" => Verdict.Inconclusive,
            "no_data" => Verdict.NoData,
            _ => null,
        };

    /// <summary>A text of a link's body; empty when it has none.</summary>
    public static string Text(LedgerLink link, string property) =>
        Value(link, property) is { ValueKind: JsonValueKind.String } text ? text.GetString() ?? "" : "";

    /// <summary>A number of a link's body; null when it has none.</summary>
    public static double? Number(LedgerLink link, string property) =>
        Value(link, property) is { ValueKind: JsonValueKind.Number } number && number.TryGetDouble(out var value) ? value : null;

    private static JsonElement? Value(LedgerLink link, string property)
    {
        if (link.Entry.Body.IsEmpty)
        {
            return null;
        }

        using var body = JsonDocument.Parse(link.Entry.Body);
        return body.RootElement.ValueKind == JsonValueKind.Object && body.RootElement.TryGetProperty(property, out var value) ? value.Clone() : null;
    }

    private static string En(LedgerLink link) => VerdictOf(link) is { } verdict ? VerdictWords.Of(verdict).En.ToLowerInvariant() : "";

    private static string Ru(LedgerLink link) => VerdictOf(link) is { } verdict ? VerdictWords.Of(verdict).Ru.ToLowerInvariant() : "";
}
