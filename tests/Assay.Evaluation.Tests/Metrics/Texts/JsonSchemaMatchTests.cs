using Assay.Evaluation.Metrics;

namespace Assay.Evaluation.Tests.Metrics.Texts;

public sealed class JsonSchemaMatchTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("assay-schema");

    private const string Digest = """
        {"type": "object", "required": ["title", "items"], "additionalProperties": false, "properties": {
          "title": {"type": "string"}, "items": {"type": "array", "minItems": 1, "items": {"$ref": "#/definitions/item"}}},
         "definitions": {"item": {"type": "object", "required": ["url"], "properties": {"url": {"type": "string", "pattern": "^https:"}}}}}
        """;

    [Theory]
    [InlineData("""{"title": "Сегодня", "items": [{"url": "https://a"}]}""", 1, null)]
    [InlineData("""{"title": 3, "items": [{"url": "https://a"}]}""", 0, "#/title")]
    [InlineData("""{"title": "x", "items": [{"url": "ftp:"}]}""", 0, "#/items[0].url")]
    [InlineData("""{"title": "x"}""", 0, "items")]
    [InlineData("""{"title": "x", "items": [{"url": "https://a"}], "more": 1}""", 0, "more")]
    [InlineData("""{"title": "x" """, 0, "no JSON: line 1")]
    [InlineData("""{'title': 'x', 'items': [{'url': 'https://a'}]}""", 0, "no JSON")]
    [InlineData("", 0, "the answer is empty")]
    [InlineData("Sure! Here it is", 0, "no JSON")]
    public void An_answer_fits_or_the_path_is_named(string answer, double score, string? reason)
    {
        var value = Schema(Digest).Measure(null, answer).ShouldBeOfType<Measurement.Value>();
        value.Score.ShouldBe(score);
        (value.Reason ?? "").ShouldContain(reason ?? "");
    }

    [Fact]
    public void A_fence_is_taken_off_only_when_allowed()
    {
        const string answer = "```json\n{\"title\": \"x\", \"items\": [{\"url\": \"https://a\"}]}\n```\n";
        Schema(Digest).Score(null, answer).ShouldBe(0);
        Schema(Digest, ", allowFence: true").Score(null, answer).ShouldBe(1);
    }

    [Fact]
    public void Depth_and_length_do_no_harm()
    {
        Schema(Digest).Score(null, new string('[', 1 << 20)).ShouldBe(0);
        Schema("""{"type": "string"}""").Score(null, $"\"{new string('ж', 1 << 20)}\"").ShouldBe(1);
    }

    [Fact]
    public void What_the_validator_cannot_read_is_an_error_and_ends_no_run()
    {
        var error = Schema("""{"type": "integer"}""").Measure(null, new string('7', 1 << 20)).ShouldBeOfType<Measurement.Error>();
        error.Reason.Length.ShouldBeLessThan(250);
    }

    [Theory]
    [InlineData("{", "is no JSON schema")]
    [InlineData("""{"$ref": "#/definitions/missing"}""", "is no JSON schema")]
    [InlineData("[]", "is no JSON schema")]
    public void A_broken_schema_is_an_error_with_the_line_of_the_metric(string schema, string problem)
    {
        var error = Should.Throw<AssayException>(() => Schema(schema)).Message;
        error.ShouldContain("bench.yaml:1:");
        error.ShouldContain(problem);
    }

    [Fact]
    public void A_missing_schema_is_an_error()
    {
        Should.Throw<AssayException>(() => Metric.Of("{kind: json_schema, schema: none.json}")).Message.ShouldContain("none.json");
        Should.Throw<AssayException>(() => Metric.Of("kind: json_schema")).Message.ShouldContain("needs a schema");
    }

    [Fact]
    public async Task Many_threads_use_one_schema()
    {
        var metric = Schema(Digest);
        var scores = await Task.WhenAll(
            Enumerable.Range(0, 64).Select(i => Task.Run(() => metric.Score(null, $$"""{"title": "{{i}}", "items": [{"url": "https://a"}]}""")))
        );
        scores.ShouldAllBe(score => score == 1);
    }

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [InlineData(
        """{"type": "object", "properties": {"a": {"pattern": "^(a+)+$"}}}""",
        "{\"a\": \"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!\"}"
    )]
    [InlineData("""{"type": "object", "patternProperties": {"^(a+)+$": {}}}""", "{\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!\": 1}")]
    public async Task A_pattern_that_would_search_for_ever_is_an_error_of_the_measurement(string schema, string answer)
    {
        var metric = Schema(schema);
        var measured = await Task.Run(() => metric.Measure(null, answer), TestContext.Current.CancellationToken)
            .WaitAsync(Patience.Longest, TestContext.Current.CancellationToken);
        measured.ShouldBeOfType<Measurement.Error>().Reason.ShouldContain("(a+)+");
        metric.Score(null, """{"aaa": "aaa"}""").ShouldBe(1);
    }

    [Fact]
    public void A_pattern_that_is_none_is_refused_before_the_run() =>
        Should.Throw<AssayException>(() => Schema("""{"type": "string", "pattern": "("}""")).Message.ShouldContain("is no JSON schema");

    private IMetric Schema(string schema, string settings = "")
    {
        var path = Path.Combine(folder.FullName, "schema.json");
        File.WriteAllText(path, schema);
        return Metric.Of($"{{kind: json_schema, schema: '{path}'{settings}}}");
    }
}
