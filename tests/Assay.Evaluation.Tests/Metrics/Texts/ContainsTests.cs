using Assay.Evaluation.Metrics;

namespace Assay.Evaluation.Tests.Metrics.Texts;

public sealed class ContainsTests
{
    [Theory]
    [InlineData("kind: contains", 1)]
    [InlineData("{kind: contains, texts: [столица, париж]}", 1)]
    [InlineData("{kind: contains, texts: [столица, лион]}", 0)]
    [InlineData("{kind: contains, texts: [столица, лион], require: any}", 1)]
    [InlineData("{kind: contains, texts: [столица, лион], require: share}", 0.5)]
    [InlineData("{kind: contains, texts: [как языковая модель], absent: true}", 1)]
    [InlineData("{kind: contains, texts: [столица], absent: true}", 0)]
    [InlineData("{kind: contains, texts: [столица, лион], absent: true}", 0)]
    [InlineData("{kind: contains, texts: [лондон, лион], absent: true}", 1)]
    [InlineData("{kind: contains, texts: [столица, лион], absent: true, require: any}", 0)]
    [InlineData("{kind: contains, texts: [столица, лион], absent: true, require: all}", 1)]
    [InlineData("{kind: contains, texts: [столица, париж], absent: true, require: all}", 0)]
    [InlineData("{kind: contains, texts: [столица, лион], absent: true, require: share}", 0.5)]
    [InlineData("{kind: contains, texts: [столица], ignoreCase: false}", 0)]
    public void Texts_are_looked_for(string yaml, double score)
    {
        Metric.Of(yaml).Score("Париж", "Столица Франции — Париж.").ShouldBe(score);
    }

    [Fact]
    public void The_reason_names_what_is_missing()
    {
        var value = Metric.Of("{kind: contains, texts: [один, два, три, четыре]}").Measure(null, "нет").ShouldBeOfType<Measurement.Value>();
        value.Reason.ShouldBe("missing: “один”, “два”, “три” and 1 more");
    }

    [Fact]
    public void Nothing_to_look_for_is_not_measured()
    {
        Metric.Of("kind: contains").Measure(null, "x").ShouldBeOfType<Measurement.NotApplicable>();
        Metric.Of("kind: contains").Measure(" ", "x").ShouldBeOfType<Measurement.NotApplicable>();
    }
}
