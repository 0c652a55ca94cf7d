using System.Text.Json;
using Assay.Evaluation.Metrics;
using Assay.Evaluation.Targets;
using Assay.Evaluation.Tests.Models;
using Assay.Models;
using Assay.Models.Calls;

namespace Assay.Evaluation.Tests.Metrics.Judged;

/// <summary>Judged metrics over HTTP: the client that benchmarks use, and a server on this machine.</summary>
public sealed class LiveMetricTests
{
    private static readonly Case Asked = new("1", "Когда вышла версия 3?") { Expected = "В мае", Contexts = ["Версия 3 вышла в мае."] };

    [Fact]
    public async Task Prose_is_asked_again_and_both_calls_are_counted()
    {
        const string verdict = """{"statements": [{"text": "Версия 3 вышла в мае", "reason": "[1]", "verdict": true}]}""";
        await using var server = await ModelServer.StartAsync(Said("Да, всё подтверждено."), Said(verdict));
        using var clients = new ModelClients(new ModelSettings());
        var metric = Metric.Of("kind: faithfulness", new MetricSources { Chat = clients.Chat(Fixtures.To(server)) });
        var measured = await metric.MeasuredAs(Asked, new Answer("В мае.", "m"));
        measured.Result.ShouldBe(new Measurement.Value(1, "1 of 1 claims are supported"));
        measured.Calls.Count.ShouldBe(2);
        measured.Calls.ShouldAllBe(call => call.Tokens != null);
        var again = JsonDocument.Parse(server.Seen.Last().Body).RootElement;
        again.GetProperty("messages").GetArrayLength().ShouldBe(4);
        again.GetProperty("response_format").GetProperty("type").GetString().ShouldBe("json_schema");
    }

    [Fact]
    public async Task A_refused_key_stops_the_run()
    {
        await using var server = await ModelServer.StartAsync(ModelServer.Json("""{"error": {"message": "bad key"}}""", 401));
        using var clients = new ModelClients(new ModelSettings());
        var metric = Metric.Of("kind: context_recall", new MetricSources { Chat = clients.Chat(Fixtures.To(server)) });
        (await Should.ThrowAsync<ModelCallException>(() => metric.MeasuredAs(Asked, new Answer("x", "m")))).StopsWork.ShouldBeTrue();
    }

    private static Func<Microsoft.AspNetCore.Http.HttpContext, Task> Said(string text) =>
        ModelServer.Json(
            JsonSerializer.Serialize(
                new
                {
                    id = "c",
                    @object = "chat.completion",
                    created = 1760000000,
                    model = "judge-1",
                    choices = new[]
                    {
                        new
                        {
                            index = 0,
                            message = new { role = "assistant", content = text },
                            finish_reason = "stop",
                        },
                    },
                    usage = new
                    {
                        prompt_tokens = 100,
                        completion_tokens = 30,
                        total_tokens = 130,
                    },
                }
            )
        );
}
