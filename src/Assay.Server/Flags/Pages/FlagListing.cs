using Assay.Experimentation.Flags;
using Assay.Server.Surface.Reading;

namespace Assay.Server.Flags.Pages;

/// <summary>The flags that a reader asked for, a page of them, what needs attention first.</summary>
/// <param name="Rows">This page.</param>
/// <param name="Found">How many fit the filter.</param>
/// <param name="All">How many there are.</param>
/// <param name="Skip">How many come before this page.</param>
internal sealed record FlagListing(IReadOnlyList<FlagRow> Rows, int Found, int All, int Skip)
{
    /// <summary>Rows of a page.</summary>
    public const int RowsPerPage = 50;

    /// <summary>Whether another page follows.</summary>
    public bool HasMore => Skip + Rows.Count < Found;

    /// <param name="state">The flags.</param>
    /// <param name="text">What name, description or owner contains; null for all.</param>
    /// <param name="kind">How it is switched, or <c>stale</c>; null for all.</param>
    /// <param name="skip">How many to pass over.</param>
    /// <param name="today">The day that staleness is told for.</param>
    public static FlagListing Of(FlagState state, string? text, string? kind, int skip, DateOnly today)
    {
        var found = state
            .Files.Values.Where(f => text is null || Contains(f, text))
            .Select(f => FlagRow.Of(f, state.InForceOf(f.Name), today))
            .Where(r => kind is null or "all" || Fits(r, kind))
            .OrderBy(r => r.Rank)
            .ThenBy(r => r.File.Name, StringComparer.Ordinal)
            .ToList();
        var from = Math.Clamp(skip, 0, Math.Max(0, found.Count - 1) / RowsPerPage * RowsPerPage);
        return new FlagListing([.. found.Skip(from).Take(RowsPerPage)], found.Count, state.Files.Count, from);
    }

    private static bool Contains(FlagFile file, string text) =>
        file.Name.Contains(text, StringComparison.OrdinalIgnoreCase)
        || file.Description.Contains(text, StringComparison.OrdinalIgnoreCase)
        || file.Owner.Contains(text, StringComparison.OrdinalIgnoreCase);

    private static bool Fits(FlagRow row, string kind) =>
        kind switch
        {
            "on" => row.Switch == FlagSwitch.On,
            "off" => row.Switch == FlagSwitch.Off,
            "killed" => row.Switch == FlagSwitch.Killed,
            "stale" => row.Stale is not null,
            "changed" => EffectiveFlag.Differs(row.Override),
            _ => true,
        };
}

/// <summary>A flag in the list.</summary>
/// <param name="File">Its file.</param>
/// <param name="Override">What of that which was decided since is in force; null for nothing.</param>
/// <param name="Switch">How it is switched.</param>
/// <param name="Stale">Why it should be looked at; null for nothing.</param>
internal sealed record FlagRow(FlagFile File, FlagOverride? Override, FlagSwitch Switch, StaleFlag? Stale)
{
    /// <summary>File and override together.</summary>
    public FlagFile Effective => EffectiveFlag.Of(File, Override);

    /// <summary>Killed first, then what is stale, then the rest.</summary>
    public int Rank =>
        Switch == FlagSwitch.Killed ? 0
        : Stale is not null ? 1
        : 2;

    public static FlagRow Of(FlagFile file, FlagOverride? decided, DateOnly today) =>
        new(file, decided, EffectiveFlag.SwitchOf(file, decided), StaleFlags.Why(file, decided, today));

    /// <summary>The day of a reader's request.</summary>
    public static DateOnly DayOf(Reader reader) => DateOnly.FromDateTime(reader.Now.UtcDateTime);
}
