using System.CommandLine;
using Assay.Cli.Releasing;
using Assay.Files;
using Assay.Releases.Files;
using Assay.Releases.Gates;
using Assay.Server.Releases;

namespace Assay.Cli.Commands;

/// <summary><c>assay release gate</c>: whether a candidate may go out.</summary>
internal static class ReleaseGateCommand
{
    public static Command Create(CommandSurroundings surroundings)
    {
        var release = new Argument<string>("release")
        {
            Description = "A release file, which then is what counts, or the name of a release of the catalog (of the hub's, when one runs).",
            HelpName = "FILE-or-NAME",
        };
        var commit = new Option<string?>("--commit")
        {
            Description =
                "The candidate's commit. The default is what ASSAY_COMMIT, GITHUB_SHA or CI_COMMIT_SHA says, else the commit of this folder; \"\" for none.",
            HelpName = "COMMIT",
        };
        var version = new Option<string?>("--version")
        {
            Description = "The candidate's version; the first 12 digits of the commit when left out.",
            HelpName = "VERSION",
        };
        var evidence = new Option<string[]>("--evidence")
        {
            Description =
                "Evidence in the place of what hub or folder have for a need: a file with a piece a line, or the folder of a run. NAME=PATH says for which need; may be given several times.",
            HelpName = "PATH",
        };
        var markdown = new Option<string?>("--markdown") { Description = "Also write the decision as Markdown, for a pull request.", HelpName = "FILE" };
        var command = new ExampleCommand(
            "gate",
            """
            Decide whether a candidate may go out: benchmark, experiment and SLOs as its release file asks for them, and approvals. Evidence and decision are written
            into the ledger. Exit code 0 pass, 1 fail, 3 not decided or no data.
            """,
            """
            assay release gate catalog/releases/rag_plus_plus.yaml
            assay release gate rag_plus_plus --version 1.9.0 --markdown summary.md
            assay release gate rag_plus_plus --evidence handbook_service=.assay/runs/20261121-150233-handbook_service --evidence reranker.jsonl --json
            """
        )
        {
            release,
            commit,
            version,
            evidence,
            markdown,
        };
        var options = new ReleaseOptions();
        command.Shows(
            options,
            surroundings,
            async (parsed, cancellationToken) =>
            {
                await using var source = await ReleaseSource.OpenAnyAsync(options.Choice(parsed), options.Catalog(parsed), surroundings, cancellationToken);
                var asked = new GateAsking(parsed.GetValue(release)!, options.Catalog(parsed), parsed.GetValue(evidence) ?? []);
                var request = asked.Request() with
                {
                    Commit = parsed.GetValue(commit) ?? SourceCommit.Find(surroundings.Environment),
                    Version = parsed.GetValue(version) ?? "",
                };
                var answer = await source.GateAsync(asked.Name, request, cancellationToken);
                if (parsed.GetValue(markdown) is { } file)
                {
                    AtomicFile.WriteText(file, GateMarkdown.Text(answer.Decision, answer.Head));
                }

                return answer;
            },
            answer => GateView.Lines(answer, surroundings.Time.GetUtcNow()),
            answer => answer.Decision.Verdict
        );
        return command;
    }

    /// <summary>What the arguments ask for.</summary>
    private sealed class GateAsking
    {
        private readonly ReleaseFile? file;
        private readonly string? text;
        private readonly string catalog;
        private readonly string[] evidence;

        public GateAsking(string reference, string catalog, string[] evidence)
        {
            (this.catalog, this.evidence) = (catalog, evidence);
            var isFile = Path.GetExtension(reference) is ".yaml" or ".yml" or ".json" || File.Exists(reference);
            // Evidence that is handed in is read by the file; then that file is what counts.
            file = isFile || evidence.Length > 0 ? ReleaseCatalog.Find(reference, catalog) : null;
            text = isFile ? File.ReadAllText(reference) : null;
            Name = file?.Name ?? reference;
        }

        public string Name { get; }

        public GateRequest Request()
        {
            if (file is null)
            {
                return ReleaseId.IsName(Name)
                    ? new GateRequest()
                    : throw AssayException.Usage($"There is no file '{Name}', and it cannot be a release's name.", ReleaseId.NameFix);
            }

            var benchmarks = BenchmarkSubjects.Read(file, catalog);
            return new GateRequest
            {
                File = text,
                Benchmarks = benchmarks,
                Given = new GivenEvidence(file, benchmarks).Read(evidence),
            };
        }
    }
}
