namespace Assay.Server.Tests.Flags;

public sealed class FlagPreviewTests
{
    [Fact]
    public async Task A_preview_counts_who_would_change_and_changes_nothing()
    {
        await using var hub = await FlagHub.StartAsync();
        var preview = await AskAsync(hub, """{"change": {"rollout": {"on": 75}}, "generate": 20000}""");
        preview.Status.ShouldBe(200, preview.Text);
        preview.Json.GetProperty("units").GetInt32().ShouldBe(20_000);
        // From 25 to 75 % of 20,000 are 10,000; five standard deviations are 354. Nobody goes the other way.
        preview.Json.GetProperty("changed").GetInt32().ShouldBeInRange(9_646, 10_354);
        var move = preview.Json.GetProperty("moves").EnumerateArray().Single();
        (move.GetProperty("from").GetString(), move.GetProperty("to").GetString()).ShouldBe(("off", "on"));
        preview.Json.GetProperty("after").EnumerateArray().Sum(c => c.GetProperty("units").GetInt32()).ShouldBe(20_000);
        preview.Json.GetProperty("examples").GetArrayLength().ShouldBe(10);
        (await Answered.GetAsync(hub.Client, "/api/v1/flags/rag_plus_plus")).Json.GetProperty("flag").GetProperty("version").GetInt64().ShouldBe(0);
        (await Answered.GetAsync(hub.Client, "/api/v1/audit")).Json.GetProperty("records").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task What_is_previewed_is_what_is_evaluated_after_the_change()
    {
        await using var hub = await FlagHub.StartAsync();
        var units = string.Join(
            ", ",
            Enumerable.Range(0, 200).Select(i => i % 10 == 0 ? $$"""{"targetingKey": "user-{{i}}", "group": "staff"}""" : $"\"user-{i}\"")
        );
        var preview = (await AskAsync(hub, $$"""{"change": {"killed": true}, "units": [{{units}}]}""")).Json;
        var on = preview.GetProperty("before").EnumerateArray().Single(c => c.GetProperty("variant").GetString() == "on").GetProperty("units").GetInt32();
        on.ShouldBeGreaterThanOrEqualTo(20);
        preview.GetProperty("changed").GetInt32().ShouldBe(on);
        preview.GetProperty("after").EnumerateArray().Single().GetProperty("variant").GetString().ShouldBe("off");
        preview.GetProperty("examples").EnumerateArray().ShouldContain(e => e.GetProperty("unit").GetString() == "user-0");
    }

    [Fact]
    public async Task Keys_of_previewed_and_explained_units_are_in_no_file_of_the_hub()
    {
        const string Key = "jane.doe.4711";
        await using var hub = await FlagHub.StartAsync();
        (await AskAsync(hub, $$"""{"change": {"killed": true}, "units": ["{{Key}}"] }""")).Status.ShouldBe(200);
        (await AskAsync(hub, $$"""{"change": {"killed": true}, "units": [{"targetingKey": "{{Key}}", "a": [[]]}, 7]}""")).ShouldBeProblem(400);
        var context = $$"""{"context": {"targetingKey": "{{Key}}"} }""";
        (await Answered.PostJsonAsync(hub.Client, "/api/v1/flags/rag_plus_plus/explain", context)).Status.ShouldBe(200);
        (await Answered.PostJsonAsync(hub.Client, "/ofrep/v1/evaluate/flags", context)).Status.ShouldBe(200);
        (await FlagHub.EvaluateAsync(hub, "rag_plus_plus", $$"""{"targetingKey": "{{Key}}"}""")).Status.ShouldBe(200);
        await hub.StopAsync();
        foreach (var file in Directory.EnumerateFiles(hub.Folder, "*", SearchOption.AllDirectories))
        {
            (await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken))
                .AsSpan()
                .IndexOf(System.Text.Encoding.UTF8.GetBytes(Key))
                .ShouldBe(-1, file);
        }
    }

    [Theory]
    [InlineData("""{"change": {}}""")]
    [InlineData("""{"change": {"rollout": {"plenty": 5}}}""")]
    [InlineData("""{"change": {"killed": true}, "units": []}""")]
    [InlineData("""{"change": {"killed": true}, "units": ["a"], "generate": 5}""")]
    [InlineData("""{"change": {"killed": true}, "generate": 0}""")]
    [InlineData("""{"change": {"killed": true}, "generate": 100001}""")]
    [InlineData("""{"change": {"killed": true}, "attributes": 5}""")]
    [InlineData("""{"change": {"killed": true}, "units": [{"group": "a"}]}""")]
    [InlineData("{}")]
    public async Task What_cannot_be_previewed_is_refused(string request)
    {
        await using var hub = await FlagHub.StartAsync();
        (await AskAsync(hub, request)).ShouldBeProblem(400);
    }

    [Fact]
    public async Task A_flag_that_does_not_exist_has_no_preview()
    {
        await using var hub = await FlagHub.StartAsync();
        (await Answered.PostJsonAsync(hub.Client, "/api/v1/flags/nothing/preview", """{"change": {"killed": true}}""")).ShouldBeProblem(404);
    }

    private static Task<Answered> AskAsync(RunningHub hub, string request) =>
        Answered.PostJsonAsync(hub.Client, "/api/v1/flags/rag_plus_plus/preview", request);
}
