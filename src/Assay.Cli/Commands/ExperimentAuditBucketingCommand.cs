using System.CommandLine;
using Assay.Cli.Bucketing;
using Assay.Cli.Showing;
using Assay.Experimentation.Assignment;
using Assay.Experimentation.Experiments;

namespace Assay.Cli.Commands;

/// <summary><c>assay experiment audit-bucketing</c>: whether the team's own ids are assigned fairly.</summary>
internal static class ExperimentAuditBucketingCommand
{
    /// <summary>The chance that a fair assignment fails any of the tests; strict, because a failure stops a team.</summary>
    private const double DefaultAlpha = 0.001;

    private const int DefaultGenerated = 20;

    public static Command Create(CommandSurroundings surroundings)
    {
        var ids = new Argument<string>("ids")
        {
            Description = "File with one id a line, or - for standard input. Ids are read and forgotten.",
            HelpName = "FILE",
        };
        var catalog = ExperimentCommand.Catalog();
        var generated = new Option<int?>("--generated")
        {
            Description =
                $"Audit N experiments with salts of their own as well, up to {BucketingAudit.MostExperiments} in all. The default is 0, and {DefaultGenerated} when the catalog has no experiment.",
            HelpName = "N",
        };
        var alpha = NumberOption.Alpha(DefaultAlpha);
        var json = CommonOptions.Json();
        var command = new ExampleCommand(
            "audit-bucketing",
            """
            Assign the ids of a file as the experiments of the catalog would, and test whether that is fair: draws even, arms by their weights, no experiment
            telling anything about another, nobody dropped or moved to another arm while traffic grows. Exit code 1 when it is not, 3 for fewer than 1,000 ids.
            """,
            """
            assay experiment audit-bucketing users.txt
            psql -Atc 'select id from users' | assay experiment audit-bucketing -
            assay experiment audit-bucketing users.txt --generated 200 --json
            """
        )
        {
            ids,
            catalog,
            generated,
            alpha,
            json,
        };
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                var accepted = parsed.GetValue(alpha) ?? DefaultAlpha;
                DemandAlpha(accepted);
                var audit = new BucketingAudit(Experiments(parsed.GetValue(catalog)!, parsed.GetValue(generated)));
                await IdReading.ReadAsync(parsed.GetValue(ids)!, surroundings, audit, cancellationToken);
                var report = audit.Report(accepted);
                await (parsed.GetValue(json) ? JsonOutput.WriteAsync(surroundings.Out, report) : BucketingView.WriteAsync(surroundings.Out, report));
                return (int)report.ExitCode;
            }
        );
        return command;
    }

    private static IReadOnlyList<Experiment> Experiments(string catalog, int? generated)
    {
        var own = ExperimentSet.Build(ExperimentCatalog.Read(catalog)).All;
        var more = generated ?? (own.Count == 0 ? DefaultGenerated : 0);
        return more is >= 0 and <= BucketingAudit.MostExperiments
            ? [.. own, .. GeneratedExperiments.Of(more)]
            : throw AssayException.Usage(
                $"--generated {more} is not a number from 0 to {BucketingAudit.MostExperiments}.",
                "Leave it out to audit the catalog."
            );
    }

    private static void DemandAlpha(double alpha)
    {
        if (!(alpha > 0 && alpha < 1))
        {
            throw AssayException.Usage($"--alpha is {NumberText.Plain(alpha)}; it must lie between 0 and 1, ends excluded.", "Leave it out for 0.001.");
        }
    }
}
