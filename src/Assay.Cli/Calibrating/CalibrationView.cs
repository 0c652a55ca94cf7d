using System.Globalization;
using Assay.Cli.Showing;
using Assay.Evaluation.Judges.Calibrations;

namespace Assay.Cli.Calibrating;

/// <summary>A calibration for a terminal of 80 columns.</summary>
internal static class CalibrationView
{
    public static async Task WriteAsync(TextWriter output, CalibrationDocument document)
    {
        foreach (var line in Lines(document))
        {
            await output.WriteLineAsync(line);
        }
    }

    private static IEnumerable<string> Lines(CalibrationDocument document)
    {
        var report = document.Calibration;
        return
        [
            .. WrappedText.Lines(Head(report)),
            .. Decision(document.Decision),
            .. Errors(report),
            .. report.Agreement.SelectMany(AgreementLines),
            .. Block("Length of the answers", AgreementMeasure.Spearman, [report.LengthBias.Judge, report.LengthBias.Humans]),
            .. Position(report.Position),
            .. report.Members.Count == 0 ? [] : Block("Members of the panel, Cohen's κ", AgreementMeasure.Kappa, report.Members),
            .. Groups(report),
            "",
            .. WrappedText.Lines($"Fingerprint {report.Fingerprint[..12]}, labels {report.Labels.Hash[..12]}. {Cost(document.Used)} {Kept(document)}"),
            .. WrappedText.Lines($"Methods: {string.Join("; ", Methods(report))}."),
        ];
    }

    private static string Head(CalibrationReport report)
    {
        var what = report.Labels.ArePairs ? "pairs" : "answers";
        var people = report.Labels.Annotators == 1 ? "1 person" : $"{report.Labels.Annotators} people";
        return Text($"{report.Judge} against {report.Labels.Name}: {report.Labels.Items:#,0} {what}, judged by {people}.");
    }

    private static IEnumerable<string> Decision(CalibrationDecision? decision) =>
        decision is null
            ? []
            : WrappedText.Lines(
                $"{decision.Verdict switch
                {
                    Verdict.Pass => "Pass",
                    Verdict.Fail => "Fail",
                    Verdict.Inconclusive => "Inconclusive",
                    _ => "No data",
                }}: {decision.Reason}"
            );

    private static IEnumerable<string> Errors(CalibrationReport report) =>
        report.Errors == 0
            ? []
            :
            [
                .. WrappedText.Lines(Text($"No judgement of {report.Errors:#,0} items; they are in no figure below. Some of them:")),
                .. report.ErrorExamples.SelectMany(example => PassageView.Wrap(example, 76).Take(3).Select((line, i) => (i == 0 ? "  - " : "    ") + line)),
            ];

    private static IEnumerable<string> AgreementLines(AgreementLine line)
    {
        var figures = line.Annotators.Prepend(line.Judge).Concat(line.Humans);
        return Block(Name(line.Measure), line.Measure, [.. line.Length is { } length ? figures.Append(length) : figures]);
    }

    private static IEnumerable<string> Block(string title, AgreementMeasure measure, IReadOnlyList<AgreementFigure> figures) =>
        [
            "",
            AgreementChart.Heading(title, measure == AgreementMeasure.Accuracy),
            .. figures.SelectMany(figure => AgreementChart.Lines(figure, measure == AgreementMeasure.Accuracy)),
        ];

    private static IEnumerable<string> Groups(CalibrationReport report)
    {
        if (report.Groups.Count == 0)
        {
            return [];
        }

        var measure = report.Groups[0].Line.Measure;
        var figures = report.Groups.Select(group => group.Line.Judge with { Between = group.Group });
        return Block($"Judge with humans, by group: {Name(measure)}", measure, [.. figures]);
    }

    private static IEnumerable<string> Position(PositionBias? position)
    {
        if (position is null)
        {
            return [];
        }

        var told = Text(
            $"{position.Flipped:#,0} of {position.Pairs:#,0} pairs changed with the order: whichever stood first won {position.FirstWins:#,0}, second {position.SecondWins:#,0}."
        );
        return
        [
            "",
            AgreementChart.Heading("Order of the answers", isShare: true),
            .. AgreementChart.Lines(position.FlipRate, isShare: true),
            .. WrappedText.Lines(told),
        ];
    }

    private static string Name(AgreementMeasure measure) =>
        measure switch
        {
            AgreementMeasure.Spearman => "Spearman's ρ",
            AgreementMeasure.Kappa => "Cohen's κ",
            _ => "Says the same",
        };

    private static string Cost(JudgingCost used) =>
        used.Calls == 0 ? "No model was asked."
        : used.CostUsd is { } cost ? Text($"{used.Calls:#,0} calls, ${cost}.")
        : Text($"{used.Calls:#,0} calls at an unknown price.");

    private static string Kept(CalibrationDocument document) => document.SavedAs is { } path ? $"Kept in {path}." : "Not kept: --save keeps it.";

    private static IEnumerable<string> Methods(CalibrationReport report) =>
        report.Agreement.Select(line => line.Judge.Method).Concat(report.Groups.Take(1).Select(group => group.Line.Judge.Method)).Distinct();

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
