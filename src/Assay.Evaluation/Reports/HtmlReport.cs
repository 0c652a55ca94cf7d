using System.Globalization;
using System.Text;
using Assay.Evaluation.Benchmarks;
using Assay.Evaluation.Gates;
using Assay.Reports;

namespace Assay.Evaluation.Reports;

/// <summary>The report for people: one file, no script, nothing fetched; light or dark as the reader's system is.</summary>
internal sealed class HtmlReport(RunVerdict verdict)
{
    private static readonly Lazy<string> Style = new(ReadStyle);

    private readonly Figures figures = new(verdict.Run.Plan.Content.Language);
    private readonly ReportWords words = new(verdict.Run.Plan.Content.Language);

    public void Write(Stream to, IEnumerable<CaseOutcome> outcomes)
    {
        using var page = new StreamWriter(to, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true) { NewLine = "\n" };
        var plan = verdict.Run.Plan;
        page.WriteLine($"<!doctype html>\n<html lang=\"{(figures.IsRussian ? "ru" : "en")}\">\n<head>\n<meta charset=\"utf-8\">");
        page.WriteLine("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">");
        // The report shows what models wrote: nothing in it may run or fetch.
        page.WriteLine("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">");
        page.WriteLine(
            $"<title>{Markup.Text(plan.Benchmark)}: {Markup.Text(words.Of(verdict.Verdict))}</title>\n<style>\n{Style.Value}</style>\n</head>\n<body>\n{Markup.Symbols}\n<main>"
        );
        WriteHead(page, plan);
        WriteDecision(page);
        foreach (var note in words.Notes(verdict))
        {
            page.WriteLine($"<p class=\"note\" role=\"note\">{Markup.Icon("inconclusive")}<span>{Markup.Prose(note)}</span></p>");
        }

        new HtmlGates(verdict, figures, words).Write(page);
        new HtmlMetrics(verdict, figures).Write(page);
        new HtmlCases(verdict, figures, words).Write(page, outcomes);
        page.WriteLine(
            $"<p class=\"page-foot\">assay {Markup.Text(plan.Content.ToolVersion)} · {Markup.Text(words.Facts(verdict))}</p>\n</main>\n</body>\n</html>"
        );
    }

    private void WriteHead(StreamWriter page, RunPlan plan)
    {
        var at = plan.StartedAt.UtcDateTime;
        page.Write($"<div><div class=\"title-row\"><h1>{Markup.Text(plan.Benchmark)}</h1>");
        if (plan.Content.IsDryRun)
        {
            page.Write($"<span class=\"chip\">{figures.Say("dry run: offline models", "пробный прогон: офлайн-модели")}</span>");
        }

        if (plan.Content.IsSmoke)
        {
            page.Write("<span class=\"chip\">smoke</span>");
        }

        page.Write($"</div><p class=\"sub\">{figures.Say("Run", "Прогон")} {Markup.Text(plan.Run)} · ");
        page.Write(
            $"<time datetime=\"{at.ToString("O", CultureInfo.InvariantCulture)}\">{at.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} UTC</time>"
        );
        page.WriteLine(
            verdict.Baseline is { } baseline ? $" · {figures.Say("baseline run", "базовый прогон")} {Markup.Text(baseline.Plan.Run)}</p></div>" : "</p></div>"
        );
    }

    private void WriteDecision(StreamWriter page)
    {
        var (run, content) = (verdict.Run, verdict.Run.Plan.Content);
        page.WriteLine($"<section class=\"decision {Markup.Tone(verdict.Verdict)}\" aria-label=\"{figures.Say("Decision", "Решение")}\">");
        page.WriteLine(
            $"<div class=\"head\">{Markup.Badge(verdict.Verdict, words.Of(verdict.Verdict), isBadge: true)}<strong>{Markup.Text(verdict.Reason)}</strong></div>"
        );
        var open = verdict.Gates.Where(g => g.Verdict != Verdict.Pass || g.IsWarning).ToList();
        if (open.Count > 0)
        {
            page.WriteLine("<ul class=\"why\">");
            open.ForEach(g => page.WriteLine($"<li><b>{Markup.Text(g.Gate.Name)}.</b> {Markup.Prose(g.Reason)}</li>"));
            page.WriteLine("</ul>");
        }

        var clusters =
            content.Dataset.Clusters < content.Dataset.Cases
                ? figures.Say($", in {figures.Count(content.Dataset.Clusters)} clusters", $", групп: {figures.Count(content.Dataset.Clusters)}")
                : "";
        var cost = run.Use.Target.Cost + run.Use.Judges.Cost;
        var unpriced = run.Use.Target.Unpriced + run.Use.Judges.Unpriced;
        page.WriteLine("<dl class=\"facts\">");
        Fact(figures.Say("Cases", "Примеры"), figures.Count(content.Dataset.Cases) + clusters);
        Fact(figures.Say("Repeats", "Повторы"), $"{figures.Count(content.Repeats)}, seed {content.Seed.ToString(CultureInfo.InvariantCulture)}");
        Fact(figures.Say("Dataset", "Набор"), $"{content.Dataset.Name} · {content.Dataset.Hash[..Math.Min(12, content.Dataset.Hash.Length)]}");
        Fact(figures.Say("Target", "Цель"), content.Target);
        Fact(figures.Say("Answered by", "Отвечала модель"), Join(run.Target.Models));
        Fact(figures.Say("Judged by", "Судила модель"), Join(run.Target.JudgeModels));
        Fact(
            figures.Say("Cost", "Стоимость"),
            unpriced == 0
                ? figures.Of((double)cost.Dollars, "usd")
                : $"{figures.Of((double)cost.Dollars, "usd")}, {figures.Say($"{figures.Count(unpriced)} calls unpriced", $"без цены вызовов: {figures.Count(unpriced)}")}"
        );
        Fact(
            figures.Say("Faults of the target", "Сбои цели"),
            run.Target.FaultCount == 0 ? "0" : string.Join(", ", run.Target.Faults.Select(f => $"{f.Key} {figures.Count(f.Value)}"))
        );
        page.WriteLine("</dl>\n</section>");
        return;

        void Fact(string name, string value) => page.WriteLine($"<div><dt>{Markup.Text(name)}</dt><dd>{Markup.Text(value)}</dd></div>");

        static string Join(IReadOnlyList<string> names) => names.Count == 0 ? "–" : string.Join(", ", names);
    }

    private static string ReadStyle()
    {
        using var stream = typeof(HtmlReport).Assembly.GetManifestResourceStream("Assay.Evaluation.Reports.report.css")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
