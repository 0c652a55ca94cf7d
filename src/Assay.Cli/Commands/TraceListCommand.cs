using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Assay.Cli.Showing;
using Assay.Cli.Tracing;
using Assay.Server.Traces;

namespace Assay.Cli.Commands;

/// <summary><c>assay trace list</c>: the newest requests, by filter.</summary>
internal static class TraceListCommand
{
    private const int DefaultLimit = 20;

    public static Command Create(CommandSurroundings surroundings)
    {
        var service = Text("--service", "NAME", "Only requests of this service.");
        var version = Text("--service-version", "VERSION", "Only requests of this version of the service.");
        var name = Text("--name", "TEXT", "Only requests whose name contains this.");
        var failed = new Option<bool>("--failed") { Description = "Only failed requests." };
        var least = NumberOption.Number("--min-duration", "MS", "Only requests that took at least so many milliseconds.");
        var since = new Option<TimeSpan?>("--since")
        {
            Description = "Only requests of the last so many minutes, hours or days: 30m, 24h, 7d.",
            HelpName = "AGE",
            CustomParser = Age,
        };
        var after = Text("--after", "MARK", "The page that follows this mark, which the page before names.");
        var limit = NumberOption.Count("--limit", "N", $"Most requests, 1 to 500. The default is {DefaultLimit}.");
        var choice = new HubChoiceOptions();
        var json = CommonOptions.Json();
        var command = new ExampleCommand(
            "list",
            "List the newest requests that services answered, with their trace ids.",
            """
            assay trace list
            assay trace list --service rag-service --failed --since 24h
            assay trace list --min-duration 500 --limit 50 --json
            """
        )
        {
            service,
            version,
            name,
            failed,
            least,
            since,
            after,
            limit,
        };
        choice.AddTo(command);
        command.Options.Add(json);
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                var query = new TraceQuery
                {
                    Service = parsed.GetValue(service),
                    Version = parsed.GetValue(version),
                    Name = parsed.GetValue(name),
                    Failed = parsed.GetValue(failed) ? true : null,
                    MinMs = parsed.GetValue(least),
                    From = parsed.GetValue(since) is { } age ? surroundings.Time.GetUtcNow() - age : null,
                    After = parsed.GetValue(after),
                    Limit = (int)Math.Clamp(parsed.GetValue(limit) ?? DefaultLimit, int.MinValue, int.MaxValue),
                };
                await using var source = await TraceSource.OpenAsync(choice.Read(parsed), surroundings, cancellationToken);
                var page = await source.ListAsync(query, cancellationToken);
                await (parsed.GetValue(json) ? JsonOutput.WriteAsync(surroundings.Out, page) : TraceListView.WriteAsync(surroundings, page));
                return (int)(page.Traces.Count > 0 ? ExitCode.Pass : ExitCode.Inconclusive);
            }
        );
        return command;
    }

    private static Option<string?> Text(string name, string helpName, string description) => new(name) { Description = description, HelpName = helpName };

    private static TimeSpan? Age(ArgumentResult result)
    {
        var text = result.Tokens.Single().Value;
        if (
            text.Length > 1
            && int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number <= 100_000
        )
        {
            switch (text[^1])
            {
                case 'm':
                    return TimeSpan.FromMinutes(number);
                case 'h':
                    return TimeSpan.FromHours(number);
                case 'd' when number <= 3650:
                    return TimeSpan.FromDays(number);
            }
        }

        result.AddError($"--since takes an age such as 30m, 24h or 7d, not '{text}'.");
        return null;
    }
}
