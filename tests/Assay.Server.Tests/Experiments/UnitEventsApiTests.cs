using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;
using Assay.Server.Experiments.Intake;
using Assay.Server.Intake;
using Assay.Server.Tests.Flags;
using Assay.Server.Tests.Intake;
using Assay.Stores;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Server.Tests.Experiments;

public sealed class UnitEventsApiTests(RunningHub hub) : IClassFixture<RunningHub>
{
    private const string Path = "/api/v1/experiment-events";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private IEventStore Store => hub.Hub.Services.GetRequiredService<IEventStore>();

    [Fact]
    public async Task Exposures_and_outcomes_become_the_sums_of_their_experiment()
    {
        var body = """
            {"exposures": [
              {"experiment": "sums", "version": 1, "unit": "user-1", "variant": "control", "time": "2026-05-01T12:00:00Z"},
              {"experiment": "sums", "version": 1, "unit": "юзер-2", "variant": "new", "time": "2026-05-01T15:00:00+03:00"}],
             "outcomes": [
              {"key": "k1", "experiment": "sums", "unit": "user-1", "metric": "ms", "value": 45.2, "time": "2026-05-01T12:00:01Z"},
              {"key": "k2", "experiment": "sums", "unit": "юзер-2", "metric": "ms", "value": "NaN", "time": "2026-05-01T12:00:01Z"},
              {"key": "k3", "experiment": "sums", "unit": "юзер-2", "metric": "ms", "value": true, "time": "2026-05-01T12:00:01Z"}]}
            """;
        (await PostAsync(body)).Text.ShouldBe("""{"stored":5,"duplicates":0,"rejected":0}""");
        (await PostAsync(body)).Text.ShouldBe("""{"stored":0,"duplicates":5,"rejected":0}""");

        var sums = await SumAsync("sums");
        sums.Variants.Select(v => (v.Variant, v.Units, v.Metrics[0].UnitMeans.Mean, v.Metrics[0].NotFinite))
            .ShouldBe([("control", 1L, 45.2, 0L), ("new", 1L, 1.0, 1L)]);
    }

    [Fact]
    public async Task An_event_without_a_time_happened_now()
    {
        var before = TimeProvider.System.GetUtcNow();
        await PostAsync("""{"exposures": [{"experiment": "timeless", "version": 1, "unit": "u", "variant": "a", "time": null}]}""");
        (await SumAsync("timeless")).First!.Value.ShouldBeInRange(before.AddSeconds(-1), TimeProvider.System.GetUtcNow().AddSeconds(1));
    }

    [Theory]
    [InlineData("exposures", """{"version": 1, "unit": "u", "variant": "a"}""", "exposures[1].experiment is missing")]
    [InlineData("exposures", """{"experiment": "", "version": 1, "unit": "u", "variant": "a"}""", "exposures[1].experiment is missing")]
    [InlineData("exposures", """{"experiment": "f", "version": 0, "unit": "u", "variant": "a"}""", "exposures[1].version must be a whole number from 1 on")]
    [InlineData("exposures", """{"experiment": "f", "version": "1", "unit": "u", "variant": "a"}""", "exposures[1].version must be a whole number from 1 on")]
    [InlineData("exposures", """{"experiment": "f", "version": 1, "unit": 7, "variant": "a"}""", "exposures[1].unit must be a text")]
    [InlineData("exposures", """{"experiment": "f", "version": 1, "unit": "", "variant": "a"}""", "exposures[1].unit is missing")]
    [InlineData("exposures", """{"experiment": "f", "version": 1, "unit": "\ud800", "variant": "a"}""", "exposures[1].unit must be a text")]
    [InlineData(
        "exposures",
        """{"experiment": "f", "version": 1, "unit": "u", "variant": "a", "\ud800": 1}""",
        "exposures[1] has a field whose name holds half of a surrogate pair"
    )]
    [InlineData("exposures", """{"experiment": "f", "version": 1, "unit": "u", "variant": "a\u0001"}""", "exposures[1].variant has a control character")]
    [InlineData("exposures", """{"experiment": "f", "version": 1, "unit": "u", "variant": "a", "time": "noon"}""", "exposures[1].time must be ISO 8601")]
    [InlineData(
        "exposures",
        """{"experiment": "f", "version": 1, "unit": "u", "variant": "a", "time": "1969-12-31T23:00:00Z"}""",
        "exposures[1].time must be ISO 8601"
    )]
    [InlineData("exposures", """{"experiment": "f", "version": 1, "unit": "u", "variant": "a", "time": "2226-01-01T00:00:00Z"}""", "more than an hour ahead")]
    [InlineData("exposures", """{"experiment": "f", "version": 1, "unit": "u", "variant": "a", "value": 1}""", "exposures[1] has an unknown field")]
    [InlineData("exposures", "3", "exposures[1] is no object")]
    [InlineData("outcomes", """{"experiment": "f", "unit": "u", "metric": "m", "value": 1}""", "outcomes[0].key is missing")]
    [InlineData("outcomes", """{"key": "k", "experiment": "f", "unit": "u", "metric": "m"}""", "outcomes[0].value is missing")]
    [InlineData("outcomes", """{"key": "k", "experiment": "f", "unit": "u", "metric": "m", "value": "fast"}""", "outcomes[0].value must be a number")]
    [InlineData("outcomes", """{"key": "k", "experiment": "f", "unit": "u", "metric": "m", "value": null}""", "outcomes[0].value must be a number")]
    public async Task An_event_with_a_fault_is_named_and_the_others_are_stored(string list, string item, string fault)
    {
        var sound = """{"experiment": "faults", "version": 1, "unit": "u", "variant": "a"}""";
        var answer = await PostAsync(
            list == "exposures" ? $$"""{"exposures": [{{sound}}, {{item}}]}""" : $$"""{"exposures": [{{sound}}], "outcomes": [{{item}}]}"""
        );
        answer.Status.ShouldBe(200);
        answer.Json.GetProperty("rejected").GetInt32().ShouldBe(1);
        (answer.Json.GetProperty("stored").GetInt32() + answer.Json.GetProperty("duplicates").GetInt32()).ShouldBe(1);
        answer.Json.GetProperty("faults")[0].GetString()!.ShouldContain(fault);
    }

