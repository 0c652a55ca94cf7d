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
