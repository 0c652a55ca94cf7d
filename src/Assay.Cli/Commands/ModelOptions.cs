using System.CommandLine;
using System.Globalization;
using Assay.Models;
using Assay.Models.Calls;
using Assay.Rag.Live;
using Microsoft.Extensions.AI;

namespace Assay.Cli.Commands;

/// <summary>The options by which a command of <c>assay rag</c> asks models over the network instead of its own.</summary>
internal sealed class ModelOptions
{
    private const double DefaultBudgetSeconds = 10;

    private readonly ModelOptionSet embeddings = new(
        "embeddings",
        "Make vectors with the model at this address: OpenAI-compatible, or TEI where it ends in /embed."
    );
    private readonly ModelOptionSet reranker = new("reranker", "Rerank with the model at this address: TEI, or Cohere and Jina where it has /v1 or /v2.");
    private readonly ModelOptionSet? chat;

    private readonly Option<double> budget = new("--query-budget")
    {
        Description = "Seconds in which all models must answer for one query, retries included. The default is 10.",
        HelpName = "SECONDS",
        DefaultValueFactory = _ => DefaultBudgetSeconds,
    };

    public ModelOptions(bool answering)
    {
        chat = answering ? new ModelOptionSet("chat", "Let the model at this OpenAI-compatible address write the answer.") : null;
        budget.Validators.Add(result =>
        {
            if (
                result.Tokens.Count > 0
                && !(double.TryParse(result.Tokens[0].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value is >= 0.05 and <= 600)
            )
            {
                result.AddError($"--query-budget takes seconds from 0.05 to 600, not '{result.Tokens[0].Value}'.");
            }
        });
    }

    public void AddTo(Command command)
    {
        embeddings.AddTo(command);
        reranker.AddTo(command);
        chat?.AddTo(command);
        command.Options.Add(budget);
    }

    /// <summary>Makes the clients that are asked for; nothing is sent yet.</summary>
    /// <exception cref="AssayException">An address, a key or a model's name is missing or wrong (exit code 2).</exception>
    public AskedModels Read(ParseResult parsed, CommandSurroundings surroundings)
    {
        var clients = new ModelClients(new ModelSettings { Time = surroundings.Time });
        try
        {
            var seconds = TimeSpan.FromSeconds(parsed.GetValue(budget));
            var vectors = embeddings.Connect(parsed, surroundings.Environment, usesOpenAiKey: true);
            var order = reranker.Connect(parsed, surroundings.Environment, usesOpenAiKey: false);
            var answer = chat?.Connect(parsed, surroundings.Environment, usesOpenAiKey: true);
            var live = new LiveModels(
                vectors is null ? null : new LiveEmbeddings(clients.Embeddings(vectors), vectors.Model),
                order is null ? null : clients.Reranker(order)
            )
            {
                QueryBudget = seconds,
            };
            return new AskedModels(clients, live, answer is null ? null : clients.Chat(answer));
        }
        catch
        {
            clients.Dispose();
            throw;
        }
    }
}

/// <summary>The options of one kind of model: address, name, and the variable that holds its key.</summary>
internal sealed class ModelOptionSet
{
    private readonly string kind;
    private readonly Option<string?> address;
    private readonly Option<string?> model;
    private readonly Option<string?> key;

    public ModelOptionSet(string kind, string description)
    {
        this.kind = kind;
        address = new Option<string?>($"--{kind}") { Description = description, HelpName = "URL" };
        model = new Option<string?>($"--{kind}-model") { Description = $"The name of the model at --{kind}.", HelpName = "NAME" };
        key = new Option<string?>($"--{kind}-key") { Description = $"The environment variable that holds the key for --{kind}.", HelpName = "VARIABLE" };
    }

    public void AddTo(Command command)
    {
        command.Options.Add(address);
        command.Options.Add(model);
        command.Options.Add(key);
    }

    /// <summary>Null when no address is given.</summary>
    public ModelConnection? Connect(ParseResult parsed, IReadOnlyDictionary<string, string> environment, bool usesOpenAiKey)
    {
        if (parsed.GetValue(address) is not { } url)
        {
            var alone =
                parsed.GetValue(model) is not null ? model
                : parsed.GetValue(key) is not null ? key
                : null;
            return alone is null ? null : throw AssayException.Usage($"{alone.Name} is given without --{kind}.", $"Give the address with --{kind} URL.");
        }

        var name = parsed.GetValue(model) ?? throw AssayException.Usage($"--{kind} needs the name of the model.", $"Give it with --{kind}-model NAME.");
        return new ModelChoice(url, name)
        {
            KeyVariable = parsed.GetValue(key),
            UsesOpenAiKey = usesOpenAiKey,
            Limits = new CallLimits { MaxRetries = 3 },
        }.Connect(environment);
    }
}

/// <summary>The models that a command was asked to use.</summary>
internal sealed class AskedModels(ModelClients clients, LiveModels live, IChatClient? chat) : IDisposable
{
    public LiveModels Live => live;

    /// <summary>Writes answers; null for quoted sentences.</summary>
    public IChatClient? Chat => chat;

    public void Dispose() => clients.Dispose();
}
