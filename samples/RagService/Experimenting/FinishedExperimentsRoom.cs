using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Assay.Experimentation.Hosting;

namespace RagService.Experimenting;

/// <summary>Whether three generated experiments are sent to the hub; section <c>SampleExperiments</c>.</summary>
internal sealed class SampleExperimentOptions
{
    public const string Section = "SampleExperiments";

    /// <summary>Whether they are sent once at the start. The default is false.</summary>
    public bool Fill { get; set; }

    /// <summary>Decides every figure in them. The default is 42.</summary>
    public int Seed { get; set; } = 42;
}

/// <summary>Sends the generated experiments to the hub over its public intake. Sending them again changes nothing: their keys are the same.</summary>
internal sealed partial class SampleExperimentFill(
    SampleExperimentOptions options,
    ExperimentationOptions hub,
    TimeProvider time,
    ILogger<SampleExperimentFill> log
) : BackgroundService
{
    private const int UnitsInBatch = 250;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        using var client = new HttpClient(new SocketsHttpHandler { ActivityHeadersPropagator = null }) { BaseAddress = hub.Hub };
        if (hub.Token is { } token)
        {
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        var began = time.GetUtcNow() - TimeSpan.FromDays(FinishedExperiments.Days);
        var count = 0;
        foreach (var batch in FinishedExperiments.Of(options.Seed).Chunk(UnitsInBatch))
        {
            if (!await SendAsync(client, batch, began, stoppingToken))
            {
                return;
            }

            count += batch.Length;
        }

        Sent(log, count);
    }

    /// <summary>The body of a request: units as text, as a service in any language would send them.</summary>
    internal static JsonObject Body(IReadOnlyList<GeneratedUnit> units, DateTimeOffset began) =>
        new()
        {
            ["exposures"] = new JsonArray([.. units.Select(u => Exposure(u, began))]),
            ["outcomes"] = new JsonArray([.. units.SelectMany(u => u.Outcomes.Select((o, i) => Outcome(u, o, i, began)))]),
        };

    private async Task<bool> SendAsync(HttpClient client, GeneratedUnit[] units, DateTimeOffset began, CancellationToken stop)
    {
        // A hub that is just starting is there in a moment.
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                using var answer = await client.PostAsJsonAsync("api/v1/experiment-events", Body(units, began), stop);
                answer.EnsureSuccessStatusCode();
                return true;
            }
            catch (HttpRequestException e) when (attempt < 10)
            {
                NotSentYet(log, e.Message);
                await Task.Delay(TimeSpan.FromSeconds(1), time, stop);
            }
            catch (HttpRequestException e)
            {
                NotSent(log, e.Message);
                return false;
            }
        }
    }

    private static JsonObject Exposure(GeneratedUnit unit, DateTimeOffset began) =>
        new JsonObject
        {
            ["experiment"] = unit.Experiment,
            ["version"] = 1,
            ["unit"] = unit.Unit,
            ["variant"] = unit.Variant,
            ["time"] = Text(began.AddHours(unit.Hours)),
        };

    private static JsonObject Outcome(GeneratedUnit unit, GeneratedOutcome outcome, int number, DateTimeOffset began) =>
        new JsonObject
        {
            ["key"] = $"{unit.Experiment}/{unit.Unit}/{number}",
            ["experiment"] = unit.Experiment,
            ["unit"] = unit.Unit,
            ["metric"] = outcome.Metric,
            ["value"] = outcome.Value,
            ["time"] = Text(began.AddHours(unit.Hours + outcome.Hours)),
        };

    private static string Text(DateTimeOffset at) => at.ToString("O", CultureInfo.InvariantCulture);

    [LoggerMessage(Level = LogLevel.Information, Message = "Three generated experiments were sent to the hub: {Units} units that nobody is behind")]
    private static partial void Sent(ILogger log, int units);

    [LoggerMessage(Level = LogLevel.Debug, Message = "The hub does not take the generated experiments yet: {Problem}")]
    private static partial void NotSentYet(ILogger log, string problem);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The generated experiments could not be sent: {Problem}")]
    private static partial void NotSent(ILogger log, string problem);
}

/// <summary>Registers the generated experiments where settings ask for them.</summary>
internal static class FinishedExperimentsRoom
{
    public static void AddFinishedExperiments(this WebApplicationBuilder builder)
    {
        var options = builder.Configuration.GetSection(SampleExperimentOptions.Section).Get<SampleExperimentOptions>() ?? new SampleExperimentOptions();
        if (options.Fill)
        {
            builder.Services.AddSingleton(options);
            builder.Services.AddHostedService<SampleExperimentFill>();
        }
    }
}
