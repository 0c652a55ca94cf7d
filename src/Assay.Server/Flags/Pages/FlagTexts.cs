using System.Globalization;
using Assay.Experimentation.Flags;
using Assay.Server.Surface.Reading;

namespace Assay.Server.Flags.Pages;

/// <summary>What the pages say of flags.</summary>
internal static class FlagTexts
{
    /// <summary>Units beside their number.</summary>
    public static readonly Noun Units = new("unit", "units", "единица", "единицы", "единиц");

    /// <summary>Rules beside their number.</summary>
    public static readonly Noun Rules = new("rule", "rules", "правило", "правила", "правил");

    /// <summary>Flags beside their number.</summary>
    public static readonly Noun Flags = new("flag", "flags", "флаг", "флага", "флагов");

    /// <summary>The address of a flag's page, or of a page below it.</summary>
    public static string Address(string flag, string below = "") => "/flags/" + Uri.EscapeDataString(flag) + (below.Length == 0 ? "" : "/" + below);

    /// <summary>How a flag is switched, in a word.</summary>
    public static Phrase Of(FlagSwitch state) =>
        state switch
        {
            FlagSwitch.On => new("On", "Включён"),
            FlagSwitch.Off => new("Off", "Выключен"),
            _ => new("Killed", "Остановлен"),
        };

    /// <summary>The icon of a switch.</summary>
    public static Verdict VerdictOf(FlagSwitch state) =>
        state switch
        {
            FlagSwitch.On => Verdict.Pass,
            FlagSwitch.Off => Verdict.NoData,
            _ => Verdict.Fail,
        };

    /// <summary>Why a flag should be looked at, in a word.</summary>
    public static Phrase Of(StaleKind kind) =>
        kind switch
        {
            StaleKind.Expired => new("Expired", "Срок вышел"),
            StaleKind.Killed => new("Killed for long", "Давно остановлен"),
            StaleKind.Decided => new("Decided for everybody", "Решён для всех"),
            StaleKind.Drift => new("Differs from its file for long", "Давно расходится с файлом"),
            _ => new("No file", "Без файла"),
        };

    /// <summary>Why a flag should be looked at and what to do.</summary>
    public static Phrase Of(StaleFlag stale, FlagFile? file, FlagOverride? decided, Reader reader)
    {
        var age = decided is null ? "" : reader.Figures.Long(reader.Now - decided.At);
        return stale.Kind switch
        {
            StaleKind.Expired => new(stale.Reason, $"Флаг должен был исчезнуть {file?.Expires:yyyy-MM-dd}."),
            StaleKind.Killed => new(stale.Reason, $"Остановлен уже {age}: убрать то, что он охраняет, или вернуть его."),
            StaleKind.Decided => new(stale.Reason, "Все получают один вариант: убрать флаг из кода и из каталога."),
            StaleKind.Drift => new(stale.Reason, $"Решение держится {age}: перенести его в каталог командой assay flag export."),
            _ => new(stale.Reason, "Решение есть, а файла у флага нет: сервисы получают свой запасной вариант."),
        };
    }

    /// <summary>Percent with the digits that they have: 12.5 %.</summary>
    public static string Percent(decimal percent, Figures figures) => Digits(percent, figures) + Figures.Space + "%";

    /// <summary>A share as a field shows it: what was typed, with the reader's decimal mark; both are read.</summary>
    public static string Typed(string share, Reader reader) => reader.Say(share, share.Replace('.', ','));

    /// <summary>What a flag serves now, in a line.</summary>
    public static string Served(FlagFile now, FlagSwitch state, Reader reader)
    {
        if (state != FlagSwitch.On)
        {
            return ToAll(now.WhenOff, reader);
        }

        var rest = Rest(now, reader.Figures);
        var rules = now.Rules?.Count ?? 0;
        return rules == 0
            ? now.Rollout is null
                ? ToAll(now.Default, reader)
                : rest
            : reader.Say($"{reader.Figures.Count(rules, Rules)}, then {rest}", $"{reader.Figures.Count(rules, Rules)}, затем {rest}");
    }

    /// <summary>The headline of a flag's page.</summary>
    public static string Headline(FlagFile now, FlagSwitch state, Reader reader)
    {
        var rules = now.Rules?.Count ?? 0;
        var rest = Rest(now, reader.Figures);
        return state switch
        {
            FlagSwitch.Killed => reader.Say($"The kill switch gives everybody {now.WhenOff}", $"Аварийный выключатель: все получают {now.WhenOff}"),
            FlagSwitch.Off => reader.Say($"Switched off: everybody gets {now.WhenOff}", $"Выключен: все получают {now.WhenOff}"),
            _ when rules > 0 => reader.Say(
                $"{reader.Figures.Count(rules, Rules)} {(rules == 1 ? "decides" : "decide")} first; of the others {rest}",
                $"Сначала {reader.Figures.Count(rules, Rules)}; остальным {rest}"
            ),
            _ when now.Rollout is null => reader.Say($"Everybody gets {now.Default}", $"Все получают {now.Default}"),
            _ => reader.Say($"Units get {rest}", $"Единицы получают {rest}"),
        };
    }

    /// <summary>Shares of those whom no rule decides, with the default's: on 24 %, off 76 %.</summary>
    public static string Rest(FlagFile now, Figures figures) =>
        string.Join(", ", Shares(now.Rollout, now.Default).Select(s => $"{s.Key}{Figures.Space}{Percent(s.Value, figures)}"));

    /// <summary>Shares as a text: on 5 %, b 20 %.</summary>
    public static string Shares(IReadOnlyDictionary<string, decimal>? shares, Reader reader) =>
        shares is { Count: > 0 }
            ? string.Join(", ", shares.Select(s => $"{s.Key}{Figures.Space}{Percent(s.Value, reader.Figures)}"))
            : reader.Say("none", "нет");

    private static string ToAll(string variant, Reader reader) => reader.Say($"{variant} for everybody", $"{variant} для всех");

    private static Dictionary<string, decimal> Shares(Dictionary<string, decimal>? rollout, string standard)
    {
        var shares = (rollout ?? []).Where(s => s.Value > 0).ToDictionary(s => s.Key, s => s.Value, StringComparer.Ordinal);
        var left = 100 - shares.Values.Sum();
        if (left > 0)
        {
            shares[standard] = shares.GetValueOrDefault(standard) + left;
        }

        return shares;
    }

    private static string Digits(decimal value, Figures figures) =>
        figures.Fixed(
            (double)value,
            value.ToString("0.####", CultureInfo.InvariantCulture) is var text && text.IndexOf('.') is >= 0 and var at ? text.Length - at - 1 : 0
        );
}
