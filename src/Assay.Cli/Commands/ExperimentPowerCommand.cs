using System.CommandLine;
using Assay.Cli.Experimenting;
using Assay.Cli.Hubs;
using Assay.Cli.Showing;
using Assay.Experimentation.Analysis;

namespace Assay.Cli.Commands;

/// <summary><c>assay experiment power</c>: how many units, and days, an experiment needs.</summary>
internal static class ExperimentPowerCommand
{
    private const double DefaultAlpha = 0.05;
    private const double DefaultPower = 0.8;
    private const string Fix =
        "Name an experiment, or give --baseline and --lift for rates, --sd and --difference for means: assay experiment power --baseline 0.1 --lift 0.02";

    public static Command Create(CommandSurroundings surroundings)
    {
        var name = new Argument<string?>("name")
        {
            Description = "The experiment: its goals are planned from what its control shows.",
            HelpName = "NAME",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var given = new GivenFigures();
        var hub = new HubChoiceOptions();
        var catalog = ExperimentCommand.Catalog();
        var json = CommonOptions.Json();
        var command = new ExampleCommand(
            "power",
            """
            Plan an experiment: the units in each arm that see the smallest effect worth finding, decided once or looked at any time, and the days that takes at
            the present traffic. Exit code 3 when nothing can be planned.
            """,
            """
            assay experiment power reranker_model_test
            assay experiment power --baseline 0.10 --lift 0.02 --units-per-day 800
            assay experiment power --sd 120 --difference 15 --json
            """
        )
        {
            name,
        };
        given.AddTo(command);
        hub.AddTo(command);
        command.Options.Add(catalog);
        command.Options.Add(json);
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                if (parsed.GetValue(name) is not null)
                {
                    given.DemandNone(parsed);
                }

                var sizes = parsed.GetValue(name) is { } experiment
                    ? await OfAsync(experiment, given.UnitsPerDay(parsed), hub.Read(parsed), parsed.GetValue(catalog)!, surroundings, cancellationToken)
                    : given.Plan(parsed);
                await (
                    parsed.GetValue(json)
                        ? JsonOutput.WriteAsync(surroundings.Out, sizes)
                        : surroundings.Out.WriteLineAsync(string.Join(Environment.NewLine, PlannedSizesView.Lines(sizes)))
                );
                return (int)(sizes.Plans.Count == 0 ? ExitCode.Inconclusive : ExitCode.Pass);
            }
        );
        return command;
    }

    private static async Task<PlannedSizes> OfAsync(
        string experiment,
        double? unitsPerDay,
        HubChoice choice,
        string catalog,
        CommandSurroundings surroundings,
        CancellationToken cancellationToken
    )
    {
        await using var source = await ExperimentSource.OpenAsync(choice, catalog, surroundings, cancellationToken);
        return PlannedSizes.Of(await source.ReadAsync(experiment, cancellationToken), unitsPerDay);
    }

    /// <summary>Figures of an experiment that does not run yet.</summary>
    private sealed class GivenFigures
    {
        private readonly Option<double?> baseline = NumberOption.Number("--baseline", "RATE", "Rates: control's rate, such as 0.1 for 10 %.");
        private readonly Option<double?> lift = NumberOption.Number("--lift", "L", "Rates: the absolute lift to find; 0.02 is from 10 % to 12 %.");
        private readonly Option<double?> deviation = NumberOption.Number("--sd", "SD", "Means: the standard deviation of units.");
        private readonly Option<double?> difference = NumberOption.Number("--difference", "D", "Means: the difference to find, in the metric's unit.");
        private readonly Option<double?> alpha = NumberOption.Alpha(DefaultAlpha);
        private readonly Option<double?> power = NumberOption.Number("--power", "P", "Share of cases in which the effect is found. The default is 0.8.");
        private readonly Option<double?> perDay = NumberOption.Number(
            "--units-per-day",
            "N",
            "New units a day over all arms; the default is what arrives at present."
        );
        private readonly Option<long?> arms = NumberOption.Count("--arms", "N", "Arms of one size, control among them. The default is 2.");

        public void AddTo(Command command)
        {
            foreach (var option in (Option[])[baseline, lift, deviation, difference, alpha, power, perDay, arms])
            {
                command.Options.Add(option);
            }
        }

        /// <summary>That no figure stands beside the name of an experiment, which has its own.</summary>
        /// <exception cref="AssayException">One does (exit code 2).</exception>
        public void DemandNone(ParseResult parsed)
        {
            var ignored = ((Option[])[baseline, lift, deviation, difference, alpha, power, arms])
                .Where(o => parsed.GetResult(o) is not null)
                .Select(o => o.Name)
                .ToList();
            if (ignored.Count > 0)
            {
                throw AssayException.Usage(
                    $"{string.Join(", ", ignored)} cannot stand beside the name of an experiment.",
                    "Alpha and power of an experiment are those of its file, its arms too, and its figures are what control shows: leave the option out, or plan with figures and "
                        + "without a name."
                );
            }
        }

        /// <exception cref="AssayException">It is not above 0 (exit code 2).</exception>
        public double? UnitsPerDay(ParseResult parsed) =>
            parsed.GetValue(perDay) is <= 0 and var few
                ? throw AssayException.Usage($"--units-per-day is {few}; it must be above 0.", "Give the new units of a day, such as 800.")
                : parsed.GetValue(perDay);

        /// <exception cref="AssayException">Figures are missing or contradict each other (exit code 2).</exception>
        public PlannedSizes Plan(ParseResult parsed)
        {
            var (a, p) = (parsed.GetValue(alpha) ?? DefaultAlpha, parsed.GetValue(power) ?? DefaultPower);
            var (title, plan) = (parsed.GetValue(baseline), parsed.GetValue(lift), parsed.GetValue(deviation), parsed.GetValue(difference)) switch
            {
                ({ } rate, { } l, null, null) => ("rate", SizePlan.OfRate(rate, l, a, p)),
                (null, null, > 0 and var sd, { } d) => ("mean", SizePlan.OfMean(control: null, sd, d, a, p)),
                (null, null, <= 0 and var sd, { }) => throw AssayException.Usage($"--sd is {sd}; it must be above 0.", "Give the standard deviation of units."),
                (null, null, null, null) => throw AssayException.Usage("Nothing says what to plan.", Fix),
                _ => throw AssayException.Usage("These figures are neither a plan of rates nor one of means.", Fix),
            };
            var perDayNow = UnitsPerDay(parsed);
            var parts =
                parsed.GetValue(arms) is not { } n || n is >= 2 and <= 100
                    ? parsed.GetValue(arms) ?? 2
                    : throw AssayException.Usage($"--arms is {n}.", "Give 2 to 100.");
            return new PlannedSizes(Experiment: null, perDayNow, [PlannedSize.Of(title, "", plan, parts, perDayNow)], []);
        }
    }
}
