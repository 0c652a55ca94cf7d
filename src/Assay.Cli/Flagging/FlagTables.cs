using System.Globalization;
using Assay.Cli.Showing;
using Assay.Server.Flags;

namespace Assay.Cli.Flagging;

/// <summary>Flags, their history and the stale ones, for a terminal of 80 columns.</summary>
internal static class FlagTables
{
    public static IEnumerable<string> Of(FlagList list)
    {
        if (list.Flags.Count == 0)
        {
            return [.. FaultLines(list.Fault), "No flags: write one as docs/reference/en/flags.md shows."];
        }

        var stale = list.Flags.Count(f => f.Stale is not null);
        return
        [
            .. FaultLines(list.Fault),
            $"{"flag", -28} {"state", -7} {"shares", -22} {"rules", 5} {"version", 7}",
            .. list.Flags.Select(Row),
            .. stale > 0 ? [$"{NumberText.Counted(stale, "flag")} to look at: assay flag stale"] : (string[])[],
        ];
    }

    public static IEnumerable<string> Of(FlagHistory history) =>
        history.Entries.Count == 0
            ? [$"{history.Flag} is as its file says; nobody changed it."]
            : history.Entries.SelectMany(e =>
                (string[])
                    [
                        string.Create(CultureInfo.InvariantCulture, $"version {e.Version}  {e.At.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z  {e.Actor}"),
                        .. WrappedText.Within($"{FlagWords.Decided(e)}: {e.Reason}", 76).Select(line => "    " + line),
                    ]
            );

    public static IEnumerable<string> Of(StaleFlagList list) =>
        list.Flags.Count == 0 ? ["No flag is stale."] : list.Flags.SelectMany(f => WrappedText.Lines($"{f.Flag}{OwnerOf(f)}: {f.Reason}"));

    /// <summary>What is wrong with files or overrides; nothing when all is well.</summary>
    public static IEnumerable<string> FaultLines(FlagFault? fault) =>
        fault is null ? [] : WrappedText.Lines($"! {fault.Problem} {fault.Fix} Until then the last good flags are in force.");

    private static string OwnerOf(StaleFlag flag) => flag.Owner.Length == 0 ? "" : $" ({flag.Owner})";

    private static string Row(FlagSummary flag) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Fit(flag.Name, 28), -28} {FlagWords.Switch(flag.State), -7} {Fit(FlagWords.Shares(flag.Rollout), 22), -22} {flag.Rules, 5} {flag.Version, 7}"
        );

    private static string Fit(string text, int width) => text.Length <= width ? text : text[..(width - 1)] + "…";
}
