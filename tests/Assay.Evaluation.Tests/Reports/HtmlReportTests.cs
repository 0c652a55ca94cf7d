using System.Xml.Linq;
using Assay.Evaluation.Gates;
using Assay.Evaluation.Metrics;
using Assay.Evaluation.Reports;

namespace Assay.Evaluation.Tests.Reports;

public sealed class HtmlReportTests
{
    private static readonly GateEntry AtLeast07 = new()
    {
        Metric = "judge",
        AtLeast = 0.7,
        Warn = 0.75,
    };

    [Fact]
    public void The_page_runs_nothing_and_fetches_nothing()
    {
        var page = ReportTests.Text(RunReport.Html, new MadeRun("judge").Cases(Gates.MeanGateTests.Spread(0.9, 60)).Fault(), AtLeast07);
        page.ShouldContain("default-src 'none'");
        page.ShouldNotContain("<script");
        page.ShouldNotContain(" style=");
        page.ShouldNotContain("http://");
        page.ShouldNotContain("https://");
    }

    [Fact]
    public void Users_texts_cannot_become_markup()
    {
        var outcome = MadeRun.Outcome(0, 0, null, [new Measurement.Value(0.1, "</td><script>alert(1)</script>")]);
        var run = new MadeRun("judge").Add(
            outcome with
            {
                Case = outcome.Case with { Id = "\"><img src=x onerror=alert(1)>", Input = "</p><script>alert(2)</script>", Expected = "<b>bold</b>" },
                Answer = outcome.Answer! with { Text = "<svg onload=alert(3)>", Model = "<i>m</i>" },
            }
        );
        var page = ReportTests.Text(RunReport.Html, run, AtLeast07);
        page.ShouldNotContain("<script");
        page.ShouldNotContain("<img");
        page.ShouldNotContain("<svg onload");
        page.ShouldNotContain("<b>bold");
        page.ShouldNotContain("<i>m");
    }

    [Fact]
    public void The_body_is_well_formed()
    {
        var run = new MadeRun("judge")
        {
            Repeats = 2,
            Language = "ru",
            IsDryRun = true,
        };
        for (var i = 0; i < 40; i++)
        {
            run.Case($"c{i / 2}", 0.01 * i, 0.02 * i);
        }

        var page = ReportTests.Text(
            RunReport.Html,
            run,
            AtLeast07,
            new GateEntry
            {
                Metric = "judge",
                Statistic = "p95",
                AtMost = 0.9,
            }
        );
        var body = page[page.IndexOf("<body>", StringComparison.Ordinal)..page.IndexOf("</html>", StringComparison.Ordinal)];
        XElement.Parse(body).Descendants("details").Count().ShouldBe(40);
        page.ShouldContain("пробный прогон: офлайн-модели");
        page.ShouldContain("lang=\"ru\"");
    }

    [Fact]
    public void Of_very_many_cases_the_worst_are_shown_and_the_rest_is_counted()
    {
        var run = new MadeRun("judge").Cases(Enumerable.Range(0, 700).Select(i => i / 700.0));
        var page = ReportTests.Text(RunReport.Html, run, AtLeast07);
        page.Split("<details>").Length.ShouldBe(RunReport.MostCases + 1);
        page.ShouldContain("200\u00a0cases that did better are not shown");
        page.IndexOf("question 0<", StringComparison.Ordinal).ShouldBeLessThan(page.IndexOf("question 1<", StringComparison.Ordinal));
        page.ShouldNotContain("question 699<");
    }

    [Fact]
    public void Junit_tells_failures_from_errors_and_holds_what_xml_cannot()
    {
        var run = new MadeRun("judge")
            .Cases(Gates.MeanGateTests.Spread(0.5, 60))
            .Fault()
            .Case(null, new Measurement.Error("prose \u0001\uD800 instead of JSON"));
        var rate = new GateEntry
        {
            Metric = "judge",
            Statistic = "rate",
            CaseAtLeast = 0.5,
            AtLeast = 0.4,
        };
        var suites = XElement.Parse(ReportTests.Text(RunReport.JUnit, run, AtLeast07, rate)).Elements("testsuite").ToList();
        suites[0].Attribute("failures")!.Value.ShouldBe("1");
        suites[0].Elements("testcase").Single(c => c.Element("failure") is not null).Attribute("name")!.Value.ShouldBe("judge mean");
        suites[1].Elements("testcase").Count().ShouldBe(62);
        suites[1].Elements("testcase").Count(c => c.Element("failure") is not null).ShouldBe(30);
        suites[1].Elements("testcase").Count(c => c.Element("error") is not null).ShouldBe(2);
    }
}
