using System.CommandLine;
using System.Globalization;
using Assay.Cli.Commands;
using Assay.Cli.Hubs;
using Assay.Releases.Rehearsals;

namespace Assay.Cli.Rehearsing;

/// <summary>The options of <c>assay release rehearse</c>.</summary>
internal sealed class RehearseOptions
{
    private readonly Option<string[]> scenarios = new("--scenario")
    {
        Description = "A scenario, see --list; may be given several times. The default is all six.",
        HelpName = "NAME",
    };
    private readonly Option<bool> list = new("--list") { Description = "Tell the scenarios, what each breaks and what it is allowed, and rehearse nothing." };
    private readonly Option<bool> interactive = new("--interactive")
    {
        Description = "Tell what is about to happen, wait for Enter before each fault and after each end, and ask what was learned.",
    };
    private readonly Option<long?> times = NumberOption.Count("--times", "N", "How often each scenario, 1 to 100. The default is 1.");
    private readonly Option<string?> service = new("--service")
    {
        Description = "Program of the sample service; the default is artifacts/rag-service/RagService, as `make up` builds it.",
        HelpName = "FILE",
    };
    private readonly Option<string> output = new("--out")
    {
        Description = $"Folder for {RehearsalFiles.Json} and {RehearsalFiles.Markdown}; the default is out/rehearsals.",
        HelpName = "FOLDER",
        DefaultValueFactory = _ => Path.Combine("out", "rehearsals"),
    };
    private readonly Option<double?> detect = Seconds("--budget-detect", "until the rollback is decided");
    private readonly Option<double?> restore = Seconds("--budget-restore", "until all is well again");
    private readonly Option<string[]> lessons = new("--lesson")
    {
        Description = "Something that was learned, kept with each result; may be given several times.",
        HelpName = "TEXT",
    };
    private readonly Option<bool> keep = new("--keep") { Description = "Leave the folders of the hubs and services, and tell where they are." };
    private readonly Option<bool> record = new("--record")
    {
        Description = $"Write the results into the ledger of the hub or data folder, as release {RehearsalStage.Release}: its page shows them.",
    };
    private readonly HubChoiceOptions choice = new();
    private readonly Option<bool> json = CommonOptions.Json();

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[scenarios, list, interactive, times, service, output, detect, restore, lessons, keep, record])
        {
            command.Options.Add(option);
        }

        choice.AddTo(command);
        command.Options.Add(json);
    }

    public bool IsJson(ParseResult parsed) => parsed.GetValue(json);

    public bool IsList(ParseResult parsed) => parsed.GetValue(list);

    public bool IsRecorded(ParseResult parsed) => parsed.GetValue(record);

    public string Output(ParseResult parsed) => parsed.GetValue(output)!;

    public HubChoice Choice(ParseResult parsed) => choice.Read(parsed);

    /// <summary>What is to be rehearsed, without the program of the service, which a list does not need.</summary>
    /// <exception cref="AssayException">A value is wrong (exit code 2).</exception>
    public RehearsalOrder Order(ParseResult parsed) =>
        new(RehearsalScenarios.Named(parsed.GetValue(scenarios) ?? []), Times(parsed.GetValue(times)), ServicePath: "")
        {
            Detect = Budget("--budget-detect", parsed.GetValue(detect)),
            Restore = Budget("--budget-restore", parsed.GetValue(restore)),
            IsInteractive = parsed.GetValue(interactive),
            Keeps = parsed.GetValue(keep),
            Lessons = Lessons(parsed.GetValue(lessons) ?? []),
        };

    /// <summary>The program of the sample service.</summary>
    /// <exception cref="AssayException">There is none (exit code 2).</exception>
    public string Service(ParseResult parsed) => RehearsalOrder.FindService(parsed.GetValue(service));

    private static Option<double?> Seconds(string name, string until) =>
        NumberOption.Number(name, "SECONDS", $"What is allowed from the fault {until}, in place of each scenario's own; at most 3600.");

    private static int Times(long? asked) =>
        asked switch
        {
            null => 1,
            >= 1 and <= RehearsalOrder.MostTimes => (int)asked.Value,
            _ => throw AssayException.Usage($"--times {asked} is out of range.", $"Give a number from 1 to {RehearsalOrder.MostTimes}."),
        };

    private static IReadOnlyList<string> Lessons(string[] given) =>
        given.Length <= RehearsalConversation.MostLessons
            ? [.. given.Select(RehearsalConversation.Whole).Where(l => l.Length > 0)]
            : throw AssayException.Usage($"{given.Length} lessons.", $"Give at most {RehearsalConversation.MostLessons} with --lesson.");

    private static TimeSpan? Budget(string name, double? seconds) =>
        seconds is null ? null
        : seconds > 0 && seconds <= RehearsalBudget.Longest.TotalSeconds ? TimeSpan.FromSeconds(seconds.Value)
        : throw AssayException.Usage(
            string.Create(CultureInfo.InvariantCulture, $"{name} {seconds} is out of range."),
            "Give seconds above 0 and at most 3600."
        );
}