    [Fact]
    public async Task Names_and_keys_of_the_longest_fit_and_a_longer_one_is_a_fault()
    {
        var longest = new string('n', 128);
        var unit = new string('ü', 1 << 19);
        var body = $$"""
            {"exposures": [{"experiment": "{{longest}}", "version": 1, "unit": "{{unit}}", "variant": "{{longest}}"}],
             "outcomes": [{"key": "{{longest}}", "experiment": "{{longest}}", "unit": "{{unit}}", "metric": "{{longest}}", "value": 1e999}]}
            """;
        (await PostAsync(body)).Text.ShouldBe("""{"stored":2,"duplicates":0,"rejected":0}""");
        (await PostAsync(body.Replace(longest, longest + "n"))).Json.GetProperty("rejected").GetInt32().ShouldBe(2);
    }

    [Theory]
    [InlineData("[]", "The body is no object.")]
    [InlineData("""{"exposure": []}""", "The body has a field that is neither exposures nor outcomes.")]
    [InlineData("""{"exposures": {}}""", "exposures and outcomes must be arrays.")]
    [InlineData("{\"outcomes\": [", "The body is not JSON: line 1, byte 15.")]
    [InlineData("""{"outcomes": [[[[[]]]]]}""", "The body is not JSON:")]
    public async Task A_body_of_another_shape_is_refused(string body, string title) =>
        (await PostAsync(body)).ShouldBeProblem(400).Json.GetProperty("title").GetString()!.ShouldStartWith(title);

    [Fact]
    public async Task Nothing_is_nothing() => (await PostAsync("{}")).Text.ShouldBe("""{"stored":0,"duplicates":0,"rejected":0}""");

    [Fact]
    public async Task Too_many_events_are_refused()
    {
        var events = string.Join(',', Enumerable.Repeat("{}", 10_001));
        (await PostAsync($$"""{"exposures": [{{events}}]}"""))
            .ShouldBeProblem(400)
            .Json.GetProperty("title")
            .GetString()
            .ShouldBe("The body has 10001 events.");
    }

    [Fact]
    public async Task A_packed_body_is_taken_and_one_that_unpacks_to_too_much_is_not()
    {
        var body = """{"exposures": [{"experiment": "packed", "version": 1, "unit": "u", "variant": "a"}]}""";
        (await PostPackedAsync(Encoding.UTF8.GetBytes(body))).Text.ShouldBe("""{"stored":1,"duplicates":0,"rejected":0}""");
        (await PostPackedAsync(new byte[(16 << 20) + 1])).ShouldBeProblem(413);
        (await PostPackedAsync(Encoding.UTF8.GetBytes(body), encoding: "br")).ShouldBeProblem(415);
    }

