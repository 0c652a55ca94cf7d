using System.Diagnostics;
using System.Text.RegularExpressions;
using Assay.Observability.Metrics;
using Assay.Tests.Observability.Metrics;
using Assay.Tests.Tidy;

namespace Assay.Tests.Observability.Hosting;

[Collection(AloneInProcess.Name)]
public sealed partial class GuideTests
{
    private const string Guide = "docs/guide/instrument-a-service.md";
    private const string Source = "tests/Assay.Tests/Observability/Hosting/GuidedService.cs";

    [Fact]
    public void The_code_of_the_guide_compiles()
    {
        var compiled = Plain(Repository.Text(Source));
        var blocks = Block().Matches(Repository.Text(Guide)).Select(m => m.Groups["code"].Value).ToList();
        blocks.Count.ShouldBeGreaterThanOrEqualTo(7);
        blocks.Where(b => !compiled.Contains(Plain(b))).ShouldBeEmpty();
    }

    [Fact]
    public void The_code_of_the_guide_does_what_it_says()
    {
        using var heard = new HeardSpans("Orders", GenAiSpans.Name, QualityRecorder.Name);
        using var source = new ActivitySource("Orders");
        using var spans = new GenAiSpans();
        using var quality = new QualityRecorder();
        ActivityContext answered;
        using (var request = source.StartActivity("POST /ask")!)
        {
            answered = request.Context;
            GuidedService.OwnSpan(source);
            GuidedService.ModelCall(spans);
            GuidedService.Quality(spans, quality, "call +1 202 555 0173");
            request.Events.Count().ShouldBe(2);
        }

        GuidedService.Rating(quality, answered);
        heard
            .In(answered.TraceId)
            .Select(s => s.DisplayName)
            .ShouldBe(["orders.price", "chat gpt-5-mini", "execute_tool pii_filter", "POST /ask", "assay.rating"]);
        GuidedService.WithoutHub().OperationsMs.ShouldHaveSingleItem().Count.ShouldBe(1);
    }

    private static string Plain(string code) => string.Join('\n', code.Split('\n').Select(l => l.Trim()).Where(l => l.Length > 0));

    [GeneratedRegex("```csharp\n(?<code>.*?)```", RegexOptions.ExplicitCapture | RegexOptions.Singleline, 1000)]
    private static partial Regex Block();
}
