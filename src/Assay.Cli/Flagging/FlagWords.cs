using System.Globalization;
using Assay.Experimentation.Flags;
using Assay.Server.Flags;

namespace Assay.Cli.Flagging;

/// <summary>Flags in words.</summary>
internal static class FlagWords
{
    /// <summary><c>on 5 %, b 20 %</c>; a dash for no shares.</summary>
    public static string Shares(IReadOnlyDictionary<string, decimal>? shares) =>
        shares is not { Count: > 0 } ? "-" : string.Join(", ", shares.Select(s => string.Create(CultureInfo.InvariantCulture, $"{s.Key} {s.Value:0.####} %")));

    /// <summary>What an override decides: <c>killed</c>, <c>on 5 %, 2 rules</c>, <c>as in its file</c>.</summary>
    public static string Decided(FlagOverride decided)
    {
        var parts = new List<string>();
        AddIf(parts, decided.Killed, "killed");
        AddIf(parts, decided.Enabled is not null, decided.Enabled == true ? "switched on" : "switched off");
        AddIf(parts, decided.Rollout is not null, decided.Rollout is { Count: 0 } ? "no shares" : Shares(decided.Rollout));
        AddIf(parts, decided.Rules is not null, decided.Rules is { Count: 1 } ? "1 rule" : $"{decided.Rules?.Count} rules");
        return parts.Count == 0 ? "as in its file" : string.Join(", ", parts);
    }

    /// <summary>on, off or KILLED.</summary>
    public static string Switch(FlagSwitch state) =>
        state switch
        {
            FlagSwitch.On => "on",
            FlagSwitch.Off => "off",
            _ => "KILLED",
        };

    private static void AddIf(List<string> parts, bool isSo, string text)
    {
        if (isSo)
        {
            parts.Add(text);
        }
    }
}
