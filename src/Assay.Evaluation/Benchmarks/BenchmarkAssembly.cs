using System.Security.Cryptography;
using Assay.Evaluation.Datasets;
using Assay.Evaluation.Gates;
using Assay.Evaluation.Judges;
using Assay.Evaluation.Metrics;
using Assay.Evaluation.Metrics.Judged;
using Assay.Evaluation.Prompts;
using Assay.Evaluation.Targets;
using Assay.Models;
using Assay.Models.Offline;
using Microsoft.Extensions.AI;

namespace Assay.Evaluation.Benchmarks;

/// <summary>How a run differs from what its benchmark file says.</summary>
internal sealed record RunChoice
{
    /// <summary>Whether offline models stand in for the live ones.</summary>
    public bool IsDryRun { get; init; }

    /// <summary>Only so many cases from the beginning; null for all.</summary>
    public int? MostCases { get; init; }

    /// <summary>The prompt that is asked with, <c>name@version</c>, in place of the file's; null for that.</summary>
    public string? Prompt { get; init; }

    /// <summary>In place of the file's; null for that.</summary>
    public int? Repeats { get; init; }

    /// <summary>In place of the file's; null for that.</summary>
    public ulong? Seed { get; init; }

    /// <summary>The version of <c>assay</c>.</summary>
    public string ToolVersion { get; init; } = "";
}

