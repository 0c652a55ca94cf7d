using System.Globalization;
using Assay.Experimentation.Analysis.Decisions;
using Assay.Experimentation.Analysis.Looks;
using Assay.Experimentation.Reports;
using Assay.Server.Surface.Reading;

namespace Assay.Server.Experiments.Pages;

/// <summary>A remembered look in a list.</summary>
/// <param name="At">When.</param>
/// <param name="Icon">The verdict behind its decision.</param>
/// <param name="Decision">What it came to, in a word.</param>
/// <param name="Note">Whether it was the hub's or decided for good; empty for neither.</param>
/// <param name="Units">Units by then.</param>
/// <param name="Address">How it stood then.</param>
public sealed record LookLine(DateTimeOffset At, string Icon, string Decision, string Note, string Units, string Address)
{
    /// <summary>Its stored report, by format; empty when there is none.</summary>
    public IReadOnlyList<LookReport> Reports { get; init; } = [];

    internal static LookLine Of(ExperimentLook look, Reader reader) =>
        new(
            look.At,
            IconOf(look.Action),
            reader.Say(ExperimentTexts.Of(look.Action)),
            (look.IsScheduled ? reader.Say(", scheduled", ", по расписанию") : "") + (look.IsFinal ? reader.Say(", once and for all", ", окончательно") : ""),
            reader.Figures.Count(look.Units, ExperimentTexts.Units),
            ExperimentTexts.Address(look.Experiment, "?asOf=" + Stamp(look.At))
        )
        {
            Reports = look.HasReport
                ? [.. ReportArchive.Formats.Select(f => new LookReport(f.ToUpperInvariant(), ReportFiles.AddressOf(look.Experiment, look.At, f)))]
                : [],
        };

    /// <summary>A time in an address.</summary>
    internal static string Stamp(DateTimeOffset at) => Uri.EscapeDataString(at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture));

    private static string IconOf(DecidedAction action) =>
        action switch
        {
            DecidedAction.Ship => "pass",
            DecidedAction.RollBack => "fail",
            _ => "inconclusive",
        };
}

/// <summary>A stored report of a look.</summary>
/// <param name="Format">MD or JSON.</param>
/// <param name="Address">Where it is.</param>
public sealed record LookReport(string Format, string Address);
