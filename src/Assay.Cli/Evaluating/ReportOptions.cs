using System.CommandLine;

namespace Assay.Cli.Evaluating;

/// <summary>Where reports are written besides the run's folder.</summary>
/// <param name="Json">The whole report.</param>
/// <param name="JUnit">For CI.</param>
/// <param name="Markdown">For a pull request.</param>
/// <param name="Html">For people.</param>
internal sealed record ReportFiles(string? Json, string? JUnit, string? Markdown, string? Html);

/// <summary>The options for reports.</summary>
internal sealed class ReportOptions
{
    private readonly Option<string?> json = File("--report", "Write the whole report as JSON.");
    private readonly Option<string?> junit = File("--junit", "Write the result as JUnit XML, for CI.");
    private readonly Option<string?> markdown = File("--md", "Write a Markdown summary, for a pull request.");
    private readonly Option<string?> html = File("--html", "Write the report as one HTML file with charts.");

    public void AddTo(Command command)
    {
        foreach (var option in (Option<string?>[])[json, junit, markdown, html])
        {
            command.Options.Add(option);
        }
    }

    public ReportFiles Read(ParseResult parsed) => new(parsed.GetValue(json), parsed.GetValue(junit), parsed.GetValue(markdown), parsed.GetValue(html));

    private static Option<string?> File(string name, string description) => new(name) { Description = description, HelpName = "FILE" };
}
