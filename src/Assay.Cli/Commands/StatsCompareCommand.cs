using System.CommandLine;
using Assay.Cli.Comparing;
using Assay.Cli.Showing;
using Assay.Statistics;

namespace Assay.Cli.Commands;

/// <summary><c>assay stats compare</c>: how far two samples differ, and how surely.</summary>
internal static class StatsCompareCommand
{
    private const double DefaultAlpha = 0.05;
    private const double DefaultPower = 0.8;

    public static Command Create(CommandSurroundings surroundings)
    {
        var control = new Argument<string>("control") { HelpName = "CONTROL", Description = "CSV file of the control, or - for standard input." };
        var treatment = new Argument<string>("treatment") { HelpName = "TREATMENT", Description = "CSV file of the treatment, or - for standard input." };
        var metric = new Option<string[]>("--metric")
        {
            Description = "Column to compare. Give it again for more; their p-values are then corrected by Holm's method.",
            HelpName = "COLUMN",
            Required = true,
        };
        var alpha = NumberOption.Alpha(DefaultAlpha);
        var claim = NumberOption.Claim();
        var power = NumberOption.Number("--power", "P", "Share of cases for the difference that would have been found. The default is 0.8.");
        var pair = Column("--pair", "Ids: compare rows of the same id in both files as pairs.");
        var cluster = Column("--cluster", "Clusters of rows that are alike, such as users or conversations: standard errors that allow for it.");
        var covariate = Column("--covariate", "A number from before the treatment, known for each row: CUPED takes out what it explains.");
        var skipEmpty = new Option<bool>("--skip-empty") { Description = "Pass over empty cells and count them, instead of refusing the file." };
        var json = CommonOptions.Json();
        var command = new ExampleCommand(
            "compare",
            "Compare a column of two CSV files: means, ranks, quantiles and effect with intervals, and what difference would have been seen. "
                + "A report, not a gate: exit code 3 only when the means cannot be compared.",
            """
            assay stats compare control.csv treatment.csv --metric latency_ms
            assay stats compare before.csv after.csv --metric score --pair case_id
            assay stats compare a.csv b.csv --metric cost_usd --metric latency_ms --cluster user --json
            """
        )
        {
            control,
            treatment,
            metric,
            alpha,
            claim,
            power,
            pair,
            cluster,
            covariate,
            skipEmpty,
            json,
        };
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                var (design, column) = DesignOf(parsed.GetValue(pair), parsed.GetValue(cluster), parsed.GetValue(covariate));
                var request = new ComparisonRequest(
                    parsed.GetValue(control)!,
                    parsed.GetValue(treatment)!,
                    [.. parsed.GetValue(metric)!.Distinct()],
                    design,
                    column,
                    parsed.GetValue(skipEmpty),
                    parsed.GetValue(alpha) ?? DefaultAlpha,
                    parsed.GetValue(claim),
                    parsed.GetValue(power) ?? DefaultPower
                );
                request.Demand();
                var report = await ComparisonProgress.RunAsync(request, surroundings, cancellationToken);
                await (parsed.GetValue(json) ? JsonOutput.WriteAsync(surroundings.Out, report) : ComparisonView.WriteAsync(surroundings.Out, report));
                return (int)(report.Metrics.All(m => m.Means is Computed) ? ExitCode.Pass : ExitCode.Inconclusive);
            }
        );
        return command;
    }

    private static Option<string?> Column(string name, string description) => new(name) { Description = description, HelpName = "COLUMN" };

    private static (Design Design, string? Column) DesignOf(string? pair, string? cluster, string? covariate) =>
        (pair, cluster, covariate) switch
        {
            (null, null, null) => (Design.Independent, null),
            ({ }, null, null) => (Design.Paired, pair),
            (null, { }, null) => (Design.Clustered, cluster),
            (null, null, { }) => (Design.Covariate, covariate),
            _ => throw AssayException.Usage(
                "--pair, --cluster and --covariate are three designs; only one can be compared at a time.",
                "Give the one by which the rows belong together: --pair for the same cases run twice, --cluster for many rows of one user."
            ),
        };
}
