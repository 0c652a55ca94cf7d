using System.Text.RegularExpressions;
using Assay.Cli;

namespace Assay.Tests.Tidy;

/// <summary>Workflows are code that runs elsewhere: they are checked here, before they are pushed.</summary>
public sealed partial class WorkflowsTests
{
    private const string Smoke = ".github/workflows/stage05_benchmark_smoke.yml";

    private static IReadOnlyList<string> Workflows => [.. Repository.Under(".github/workflows/", ".yml")];

    [Fact]
    public async Task Every_workflow_passes_the_linter()
    {
        Workflows.ShouldContain(Smoke);
        (await WorkflowLint.CheckAsync(Workflows.Select(Repository.FullPath))).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_linter_sees_a_step_that_cannot_run()
    {
        var path = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(
                path,
                Repository.Text(Smoke).Replace("github.ref", "github.reff").Replace("timeout-minutes", "time-out"),
                TestContext.Current.CancellationToken
            );
            var found = await WorkflowLint.CheckAsync(path);
            found.ShouldContain(line => line.Contains("reff"));
            found.ShouldContain(line => line.Contains("time-out"));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Every_exit_code_of_the_benchmark_has_words_of_its_own()
    {
        var text = Repository.Text(Smoke);
        foreach (var code in Enum.GetValues<ExitCode>().Where(code => code != ExitCode.Infrastructure))
        {
            text.ShouldContain($"            {(int)code}) echo ");
        }

        text.ShouldContain("            *) echo ");
        text.ShouldContain("exit \"$code\"");
    }

    [Fact]
    public void Every_file_that_a_workflow_names_exists()
    {
        var named = Workflows.SelectMany(w => Named().Matches(Repository.Text(w)).Select(m => m.Value)).Where(path => !path.Contains("/bin/")).ToHashSet();
        named.ShouldNotBeEmpty();
        named.Where(path => !Repository.Exists(path)).ShouldBeEmpty();
    }

    [Fact]
    public void Every_command_that_a_workflow_gives_is_understood()
    {
        using var nowhere = new StringWriter();
        var root = CommandLine.Root(new CommandSurroundings(nowhere, nowhere, new Dictionary<string, string>(), TimeProvider.System, IsTerminal: false));
        var commands = Workflows.SelectMany(w => Command().Matches(Repository.Text(w).Replace("\\\n", " ")).Select(m => m.Groups["arguments"].Value)).ToList();
        commands.ShouldNotBeEmpty();
        commands
            .SelectMany(c =>
                root.Parse([.. c.Replace("\"$BENCHMARK\"", "channel_digest_ru_smoke").Split(' ', StringSplitOptions.RemoveEmptyEntries)])
                    .Errors.Select(e => $"{c}: {e.Message}")
            )
            .ShouldBeEmpty();
    }

    [GeneratedRegex(@"(?:catalog|src)/[A-Za-z0-9_./]*[A-Za-z0-9_]", RegexOptions.NonBacktracking)]
    private static partial Regex Named();

    [GeneratedRegex(@"Assay\.Cli\.dll (?<arguments>[^\n]+)", RegexOptions.NonBacktracking)]
    private static partial Regex Command();
}