    [Fact]
    public async Task More_than_eight_mebibytes_are_refused() => (await PostAsync($"{{\"exposures\": [\"{new string('x', 8 << 20)}\"]}}")).ShouldBeProblem(413);

    [Fact]
    public async Task Only_ingest_is_needed_and_a_wrong_token_is_refused()
    {
        (await Answered.PostJsonAsync(hub.Client, Path, "{}", ("Authorization", "Bearer wrong"))).ShouldBeProblem(401);
        (await PostAsync("{}")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_guarded_hub_takes_events_with_the_scope_of_ingest_alone()
    {
        await using var guarded = await RunningHub.StartAsync(o => o.BehindProxy = true);
        (await Answered.PostJsonAsync(guarded.Client, Path, "{}")).ShouldBeProblem(401);
        using var reader = await FlagHub.WithScopeAsync(guarded, "read");
        (await Answered.PostJsonAsync(reader, Path, "{}")).ShouldBeProblem(403);
        using var sender = await FlagHub.WithScopeAsync(guarded, "ingest");
        (await Answered.PostJsonAsync(sender, Path, "{}")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Nobody_finds_a_unit_in_the_data_folder()
    {
        const string Unit = "somebody@example.org";
        await PostAsync($$"""{"exposures": [{"experiment": "private", "version": 1, "unit": "{{Unit}}", "variant": "a"}, {"unit": "{{Unit}}"}]}""");
        // The lock is held and empty.
        foreach (var file in Directory.EnumerateFiles(hub.Folder, "*", SearchOption.AllDirectories).Where(f => System.IO.Path.GetFileName(f) != "lock"))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            var bytes = new byte[stream.Length];
            await stream.ReadExactlyAsync(bytes, Cancel);
            bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(Unit)).ShouldBe(-1, file);
        }
    }

    [Fact]
    public async Task Everything_is_counted_by_what_became_of_it()
    {
        await PostAsync("""{"exposures": [{"experiment": "counted", "version": 1, "unit": "u", "variant": "a"}, 1], "outcomes": [2]}""");
        var metrics = (await Answered.GetAsync(hub.Client, "/metrics")).Text;
        metrics.ShouldContain("assay_ingest_exposures_total{outcome=\"stored\"}");
        metrics.ShouldContain("assay_ingest_exposures_total{outcome=\"rejected\"}");
        metrics.ShouldContain("assay_ingest_outcomes_total{outcome=\"rejected\"}");
    }

    [Fact]
    public async Task A_busy_store_is_told_and_counted()
    {
        using var meter = new UnitEventMeter();
        var store = new AppendedBatches { Refusal = new StoreBusyException("The queue is full.") };
        var intake = new UnitEventIntake(new EventGate(store, []), meter, TimeProvider.System);
        var counted = new Dictionary<string, long>();
        using var listener = new System.Diagnostics.Metrics.MeterListener();
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (meter.Owns(instrument))
            {
                l.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => counted[$"{instrument.Name} {tags[0].Value}"] = value);
        listener.Start();

        var body = """{"exposures": [{"experiment": "busy", "version": 1, "unit": "u", "variant": "a"}], "outcomes": [1, 2]}""";
        await Should.ThrowAsync<StoreBusyException>(() => intake.TakeAsync(Encoding.UTF8.GetBytes(body)));
        counted.ShouldBe(
            new Dictionary<string, long> { ["assay_ingest_exposures_total busy"] = 1, ["assay_ingest_outcomes_total busy"] = 2 },
            ignoreOrder: true
        );
    }

    private Task<ExperimentSums> SumAsync(string experiment) =>
        Store.SumExperimentAsync(
            new ExperimentQuery(experiment, 1) { Attribution = TimeSpan.FromHours(1), Metrics = [new ExperimentMetricQuery("ms")] },
            Cancel
        );

    private Task<Answered> PostAsync(string json) => Answered.PostJsonAsync(hub.Client, Path, json);

    private async Task<Answered> PostPackedAsync(byte[] body, string encoding = "gzip")
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(body);
        }

        var content = new ByteArrayContent(packed.ToArray());
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        content.Headers.ContentEncoding.Add(encoding);
        return await Answered.ToAsync(hub.Client, HttpMethod.Post, Path, content);
    }
}
