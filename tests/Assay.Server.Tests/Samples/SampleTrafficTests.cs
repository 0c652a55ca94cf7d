using System.Net;
using RagService.Traffic;

namespace Assay.Server.Tests.Samples;

public sealed class SampleTrafficTests
{
    [Fact]
    public async Task Traffic_that_the_service_makes_itself_is_marked_and_answered()
    {
        await using var service = new StartedRagService();
        service.Settings["SampleTraffic__PerMinute"] = "3000";
        await service.InitializeAsync();
        await StartedRagService.UntilAsync(() => Asked().Count() >= 60, () => $"only {Asked().Count()} questions were asked");

        Asked().ShouldAllBe(s => true.Equals(s.Attributes["assay.sample_traffic"]));
        // The caller is no part of the service: each request is the root of its trace.
        Asked().ShouldAllBe(s => s.ParentId.Length == 0);
        Asked().ShouldContain(s => 200L.Equals(s.Attributes["http.response.status_code"]));
        await StartedRagService.UntilAsync(() => service.Receiver.Spans.Any(s => s.Name == "assay.rating"), () => "nobody rated an answer");

        IEnumerable<SentSpan> Asked() => service.Receiver.Spans.Where(s => s.Name == "POST /ask");
    }

    [Fact]
    public async Task Its_rate_is_changed_for_a_while_by_programs_of_this_machine_alone()
    {
        await using var service = new StartedRagService();
        // One in an hour, if nobody asked for more.
        service.Settings["SampleTraffic__PerMinute"] = "0.016";
        await service.InitializeAsync();
        using var throughProxy = new HttpRequestMessage(HttpMethod.Delete, "/traffic");
        throughProxy.Headers.Add("X-Forwarded-For", "203.0.113.7");
        (await service.Client.SendAsync(throughProxy, TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        foreach (var wrong in (string[])["{}", """{"per_minute": 0}""", """{"per_minute": 6001}""", """{"per_minute": 60, "seconds": 601}"""])
        {
            var (refused, fix) = await service.PostAsync("/traffic", wrong);
            refused.StatusCode.ShouldBe(HttpStatusCode.BadRequest, wrong);
            fix.GetProperty("detail").GetString()!.ShouldContain("600");
        }

        var (answer, asked) = await service.PostAsync("/traffic", new { per_minute = 3000, seconds = 600 });
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        asked.GetProperty("per_minute").GetDouble().ShouldBe(3000);
        await StartedRagService.UntilAsync(() => service.Receiver.Spans.Count(s => s.Name == "POST /ask") >= 20, () => "no more questions are asked");
        (await service.Client.DeleteAsync("/traffic", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await Answered.GetAsync(service.Client, "/traffic")).Json.GetProperty("per_minute").GetDouble().ShouldBe(0.016);
    }

    [Fact]
    public async Task Faults_on_purpose_are_real_errors()
    {
        await using var service = new StartedRagService();
        service.Settings["Faults__ErrorPercent"] = "100";
        await service.InitializeAsync();
        var (answer, json) = await service.PostAsync("/ask", new { question = "How do I roll back?" }, correlation: "fault-1");
        answer.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        answer.Headers.GetValues("X-Correlation-ID").ShouldBe(["fault-1"]);
        json.GetProperty("status").GetInt32().ShouldBe(500);

        await StartedRagService.UntilAsync(() => service.Receiver.Spans.Any(s => s.Name == "POST /ask"), () => "no span of the request");
        var span = service.Receiver.Spans.Single(s => s.Name == "POST /ask");
        span.StatusCode.ShouldBe(2);
        span.Attributes["error.type"].ShouldBe("RagService.Injecting.InjectedFaultException");
        span.Events.ShouldContain(e => e.Name == "exception");
    }

    [Fact]
    public void The_same_seed_asks_the_same_in_the_same_order()
    {
        List<string> questions = [.. Enumerable.Range(1, 50).Select(i => $"question {i}")];
        var (first, second, other) = (Requests(7), Requests(7), Requests(8));
        first.ShouldBe(second);
        first.ShouldNotBe(other);
        first.Count(r => r.Stars is not null).ShouldBeInRange(150, 350);
        first.Select(r => r.Id).ShouldBeUnique();

        List<PlannedRequest> Requests(int seed)
        {
            var plan = new TrafficPlan(seed, questions);
            return [.. Enumerable.Range(0, 1_000).Select(_ => plan.Next())];
        }
    }
}
