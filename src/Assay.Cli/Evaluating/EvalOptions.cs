using System.CommandLine;
using Assay.Cli.Commands;
using Assay.Evaluation.Benchmarks;
using Assay.Models;
using Assay.Models.Caching;
using Assay.Models.Calls;

namespace Assay.Cli.Evaluating;

/// <summary>The options by which a command says which models are asked, how fast, and for how much.</summary>
internal sealed class EvalOptions
{
    private readonly Option<Uri?> endpoint = Address(
        "--endpoint",
        "Where the model is, OpenAI-compatible: http://127.0.0.1:8080/v1. The default is OPENAI_BASE_URL."
    );
    private readonly Option<string?> model = new("--model") { Description = "The model that answers, in place of the benchmark's.", HelpName = "MODEL" };
    private readonly Option<Uri?> judgeEndpoint = Address("--judge-endpoint", "Where the judge's model is. The default is --endpoint.");
    private readonly Option<string?> judgeModel = new("--judge-model")
    {
        Description = "The model that judges, in place of the judge's own.",
        HelpName = "MODEL",
    };
    private readonly Option<string?> key = new("--key-variable")
    {
        Description = $"The environment variable that holds the key. The default is {ModelChoice.OpenAiKey}.",
        HelpName = "NAME",
    };

    private readonly Option<long?> concurrency = NumberOption.Count(
        "--concurrency",
        "N",
        "Cases worked on at once, 1 to 1024, in place of the benchmark's. Backs off by itself when an endpoint says 429."
    );
    private readonly Option<long?> requests = NumberOption.Count("--rpm", "N", "Requests a minute at most.");
    private readonly Option<long?> tokens = NumberOption.Count("--tpm", "N", "Tokens a minute at most.");
    private readonly Option<double?> cost = NumberOption.Number("--max-cost", "USD", "Stop before more than so many dollars are spent.");
    private readonly Option<double?> minutes = NumberOption.Number("--max-minutes", "N", "Stop after so many minutes; the run can be resumed.");
    private readonly Option<double?> timeout = NumberOption.Number("--timeout", "SECONDS", "The longest wait for one answer of a model. The default is 60.");
    private readonly Option<bool> unknownPrice = new("--allow-unknown-price")
    {
        Description = "Run with --max-cost although a model's price is unknown: its calls count as 0.",
    };
    private readonly Option<CacheMode?> cache = CommonOptions.Cache();

    private readonly Option<string?> catalog = new("--catalog")
    {
        Description = $"Folder of the catalog: benchmarks, prompts, judges, prices. The default is {EvalSettings.DefaultCatalog}.",
        HelpName = "FOLDER",
    };

    public void AddTo(Command command)
    {
        foreach (
            Option option in (Option[])
                [endpoint, model, judgeEndpoint, judgeModel, key, concurrency, requests, tokens, cost, minutes, timeout, unknownPrice, cache, catalog]
        )
        {
            command.Options.Add(option);
        }
    }

    /// <summary>What was given; what was not is null, so that a resumed run can tell.</summary>
    /// <exception cref="AssayException">A number is out of its range (exit code 2).</exception>
    public GivenEvalSettings Read(ParseResult parsed, IReadOnlyDictionary<string, string> environment)
    {
        Demand(parsed.GetValue(concurrency) is null or (>= 1 and <= 1024), "--concurrency", "a number from 1 to 1024");
        Demand(parsed.GetValue(requests) is null or > 0, "--rpm", "a number above 0");
        Demand(parsed.GetValue(tokens) is null or > 0, "--tpm", "a number above 0");
        Demand(parsed.GetValue(cost) is null or > 0 and < 1e6, "--max-cost", "dollars above 0");
        Demand(parsed.GetValue(minutes) is null or > 0 and < 1e5, "--max-minutes", "minutes above 0");
        Demand(parsed.GetValue(timeout) is null or > 0 and <= 3600, "--timeout", "seconds from 0 to 3600");
        return new GivenEvalSettings(
            new ModelEndpoints
            {
                Endpoint = parsed.GetValue(endpoint),
                Model = parsed.GetValue(model),
                JudgeEndpoint = parsed.GetValue(judgeEndpoint),
                JudgeModel = parsed.GetValue(judgeModel),
                Limits = CallLimits.Within(parsed.GetValue(timeout)),
                AllowUnknownPrice = parsed.GetValue(unknownPrice),
                Environment = environment,
            }
        )
        {
            KeyVariable = parsed.GetValue(key),
            Catalog = parsed.GetValue(catalog),
            Cache = parsed.GetValue(cache),
            Concurrency = (int?)parsed.GetValue(concurrency),
            RequestsPerMinute = parsed.GetValue(requests),
            TokensPerMinute = parsed.GetValue(tokens),
            MaxCostUsd = (decimal?)parsed.GetValue(cost),
            MaxMinutes = parsed.GetValue(minutes),
        };
    }

    private static void Demand(bool holds, string option, string wanted)
    {
        if (!holds)
        {
            throw AssayException.Usage($"{option} is out of range.", $"Give {wanted}.");
        }
    }

    private static Option<Uri?> Address(string name, string description) =>
        new(name)
        {
            Description = description,
            HelpName = "URL",
            CustomParser = result =>
            {
                var text = result.Tokens.Single().Value;
                if (Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is ("http" or "https"))
                {
                    return address;
                }

                result.AddError($"{name} takes an address such as http://127.0.0.1:8080/v1, not '{text}'.");
                return null;
            },
        };
}
