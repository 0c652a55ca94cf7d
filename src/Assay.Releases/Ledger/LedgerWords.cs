using System.Globalization;
using System.Text.Json;

namespace Assay.Releases.Ledger;

/// <summary>Links in words, for whoever reads a history.</summary>
internal static class LedgerWords
{
    private const int Longest = 500;

    /// <summary>What happened, in a sentence.</summary>
    public static string Of(LedgerLink link)
    {
        var reason = Reason(link);
        var what = link.Entry.Kind switch
        {
            LedgerKind.Opened => "the release was opened" + (Text(link, "commit") is { Length: > 0 } commit ? $" for commit {commit}" : ""),
            LedgerKind.Evidence => $"evidence, {Text(link, "metric")}: {Word(Text(link, "verdict"))}",
            LedgerKind.Gate => $"gate: {Word(Text(link, "verdict"))}",
            LedgerKind.Approval => $"{Text(link, "name")} approved ({Text(link, "scope")})",
            LedgerKind.CanaryStarted => "the canary began",
            LedgerKind.Look => "a look at the canary" + Verdict(link),
            LedgerKind.Step => "traffic moved" + (Text(link, "percent") is { Length: > 0 } percent ? $" to {percent} %" : ""),
            LedgerKind.Promoted => "promoted: all traffic is the candidate's",
            LedgerKind.RolledBack => "rolled back: no traffic is the candidate's",
            LedgerKind.Rehearsal => "rehearsal" + (Text(link, "scenario") is { Length: > 0 } scenario ? $" of {scenario}" : "") + Verdict(link),
            LedgerKind.Deployed => (Text(link, "action") == Deployment.Back ? "runs again" : "deployed")
                + (
                    Text(link, "environment") is { Length: > 0 } environment ? $"{(Text(link, "action") == Deployment.Back ? " in" : " to")} {environment}" : ""
                ),
            _ => LedgerLine.NameOf(link.Entry.Kind),
        };
        return link.Entry.Body.IsEmpty ? what + " (an export left out what it says)"
            : reason.Length == 0 ? what
            : $"{what}. {reason}";
    }

    /// <summary>The reason that a link gives; empty when it gives none.</summary>
    public static string Reason(LedgerLink link) => Text(link, "reason") is { Length: > Longest } reason ? reason[..(Longest - 1)] + "…" : Text(link, "reason");

    private static string Verdict(LedgerLink link) => Text(link, "verdict") is { Length: > 0 } verdict ? $": {Word(verdict)}" : "";

    private static string Word(string verdict) => verdict.Replace('_', ' ');

    private static string Text(LedgerLink link, string property)
    {
        if (link.Entry.Body.IsEmpty)
        {
            return "";
        }

        using var body = JsonDocument.Parse(link.Entry.Body);
        return body.RootElement.ValueKind == JsonValueKind.Object && body.RootElement.TryGetProperty(property, out var value)
            ? value.ValueKind switch
            {
                JsonValueKind.String => value.GetString() ?? "",
                JsonValueKind.Number => value.GetDecimal().ToString(CultureInfo.InvariantCulture),
                _ => "",
            }
            : "";
    }
}