/// <summary>Finds and makes the parts of a benchmark: dataset, target, metrics, judges, gates. Nothing is asked yet.</summary>
/// <param name="catalog">The folder of the catalog.</param>
/// <param name="models">Which endpoints answer and judge.</param>
/// <param name="clients">Makes model clients.</param>
/// <param name="pace">Keeps a client within the limits per minute.</param>
/// <param name="throttled">Hears when a target that is no model answers 429.</param>
/// <param name="time">The clock.</param>
internal sealed class BenchmarkAssembly(
    string catalog,
    ModelEndpoints models,
    ModelClients clients,
    Func<IChatClient, IChatClient> pace,
    Action throttled,
    TimeProvider time
)
{
    private readonly List<PlannedCall> calls = [];
    private readonly SortedSet<string> offline = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, string> used = new(StringComparer.Ordinal);
    private string answering = "";
    private readonly Lazy<PromptCatalog> prompts = new(() => PromptCatalog.Load(Path.Combine(catalog, PromptCatalog.FolderName)));

    /// <exception cref="AssayException">A part is missing or wrong (exit code 2); the message names file and line.</exception>
    public BenchmarkParts Make(BenchmarkFile file, RunChoice choice)
    {
        var path = file.Place.Path;
        var dataset = Dataset.Open(Beside(file, file.Dataset), choice.MostCases);
        var seed = choice.Seed ?? file.Seed;
        var target = Target(file, choice, seed);
        var metrics = Metrics(file, choice);
        var content = new RunContent(
            dataset.Identity,
            target.Name,
            target.Fingerprint,
            [.. metrics.Select(m => new PlannedMetric(m.Name, m.Fingerprint, m.Scale))],
            choice.Repeats ?? file.Repeats,
            seed
        )
        {
            Language = file.Language,
            IsDryRun = choice.IsDryRun,
            IsSmoke = file.IsSmoke,
            ToolVersion = choice.ToolVersion,
            Prompts = used,
            OfflineJudges = [.. offline],
            BenchmarkHash = Convert.ToHexStringLower(SHA256.HashData(System.IO.File.ReadAllBytes(path))),
        };
        // A gate that does not fit must be known before anything is paid for.
        _ = GateReading.Read(file.Gates, content);
        ThresholdFloors.Demand(catalog, file.Name, file.Gates);
        return new BenchmarkParts(file, dataset, target, metrics, content, file.Gates, calls);
    }

    private ITarget Target(BenchmarkFile file, RunChoice choice, ulong seed)
    {
        var live = WithPrompt(file.Target!, choice.Prompt);
        var entry =
            !choice.IsDryRun || live.Recorded is not null || live.Offline is not null
                ? live
                : file.DryRun?.Target ?? new TargetEntry { Offline = "extract", Prompt = live.Prompt };
        return entry switch
        {
            { Recorded: { } recorded } => RecordedTarget.Open(Beside(file, recorded)),
            { Offline: not null } => new PromptTarget(new OfflineChat(), OfflineChat.Name, "", Prompt(OfflinePrompt(entry, live)), seed),
            { Prompt: { } prompt } => Live(entry, Prompt(prompt), seed),
            { Http: { } http } => new HttpTarget(
                new HttpClient { Timeout = TimeSpan.FromSeconds(http.TimeoutSeconds) },
                new Uri(http.Url),
                http.Request,
                new AnswerShape(http.Answer)
                {
                    Contexts = http.Contexts,
                    RetrievedIds = http.RetrievedIds,
                    Model = http.Model,
                },
                throttled,
                time
            ),
            { Process: { } process } => new ProcessTarget(process.Command, Shape(process), TimeSpan.FromSeconds(process.TimeoutSeconds), time),
            _ => throw entry.Place.Error("The target says not what is asked.", "Write one of prompt, recorded, offline, http, process."),
        };
    }

    private static TargetEntry WithPrompt(TargetEntry entry, string? prompt)
    {
        if (prompt is null)
        {
            return entry;
        }

        if (entry.Prompt is null)
        {
            throw entry.Place.Error($"This benchmark asks with no prompt, so '{prompt}' cannot take its place.", "Leave --prompt out.");
        }

        entry.Prompt = prompt;
        return entry;
    }

    // The offline model answers from what a prompt shows it; a live target without a prompt (a service) has none to show.
    private static string OfflinePrompt(TargetEntry entry, TargetEntry live) =>
        entry.Prompt
        ?? live.Prompt
        ?? throw entry.Place.Error("An offline target needs a prompt that shows it the case.", "Write 'prompt: name@version' beside 'offline: extract'.");

    private PromptTarget Live(TargetEntry entry, Prompt prompt, ulong seed)
    {
        var endpoint = entry.Endpoint is null ? null : Address(entry.Endpoint, entry);
        var connection = models.Connect(endpoint, models.Model ?? entry.Model ?? prompt.Model, entry.KeyVariable ?? "", isJudge: false);
        answering = connection.Model;
        calls.Add(PlannedCall.Of(isJudge: false, connection.Model, connection.Provider, prompt));
        return new PromptTarget(pace(clients.Chat(connection)), connection.Model, connection.Address.ToString(), prompt, seed);
    }

    private MetricSources Sources(BenchmarkFile file, RunChoice choice)
    {
        var standIn = file.DryRun?.Judge ?? OfflineJudge.OverlapName;
        var judges = new Lazy<JudgeCatalog>(() => JudgeCatalog.Load(Path.Combine(catalog, JudgeCatalog.FolderName), prompts.Value));
        return new MetricSources
        {
            Judge = entry => Noted(judges.Value.Create(choice.IsDryRun ? standIn : entry.Judge ?? OfflineJudge.OverlapName, Judge)),
            Prompt = entry => Prompt(entry.Prompt!),
            Chat = !choice.IsDryRun && file.Metrics.Any(AsksModel) ? Checking(file.Metrics.Where(AsksModel)) : null,
        };
    }

    private IChatClient Checking(IEnumerable<MetricEntry> asked)
    {
        var connection = models.Connect(null, JudgingModel(""), "", isJudge: true);
        calls.AddRange(asked.Select(metric => PlannedCall.Of(isJudge: true, connection.Model, connection.Provider, CheckPrompt(metric))));
        return pace(clients.Chat(connection));
    }

    // One prompt stands for those of both languages: it is for the estimate.
    private Prompt CheckPrompt(MetricEntry metric) =>
        metric.Prompt is { } named ? prompts.Value.Find(named) : BuiltInPrompts.Of(metric.KindName, TextLanguage.English);

    /// <summary>What judges when neither command nor judge names a model: the one that answers; what is said before the run warns of it.</summary>
    private string JudgingModel(string own) => models.JudgeModel ?? (own.Length > 0 ? own : models.Model ?? answering);

    // What an offline model says to these would be no JSON, and its errors no finding.
    private IReadOnlyList<IMetric> Metrics(BenchmarkFile file, RunChoice choice)
    {
        var measured = file.Metrics.Where(entry => !choice.IsDryRun || !AsksModel(entry)).ToList();
        var made = MetricCatalog.Create(measured, Sources(file, choice)).ToDictionary(metric => metric.Name);
        return
        [
            .. file.Metrics.Select(entry => made.GetValueOrDefault(entry.ShownName) ?? new LeftOut(entry.ShownName, "it asks a model, and this is a dry run")),
        ];
    }

    private static bool AsksModel(MetricEntry metric) => metric.KindName is "faithfulness" or "answer_relevance" or "context_precision" or "context_recall";

    private JudgeModel Judge(JudgeDefinition judge)
    {
        var connection = models.Connect(judge.Endpoint, JudgingModel(judge.Model), judge.KeyVariable, isJudge: true);
        var asked = judge.Prompts.Select(Prompt).ToList();
        calls.Add(PlannedCall.Of(isJudge: true, connection.Model, connection.Provider, asked[0]));
        return new JudgeModel(pace(clients.Chat(connection)), connection.Model);
    }

    private IJudge Noted(IJudge judge)
    {
        if (judge is OfflineJudge)
        {
            offline.Add(judge.Name);
        }

        return judge;
    }

    private Prompt Prompt(string reference)
    {
        var found = prompts.Value.Find(reference);
        used[found.Id] = found.ContentHash;
        return found;
    }

    private static AnswerShape? Shape(ProcessEntry process) =>
        process.Answer is null
            ? null
            : new AnswerShape(process.Answer)
            {
                Contexts = process.Contexts,
                RetrievedIds = process.RetrievedIds,
                Model = process.Model,
            };

    private static Uri Address(string text, TargetEntry entry) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is ("http" or "https")
            ? address
            : throw entry.Place.Error($"'endpoint: {text}' is no address.", "Write it in full: https://api.openai.com/v1.");

    private static string Beside(BenchmarkFile file, string path) => Path.Combine(Path.GetDirectoryName(Path.GetFullPath(file.Place.Path))!, path);
}
