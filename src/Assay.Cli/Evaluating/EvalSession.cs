using Assay.Evaluation.Benchmarks;
using Assay.Evaluation.Running;
using Assay.Models;
using Assay.Models.Budgets;
using Assay.Models.Caching;
using Assay.Prices;
using Microsoft.Extensions.AI;

namespace Assay.Cli.Evaluating;

/// <summary>What the parts of one run share: clients, cache, prices and limits. The runner hears through it when an endpoint says 429.</summary>
internal sealed class EvalSession : IDisposable
{
    /// <summary>The folder of the response cache in the data folder.</summary>
    public const string CacheFolder = "responses";

    private readonly CommandSurroundings surroundings;
    private readonly BenchmarkFile file;
    private readonly EvalSettings settings;
    private readonly ResponseCache? cache;
    private readonly ModelClients clients;
    private readonly Pace? requests;
    private readonly Pace? tokens;
    private BenchmarkRunner? runner;

    private EvalSession(CommandSurroundings surroundings, BenchmarkFile file, EvalSettings settings, string dataFolder)
    {
        (this.surroundings, this.file, this.settings) = (surroundings, file, settings);
        var time = surroundings.Time;
        Prices = PriceTable.Load(Path.Combine(settings.Catalog, "prices"));
        requests = (settings.RequestsPerMinute ?? file.Limits.RequestsPerMinute) is { } rpm ? new Pace(rpm, time) : null;
        tokens = (settings.TokensPerMinute ?? file.Limits.TokensPerMinute) is { } tpm ? new Pace(tpm, time) : null;
        cache = settings.Cache == CacheMode.Off ? null : ResponseCache.Open(Path.Combine(dataFolder, CacheFolder), settings.Cache, time);
        Spending = (settings.MaxCostUsd ?? file.Limits.MaxCostUsd) is { } dollars ? new SpendingLimit(Money.OfDollars(dollars)) : null;
        clients = new ModelClients(
            new ModelSettings
            {
                Cache = cache,
                Prices = Prices,
                Spending = Spending,
                Time = time,
                OnThrottled = _ => runner?.Throttled(),
                MaxConnections = Concurrency,
                EndsWhenDead = true,
            }
        );
    }

    /// <summary>The folder of the catalog.</summary>
    public string Catalog => settings.Catalog;

    /// <summary>What models cost.</summary>
    public PriceTable Prices { get; }

    /// <summary>The spending limit; null for none.</summary>
    public SpendingLimit? Spending { get; }

    /// <summary>Cases worked on at once.</summary>
    public int Concurrency => settings.Concurrency ?? file.Concurrency;

    /// <exception cref="AssayException">A price file is wrong (2), or the cache cannot be opened (4).</exception>
    public static EvalSession Open(CommandSurroundings surroundings, BenchmarkFile file, EvalSettings settings, string dataFolder) =>
        new(surroundings, file, settings, dataFolder);

    /// <summary>The parts of the benchmark.</summary>
    /// <exception cref="AssayException">A part is missing or wrong (exit code 2).</exception>
    public BenchmarkParts Make(RunChoice choice) =>
        new BenchmarkAssembly(settings.Catalog, settings.Models, clients, Paced, () => runner?.Throttled(), surroundings.Time).Make(file, choice);

    /// <summary>Works until the run is done or must stop.</summary>
    public async Task<RunEnd> RunAsync(
        BenchmarkParts parts,
        RunJournal journal,
        Action<RunProgress> report,
        RunTelemetry? telemetry,
        CancellationToken cancellationToken
    )
    {
        var limits = new RunLimits
        {
            Concurrency = Concurrency,
            MaxTime = (settings.MaxMinutes ?? file.Limits.MaxMinutes) is { } minutes ? TimeSpan.FromMinutes(minutes) : null,
        };
        runner = new BenchmarkRunner(parts.Target, parts.Metrics, limits, surroundings.Time, telemetry);
        return await runner.RunAsync(parts.Dataset.Read(), journal, report, cancellationToken);
    }

    public void Dispose()
    {
        clients.Dispose();
        cache?.Dispose();
    }

    private IChatClient Paced(IChatClient client) => requests is null && tokens is null ? client : new PacedChat(client, requests, tokens);
}
