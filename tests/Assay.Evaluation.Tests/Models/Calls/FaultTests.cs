using System.IO.Compression;
using System.Text;
using Assay.Models;
using Assay.Models.Calls;
using Assay.Models.Chat;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;

namespace Assay.Evaluation.Tests.Models.Calls;

public sealed class FaultTests
{
    private const string Secret = "Пациент Иванов жалуется на боль в колене";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(401, "invalid_api_key", ModelFault.Refused)]
    [InlineData(403, "permission_denied", ModelFault.Refused)]
    [InlineData(402, "insufficient_balance", ModelFault.Refused)]
    [InlineData(429, "insufficient_quota", ModelFault.Refused)]
    [InlineData(400, "invalid_value", ModelFault.Rejected)]
    [InlineData(404, "model_not_found", ModelFault.Rejected)]
    [InlineData(422, "unprocessable", ModelFault.Rejected)]
    [InlineData(308, "moved", ModelFault.Rejected)]
    public async Task What_would_fail_again_is_asked_once(int status, string code, ModelFault fault)
    {
        await using var server = await ModelServer.StartAsync(ModelServer.Json(Fixtures.Error("It is so.", code), status));
        var failed = await FailAsync(server);
        failed.Fault.ShouldBe(fault);
        failed.Facts!.Attempts.ShouldBe(1);
        server.Seen.Count.ShouldBe(1);
        failed.Message.ShouldContain($"{server.Address.Authority} answered {status}");
        failed.Message.ShouldContain("It is so");
    }

    [Theory]
    [InlineData(500, ModelFault.Unavailable)]
    [InlineData(503, ModelFault.Unavailable)]
    [InlineData(408, ModelFault.Unavailable)]
    [InlineData(429, ModelFault.RateLimited)]
    public async Task What_may_pass_is_asked_until_the_retries_are_used_up(int status, ModelFault fault)
    {
        await using var server = await ModelServer.StartAsync(ModelServer.Json("{}", status));
        var failed = await FailAsync(server);
        failed.Fault.ShouldBe(fault);
        server.Seen.Count.ShouldBe(3);
        failed.Facts!.Attempts.ShouldBe(3);
        failed.Message.ShouldContain("3 attempts");
    }

    [Fact]
    public async Task After_a_500_the_second_attempt_answers()
    {
        await using var server = await ModelServer.StartAsync(ModelServer.Json("{}", 500), ModelServer.Json(Fixtures.Completion));
        using var clients = new ModelClients(new ModelSettings());
        var response = await AskAsync(clients, server);
        response.Facts().Attempts.ShouldBe(2);
    }

    [Theory]
    [InlineData("<html><body>Sign in</body></html>", "HTML")]
    [InlineData("I am sorry, I cannot do that.", "plain text")]
    [InlineData("", "nothing")]
    [InlineData("  \n ", "empty")]
    [InlineData("{\"id\":\"1\",\"choices\":[{\"mess", "breaks off")]
    [InlineData("[]", "no JSON object")]
    [InlineData("{\"choices\":[]}", "choices")]
    [InlineData("{\"choices\":[{\"message\":{}}]}", "content")]
    [InlineData("{\"choices\":[{\"message\":{\"content\":{\"a\":1}}}]}", "no text")]
    public async Task What_is_no_completion_is_malformed_and_not_asked_again(string body, string hint)
    {
        await using var server = await ModelServer.StartAsync(ModelServer.Json(body));
        var failed = await FailAsync(server);
        failed.Fault.ShouldBe(ModelFault.Malformed);
        failed.Message.ShouldContain(hint);
        failed.Message.ShouldContain("200");
        server.Seen.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("rate_limit_exceeded", 3, ModelFault.Malformed)]
    [InlineData("server_error", 3, ModelFault.Malformed)]
    [InlineData("invalid_request_error", 1, ModelFault.Malformed)]
    [InlineData("something_new", 1, ModelFault.Malformed)]
    [InlineData("invalid_api_key", 1, ModelFault.Refused)]
    public async Task An_error_in_a_200_is_repeated_as_its_code_says(string code, int attempts, ModelFault fault)
    {
        await using var server = await ModelServer.StartAsync(ModelServer.Json(Fixtures.Error("Not now.", code)));
        var failed = await FailAsync(server);
        failed.Fault.ShouldBe(fault);
        failed.Message.ShouldContain("Not now");
        server.Seen.Count.ShouldBe(attempts);
    }

    // Shape: OpenRouter API reference, "Errors": an HTTP status as a number in error.code, also with status 200.
    [Fact]
    public async Task A_status_in_the_body_of_a_200_counts()
    {
        await using var server = await ModelServer.StartAsync(
            ModelServer.Json("""{"error":{"code":502,"message":"Upstream is down"}}"""),
            ModelServer.Json(Fixtures.Completion)
        );
        using var clients = new ModelClients(new ModelSettings());
        (await AskAsync(clients, server)).Facts().Attempts.ShouldBe(2);
    }

    [Fact]
    public async Task A_hung_socket_times_out()
    {
        await using var server = await ModelServer.StartAsync(ModelServer.Hang);
        var failed = await FailAsync(server, Fixtures.Quick with { AttemptTimeout = TimeSpan.FromMilliseconds(50), MaxRetries = 1 });
        failed.Fault.ShouldBe(ModelFault.TimedOut);
        failed.Facts!.Attempts.ShouldBe(2);
    }

    [Fact]
    public async Task An_answer_that_stops_in_the_middle_times_out()
    {
        await using var server = await ModelServer.StartAsync(async context =>
        {
            await context.Response.WriteAsync("{\"choices\":");
            await context.Response.Body.FlushAsync();
            await ModelServer.Hang(context);
        });
        var failed = await FailAsync(server, Fixtures.Quick with { AttemptTimeout = TimeSpan.FromMilliseconds(200), MaxRetries = 0 });
        failed.Fault.ShouldBe(ModelFault.TimedOut);
    }

    [Fact]
    public async Task A_compressed_answer_is_read_and_bounded_by_what_comes_out()
    {
        await using var server = await ModelServer.StartAsync(Gzip(Fixtures.Completion), Gzip(new string(' ', 4 << 20)));
        using var clients = new ModelClients(new ModelSettings());
        (await AskAsync(clients, server)).Text.ShouldBe("Откатите релиз.");
        var failed = await Should.ThrowAsync<ModelCallException>(AskAsync(clients, server, Fixtures.Quick with { MaxBodyBytes = 1 << 20 }));
        failed.Message.ShouldContain("more than 1 MiB");
    }

    [Fact]
    public async Task All_attempts_share_one_time_budget()
    {
        await using var server = await ModelServer.StartAsync(ModelServer.Hang);
        var failed = await FailAsync(server, Fixtures.Quick with { TotalBudget = TimeSpan.FromMilliseconds(200), MaxRetries = 100 });
        failed.Fault.ShouldBe(ModelFault.TimedOut);
        // The only attempt was cut short at the end of the budget: nothing is left for another.
        failed.Facts!.Attempts.ShouldBe(1);
        failed.Message.ShouldNotContain($"in {Fixtures.Quick.AttemptTimeout.TotalSeconds} s");
    }

    [Theory]
    [InlineData(500, ModelFault.Unavailable)]
    [InlineData(429, ModelFault.RateLimited)]
    public async Task What_the_endpoint_said_outweighs_an_attempt_that_the_end_of_the_budget_cut_short(int status, ModelFault fault)
    {
        var time = new MovedTime();
        await using var server = await ModelServer.StartAsync(ModelServer.Json("{}", status, ("Retry-After", "0")), EndBudgetAsync);
        using var clients = new ModelClients(new ModelSettings { Time = time });
        var limits = Fixtures.Quick with { AttemptTimeout = Fixtures.Quick.TotalBudget * 2 };
        var failed = await Should.ThrowAsync<ModelCallException>(AskAsync(clients, server, limits));
        failed.Fault.ShouldBe(fault);
        failed.Facts!.Attempts.ShouldBe(2);
        failed.Message.ShouldContain($"answered {status}");
        failed.Message.ShouldContain("ended during the next one");

        Task EndBudgetAsync(HttpContext context)
        {
            time.Pass(Fixtures.Quick.TotalBudget);
            return ModelServer.Hang(context);
        }
    }

    [Fact]
    public async Task An_attempt_that_had_its_full_time_is_a_timeout_whatever_was_said_before()
    {
        var time = new MovedTime();
        await using var server = await ModelServer.StartAsync(
            ModelServer.Json("{}", 500, ("Retry-After", "0")),
            context =>
            {
                time.Pass(Fixtures.Quick.AttemptTimeout);
                return ModelServer.Hang(context);
            }
        );
        using var clients = new ModelClients(new ModelSettings { Time = time });
        var limits = Fixtures.Quick with { MaxRetries = 1, TotalBudget = Fixtures.Quick.AttemptTimeout * 3 };
        (await Should.ThrowAsync<ModelCallException>(AskAsync(clients, server, limits))).Fault.ShouldBe(ModelFault.TimedOut);
    }

    [Fact]
    public async Task A_connection_that_breaks_is_retried()
    {
        await using var server = await ModelServer.StartAsync(ModelServer.Reset, ModelServer.Json(Fixtures.Completion));
        using var clients = new ModelClients(new ModelSettings());
        (await AskAsync(clients, server)).Facts().Attempts.ShouldBe(2);
    }

    [Fact]
    public async Task An_endpoint_that_is_not_there_is_named()
    {
        var server = await ModelServer.StartAsync();
        await server.DisposeAsync();
        var failed = await FailAsync(server);
        failed.Fault.ShouldBe(ModelFault.Unavailable);
        failed.Message.ShouldContain(server.Address.Authority);
        failed.Message.ShouldContain("Check the address");
    }

    [Fact]
    public async Task An_endpoint_that_drops_packets_is_one_that_cannot_be_reached_and_is_asked_again()
    {
        using var port = await DroppingPort.OpenAsync();
        // Shorter than the first repeat of a dropped packet, so that none gets through late.
        using var clients = new ModelClients(new ModelSettings { ConnectTimeout = TimeSpan.FromMilliseconds(200) });
        var connection = new ModelConnection
        {
            Address = port.Address,
            Model = "glass-1",
            Limits = Fixtures.Quick,
        };
        var failed = await Should.ThrowAsync<ModelCallException>(clients.Chat(connection).GetResponseAsync(Secret, cancellationToken: Token));
        failed.Fault.ShouldBe(ModelFault.Unavailable);
        failed.Facts!.Attempts.ShouldBe(3);
        failed.Message.ShouldContain("Check the address");
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    public async Task A_body_that_is_not_packed_as_it_says_is_malformed(string encoding)
    {
        await using var server = await ModelServer.StartAsync(ModelServer.Json(Fixtures.Completion, 200, ("Content-Encoding", encoding)));
        var failed = await FailAsync(server);
        failed.Fault.ShouldBe(ModelFault.Malformed);
        failed.Message.ShouldContain("not packed as its Content-Encoding says");
        server.Seen.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Half_a_character_in_what_an_endpoint_says_costs_no_more_than_that_character()
    {
        await using var server = await ModelServer.StartAsync(
            ModelServer.Json("""{"choices":[{"message":{"content":"done \ud83d"}}]}"""),
            ModelServer.Json("""{"choices":[{"message":{"content":[{"text":"done \udc4d"}]}}]}"""),
            context => context.Response.Body.WriteAsync((byte[])[.. "{\"choices\":[{\"message\":{\"content\":\"done "u8, 0xFF, .. "\"}}]}"u8]).AsTask()
        );
        using var clients = new ModelClients(new ModelSettings());
        for (var i = 0; i < 3; i++)
        {
            (await AskAsync(clients, server)).Text.ShouldBe("done \uFFFD");
        }
    }

    [Fact]
    public async Task Half_a_character_in_an_error_costs_no_more_than_that_character()
    {
        await using var server = await ModelServer.StartAsync(ModelServer.Json(Fixtures.Error("It is so \\ud83d.", "invalid_value"), 400));
        (await FailAsync(server)).Message.ShouldContain("It is so \uFFFD");
    }

    [Fact]
    public async Task An_answer_with_a_name_of_half_a_character_is_malformed()
    {
        await using var server = await ModelServer.StartAsync(ModelServer.Json("""{"\ud83d":1,"choices":[{"message":{"content":"done"}}]}"""));
        var failed = await FailAsync(server);
        failed.Fault.ShouldBe(ModelFault.Malformed);
        failed.Message.ShouldContain("no Unicode");
    }

    [Fact]
    public async Task An_answer_without_end_is_cut_off()
    {
        await using var server = await ModelServer.StartAsync(async context =>
        {
            var block = new byte[1 << 16];
            while (!context.RequestAborted.IsCancellationRequested)
            {
                await context.Response.Body.WriteAsync(block, context.RequestAborted);
            }
        });
        var failed = await FailAsync(server, Fixtures.Quick with { MaxBodyBytes = 1 << 20 });
        failed.Fault.ShouldBe(ModelFault.Malformed);
        failed.Message.ShouldContain("more than 1 MiB");
    }

    [Fact]
    public async Task Retry_After_in_seconds_is_waited_for_and_told()
    {
        await using var server = await ModelServer.StartAsync(ModelServer.Json("{}", 429, ("Retry-After", "1")), ModelServer.Json(Fixtures.Completion));
        var told = new List<Throttling>();
        using var clients = new ModelClients(new ModelSettings { OnThrottled = told.Add });
        var facts = (await AskAsync(clients, server)).Facts();
        facts.Attempts.ShouldBe(2);
        facts.DurationMs.ShouldBeGreaterThanOrEqualTo(999);
        told.ShouldHaveSingleItem().RetryAfter.ShouldBe(TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task A_wait_that_does_not_fit_into_the_budget_is_not_begun()
    {
        await using var server = await ModelServer.StartAsync(ModelServer.Json("{}", 429, ("Retry-After", "3600")));
        var failed = await FailAsync(server);
        failed.Fault.ShouldBe(ModelFault.RateLimited);
        server.Seen.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_message_has_neither_key_nor_prompt_nor_control_characters()
    {
        await using var server = await ModelServer.StartAsync(context =>
        {
            context.Response.StatusCode = 400;
            return context.Response.WriteAsync($"bad key {Fixtures.Key}\r\n\u001b[31m{Secret}, {new string('x', 5000)}");
        });
        var failed = await FailAsync(server);
        failed.ToString().ShouldNotContain(Fixtures.Key);
        failed.ToString().ShouldNotContain("Иванов");
        failed.Message.ShouldContain("bad key");
        failed.Message.ShouldAllBe(c => !char.IsControl(c));
        failed.Message.Length.ShouldBeLessThan(500);
    }

    [Fact]
    public async Task Who_cancels_is_told_so()
    {
        await using var server = await ModelServer.StartAsync(ModelServer.Hang);
        using var clients = new ModelClients(new ModelSettings());
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var asked = clients.Chat(Fixtures.To(server)).GetResponseAsync("a", cancellationToken: stop.Token);
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(asked);
    }

    [Fact]
    public async Task An_endpoint_that_keeps_failing_is_left_alone()
    {
        await using var server = await ModelServer.StartAsync(ModelServer.Json("{}", 500));
        using var clients = new ModelClients(new ModelSettings());
        var limits = Fixtures.Quick with { MaxRetries = 0, BreakDuration = Fixtures.Quick.TotalBudget * 2 };
        for (var i = 0; i < 10; i++)
        {
            (await Should.ThrowAsync<ModelCallException>(AskAsync(clients, server, limits))).Fault.ShouldBe(ModelFault.Unavailable);
        }

        var failed = await Should.ThrowAsync<ModelCallException>(AskAsync(clients, server, limits));
        failed.Fault.ShouldBe(ModelFault.CircuitOpen);
        failed.Facts.ShouldBeNull();
        server.Seen.Count.ShouldBe(10);
    }

    private static Task<ChatResponse> AskAsync(ModelClients clients, ModelServer server, CallLimits? limits = null) =>
        clients.Chat(Fixtures.To(server, limits)).GetResponseAsync(Secret, cancellationToken: Token);

    private static async Task<ModelCallException> FailAsync(ModelServer server, CallLimits? limits = null)
    {
        using var clients = new ModelClients(new ModelSettings());
        return await Should.ThrowAsync<ModelCallException>(AskAsync(clients, server, limits));
    }

    private static Func<HttpContext, Task> Gzip(string body) =>
        async context =>
        {
            context.Response.Headers.ContentEncoding = "gzip";
            await using var gzip = new GZipStream(context.Response.Body, CompressionLevel.Fastest);
            await gzip.WriteAsync(Encoding.UTF8.GetBytes(body));
        };
}
