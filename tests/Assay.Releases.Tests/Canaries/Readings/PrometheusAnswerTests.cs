using System.Text;
using Assay.Releases.Canaries.Readings;

namespace Assay.Releases.Tests.Canaries.Readings;

public sealed class PrometheusAnswerTests
{
    [Theory]
    [InlineData("""{"status":"success","data":{"resultType":"vector","result":[{"metric":{},"value":[1,"12.5"]}]}}""", 12.5)]
    [InlineData("""{"status":"success","data":{"resultType":"scalar","result":[1,"3"]}}""", 3.0)]
    public void One_number_is_read(string body, double value) => Read(body).ShouldBe(new PrometheusAnswer(value));

    [Theory]
    [InlineData("""{"status":"success","data":{"resultType":"vector","result":[]}}""", "no series answers")]
    [InlineData("""{"status":"success","data":{"resultType":"vector","result":[{"metric":{},"value":[1,"NaN"]}]}}""", "the answer is NaN")]
    [InlineData("""{"status":"success","data":{"resultType":"vector","result":[{"metric":{},"value":[1,"+Inf"]}]}}""", "the answer is +Inf")]
    public void What_is_no_figure_is_missing(string body, string says)
    {
        var answer = Read(body);
        answer.Value.ShouldBeNull();
        answer.Error.ShouldBeNull();
        answer.Missing.ShouldNotBeNull().ShouldContain(says);
    }

    [Theory]
    [InlineData(
        """{"status":"success","data":{"resultType":"vector","result":[{"value":[1,"1"]},{"value":[1,"2"]}]}}""",
        "2 series answer where one is expected"
    )]
    [InlineData("""{"status":"success","data":{"resultType":"string","result":[1,"text"]}}""", "the answer is a string, no number")]
    [InlineData("""{"status":"success","data":{"resultType":"vector","result":[{"value":[1,"text"]}]}}""", "'text' is no number")]
    [InlineData("""{"status":"error","errorType":"bad_data","error":"parse error: unexpected end of input"}""", "refused (400): parse error")]
    [InlineData("<html>login</html>", "is not Prometheus' (400): <html>login</html>")]
    [InlineData("""{"status":"success"}""", "is not Prometheus'")]
    [InlineData("[]", "is not Prometheus'")]
    [InlineData("", "is not Prometheus'")]
    [InlineData("""{"status":"success","data":{"resultType":"vector","result":{}}}""", "is not Prometheus'")]
    public void What_cannot_be_right_is_an_error_in_words(string body, string says)
    {
        var answer = Read(body);
        answer.Value.ShouldBeNull();
        answer.Missing.ShouldBeNull();
        answer.Error.ShouldNotBeNull().ShouldContain(says);
    }

    [Fact]
    public void A_long_error_is_cut()
    {
        // The server says the query again that it refuses; some queries are kilobytes.
        var error = Read($$"""{"status":"error","error":"parse error in {{new string('x', 400_000)}}"}""").Error.ShouldNotBeNull();
        error.Length.ShouldBe(300);
        error.ShouldStartWith("the server refused (400): parse error in xxx");
    }

    [Fact]
    public void Control_is_every_other_value_of_the_label()
    {
        const string Query = "sum(increase(requests_total{code=\"5xx\",version=\"$arm\"}[$window]))";
        ArmQuery.Of(Query, "1.9.0", isCanary: true, "90s").ShouldBe("sum(increase(requests_total{code=\"5xx\",version=\"1.9.0\"}[90s]))");
        ArmQuery.Of(Query, "1.9.0", isCanary: false, "90s").ShouldBe("sum(increase(requests_total{code=\"5xx\",version!=\"1.9.0\"}[90s]))");
        ArmQuery.Of("{v=\"$arm\"}", "a\"b\\c", isCanary: true, "1s").ShouldBe("{v=\"a\\\"b\\\\c\"}");
    }

    private static PrometheusAnswer Read(string body) => PrometheusQueries.Read(Encoding.UTF8.GetBytes(body), 400);
}
